//! Real engines against the model: generated pairs of a script's request and the server's answers, each run in both.
//!
//! A pair says what the page's script asks for and what the server answers, byte for byte, where the answers depend on nothing but the
//! pair. So the model ([`cors_browser`]) and an engine must agree on all that can be seen: what arrives at the server, and what the
//! script gets.

pub mod answers;
mod compare;
mod driver;
pub mod generate;
mod model;
pub mod pair;
mod random;
mod render;
mod runner;
mod seen;
mod server;
mod site;

pub use compare::Difference;
pub use driver::{EngineName, Session};
pub use generate::generate;
pub use model::{Told, ask_model};
pub use pair::{Id, Pair};
pub use runner::run;
pub use seen::{Arrived, Outcome, Seen};
pub use server::Server;
pub use site::Sites;
