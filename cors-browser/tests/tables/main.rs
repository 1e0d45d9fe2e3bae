//! Makes a test of each row of the tables in `tests/data`, named after its table and its name: `cargo test -p
//! cors-browser --test tables cors_check::chk-3`.

mod agreement;
#[path = "../../../cors-core/tests/tables/answer.rs"]
mod answer;
mod effect;
mod elements;
mod fetches;
mod functions;
mod init;
#[path = "../../../cors-core/tests/naive/mod.rs"]
#[allow(dead_code, reason = "other programs use the rest")]
mod naive;
mod other_servers;
mod peers;
mod preflights;
mod situations;
#[path = "../../../cors-core/tests/support/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "other programs use the rest")]
mod support;
#[path = "../../../cors-core/tests/tables/trial.rs"]
mod trial;
mod wpt;

use std::process::ExitCode;

/// The minimum number of rows of each table, so that no row is lost.
const ROWS: [(&str, usize); 16] = [
    ("agreement", 15),
    ("cache", 68),
    ("cors_check", 80),
    ("elements", 55),
    ("fetches", 231),
    ("forbidden_request_headers", 40),
    ("methods", 20),
    ("origins", 10),
    ("other_servers", 78),
    ("peers", 687),
    ("preflight_check", 160),
    ("readable", 22),
    ("safelisted_request_headers", 73),
    ("situations", 340),
    ("unsafe_names", 23),
    ("wpt", 977),
];

fn main() -> ExitCode {
    let tables = vec![
        agreement::trials(),
        elements::trials(),
        fetches::trials(),
        functions::trials(),
        other_servers::trials(),
        peers::trials(),
        preflights::trials(),
        situations::trials(),
        wpt::trials(),
    ];
    trial::run(tables, &ROWS)
}
