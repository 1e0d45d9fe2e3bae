//! The command `why`, built from the present sources.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::example::build_of;
use crate::program::{Run, run};

/// Runs it with these arguments.
pub fn why(arguments: &[&str]) -> Run {
    why_reading("", arguments)
}

/// Runs it with this standard input.
pub fn why_reading(input: &str, arguments: &[&str]) -> Run {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| build_of(&["--package", "cors-why"], "why")).as_ref().expect("why compiles");
    run(Command::new(program).args(arguments), input)
}
