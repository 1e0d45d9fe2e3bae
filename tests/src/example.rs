//! The programs of `examples`, built from the present sources and run as they are.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// Builds a program as the command of its documentation does, with `build` for `run`, and gives its place.
pub fn build(name: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let output = Command::new(env!("CARGO"))
        .args(["build", "--bin", name, "--message-format", "json"])
        .current_dir(workspace)
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

/// A running program that serves on a free port; it ends with this value.
#[derive(Debug)]
pub struct Example {
    /// Where it serves.
    pub address: SocketAddr,
    process: Child,
    /// A closed pipe would stop a program that prints more.
    _output: BufReader<ChildStdout>,
}

impl Example {
    /// Starts it with `--port 0` and these arguments, and reads where it serves from the first line that it prints.
    pub fn start(name: &str, arguments: &[&str]) -> Self {
        let program = build(name).expect("the example compiles");
        let mut process = Command::new(program)
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().expect("the output is a pipe"));
        output.read_line(&mut line).expect("the output is text");
        let address = line.trim().strip_prefix("http://").and_then(|address| address.parse().ok());
        match address {
            Some(address) => Self { address, process, _output: output },
            None => {
                end(&mut process);
                panic!("{name} begins with its address, not with {line:?}");
            }
        }
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// One that has ended by itself is no matter.
fn end(process: &mut Child) {
    let _ = process.kill();
    let _ = process.wait();
}
