//! The playground as a process of its own, on free ports.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::Stdio,
    sync::OnceLock,
    time::Duration,
};

use cors_tests::example::build;
use cors_tests::wire::{exchange, request};
use serde_json::Value;
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
    api: String,
    process: Child,
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
        Self { page: origins[0].clone(), other: origins[1].clone(), api: origins[2].clone(), process }
    }
}

impl Playground {
    /// Ends it.
    pub(crate) async fn stop(mut self) {
        self.process.kill().await.unwrap();
    }

    /// How many policies were ever kept, as the program says.
    pub(crate) fn policies(&self) -> u64 {
        let state = exchange(self.address(), &request(b"GET", "/tries", &[]));
        let state: Value = serde_json::from_slice(&state.body).unwrap();
        state["given"].as_u64().unwrap()
    }

    /// Where the page is served.
    pub(crate) fn address(&self) -> SocketAddr {
        address(&self.page)
    }

    /// Where the API is served.
    pub(crate) fn api_address(&self) -> SocketAddr {
        address(&self.api)
    }
}

fn address(origin: &str) -> SocketAddr {
    let (_, port) = origin.rsplit_once(':').unwrap();
    (Ipv4Addr::LOCALHOST, port.parse().unwrap()).into()
}

/// The program, built from the present sources.
pub(crate) fn command() -> Command {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    Command::new(PROGRAM.get_or_init(|| build("playground")).as_ref().expect("the playground does not compile"))
}
