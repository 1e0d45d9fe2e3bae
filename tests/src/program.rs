//! A program that a test runs to its end.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a run of a program left.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// What it wrote to standard output.
    pub output: String,
    /// What it wrote to standard error.
    pub errors: String,
}

/// Runs a program with this standard input.
pub fn run(command: &mut Command, input: &str) -> Run {
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
