//! Makes a test of each row of the tables in `tests/data`, named after its table and its name: `cargo test -p
//! cors-actix-core --test tables server::srv-11`.

mod answer;
mod drafts;
mod server;
#[path = "../support/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "other programs use the rest")]
mod support;
mod trial;

use std::process::ExitCode;

fn main() -> ExitCode {
    trial::run(vec![drafts::trials(), server::trials()], &[("drafts", 180), ("server", 480)])
}
