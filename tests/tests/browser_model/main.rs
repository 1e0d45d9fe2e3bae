//! The model of the browser: against tables of cases, against what real engines did, and against the server's half.

mod data;
mod deviations;
mod engines;
mod fetches;
mod functions;
mod generated;
mod never_panics;
mod proof;
mod random;
mod rules;
mod situations;
mod strangers;
