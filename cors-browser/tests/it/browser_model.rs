//! The model of the browser: where engines differ from the standard, and against the server's half.

mod between;
mod deviations;
mod engines;
mod functions;
mod generated;
mod http_cache;
mod never_panics;
mod proof;
mod rules;
mod strangers;
