//! The programs of `examples`, built from the present sources and run as they are.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use serde_json::Value;

use crate::wire::PATIENCE;

/// Builds a program as the command of its documentation does, with `build` for `run`, and gives its place.
pub fn build(name: &str) -> Option<PathBuf> {
    build_of(&[], name)
}

/// Builds a program of the packages that these arguments select.
pub(crate) fn build_of(packages: &[&str], name: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let output = Command::new(env!("CARGO"))
        .arg("build")
        .args(packages)
        .args(["--bin", name, "--message-format", "json"])
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
    lines: Receiver<String>,
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
        let lines = lines(process.stdout.take().expect("the output is a pipe"));
        let line = lines.recv_timeout(PATIENCE).unwrap_or_default();
        match line.strip_prefix("http://").and_then(|address| address.parse().ok()) {
            Some(address) => Self { address, process, lines },
            None => {
                end(&mut process);
                panic!("{name} begins with its address, not with {line:?}");
            }
        }
    }

    /// Ends the program as Ctrl-C does, and waits until it has ended.
    #[cfg(unix)]
    pub fn interrupt(mut self) {
        let process = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", "INT", &process]).status();
        assert!(sent.is_ok_and(|status| status.success()), "no signal can be sent");
        self.process.wait().expect("the example ends");
    }

    /// Waits until the program prints a line that begins so, and gives it; fails when none comes.
    pub fn read_until(&mut self, beginning: &str) -> String {
        let mut printed = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            if line.starts_with(beginning) {
                return line;
            }
            printed.push(line);
        }
        panic!("no line begins with {beginning:?}:\n{}", printed.join("\n"));
    }
}

/// What is printed, line by line, read at once, since a full pipe would stop the program.
fn lines(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may be interested any more.
        BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    receiver
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
