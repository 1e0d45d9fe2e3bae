//! The command `why`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cors_why::main()
}
