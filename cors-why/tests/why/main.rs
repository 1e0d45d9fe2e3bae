//! Runs `why` against servers that answer by the byte.

mod also;
mod bad_servers;
mod bare_errors;
mod command_line;
mod curl;
mod delivered;
mod doctor;
mod first_lines;
mod fix;
mod har;
mod holes;
mod limits;
mod mending;
mod message;
mod network;
mod not_cors;
mod output;
mod pasted;
#[path = "../../../tests/src/program.rs"]
pub mod program;
mod recordings;
mod refused_or_login;
mod scan;
mod secure;
mod server;
mod similar_origins;
mod socks;
mod suite;
mod transport;
mod verdicts;

use std::process::Command;

use serde_json::Value;

use program::{Run, run};

const PAGE: &str = "https://app.example.com";

/// The object that `--json` writes.
fn report_of(run: &Run) -> Value {
    serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

fn why(arguments: &[&str]) -> Run {
    why_reading("", arguments)
}

/// Runs the program with this standard input.
fn why_reading(input: &str, arguments: &[&str]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_why")).args(arguments), input)
}

/// The name of what is wrong before CORS is; empty where nothing is.
fn not_cors(run: &Run) -> String {
    report_of(run)["not_cors"]["code"].as_str().unwrap_or_default().to_owned()
}

/// Verdict, code, and the codes of warnings.
fn summary(run: &Run) -> (i32, String, String, Vec<String>) {
    let report = report_of(run);
    let text = |key: &str| report[key].as_str().expect(key).to_owned();
    let warnings = report["warnings"].as_array().expect("warnings is a list");
    let codes = warnings.iter().map(|warning| warning["code"].as_str().expect("a code").to_owned()).collect();
    (run.status, text("verdict"), text("code"), codes)
}
