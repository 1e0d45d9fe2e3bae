//! Instructions, counted by callgrind.

use std::io;
use std::path::Path;
use std::process::Command;

use cors_benches::{Case, Subject};

const TIMES: u32 = 200;

/// The instructions of one request, on average over many that follow others.
///
/// The environment is empty, so that the memory looks the same whoever counts.
pub(crate) fn instructions(program: &Path, subject: Subject, case: &Case) -> io::Result<f64> {
    let output = Command::new("valgrind")
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .current_dir("/")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .args(["--toggle-collect=*::measured", "--zero-before=count::from_here"])
        .arg(program)
        .args([subject.name(), case.name, &TIMES.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<f64>().ok());
    match collected {
        Some(collected) if output.status.success() && collected > 0.0 => Ok(collected / f64::from(TIMES)),
        _ => Err(io::Error::other(format!("valgrind counted nothing:\n{said}"))),
    }
}
