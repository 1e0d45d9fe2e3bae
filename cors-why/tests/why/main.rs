//! Runs `why` against servers that answer by the byte.

mod curl;
mod har;
mod message;
mod network;
mod output;
mod server;
mod verdicts;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

const PAGE: &str = "https://app.example.com";

/// What a run of the program left.
#[derive(Debug)]
struct Run {
    status: i32,
    output: String,
    errors: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn why(arguments: &[&str]) -> Run {
    why_reading("", arguments)
}

/// Runs the program with this standard input.
fn why_reading(input: &str, arguments: &[&str]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_why")).args(arguments), input)
}

fn run(command: &mut Command, input: &str) -> Run {
    // A proxy of the surroundings must not be asked for loopback.
    for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY"] {
        command.env_remove(variable);
    }
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = pipes.spawn().expect("the program starts");
    let mut pipe = process.stdin.take().expect("the input is a pipe");
    pipe.write_all(input.as_bytes()).expect("the program reads or has an open pipe");
    drop(pipe);
    let output = process.wait_with_output().expect("the program ends");
    Run {
        status: output.status.code().expect("no signal ended it"),
        output: String::from_utf8(output.stdout).expect("the output is text"),
        errors: String::from_utf8(output.stderr).expect("the errors are text"),
    }
}

/// Verdict, code, and the codes of warnings.
fn summary(run: &Run) -> (i32, String, String, Vec<String>) {
    let report = run.json();
    let text = |key: &str| report[key].as_str().expect(key).to_owned();
    let warnings = report["warnings"].as_array().expect("warnings is a list");
    let codes = warnings.iter().map(|warning| warning["code"].as_str().expect("a code").to_owned()).collect();
    (run.status, text("verdict"), text("code"), codes)
}
