//! The playground as a process of its own, on free ports.

use std::{path::PathBuf, process::Stdio, sync::OnceLock, time::Duration};

use cors_tests::example::build;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A running playground; it ends with this value.
pub(crate) struct Playground {
    pub(crate) page: String,
    pub(crate) other: String,
    _process: Child,
}

impl Playground {
    /// Starts it, and reads from its standard output where it serves.
    pub(crate) async fn start() -> Self {
        let mut process = command()
            .args(["--page", "0", "--other", "0", "--api", "0"])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut origins = Vec::new();
        for name in ["page", "other", "api"] {
            let line = timeout(PATIENCE, lines.next_line()).await.expect("the playground says nothing");
            let line = line.unwrap().expect("the playground stopped");
            let origin = line.strip_prefix(name).unwrap_or_else(|| panic!("no {name} in {line:?}"));
            origins.push(origin.trim().to_owned());
        }
        Self { page: origins[0].clone(), other: origins[1].clone(), _process: process }
    }
}

/// The program, built from the present sources.
pub(crate) fn command() -> Command {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    Command::new(PROGRAM.get_or_init(|| build("playground")).as_ref().expect("the playground does not compile"))
}
