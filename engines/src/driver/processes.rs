//! Programs that are started, and the folder that they write to; both end with these values.

use std::error::Error;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout};

pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// How often a program is started. Each chromedriver picks a port for IPv4, and stops where another one has it for IPv6.
const STARTS: usize = 5;

/// Programs, each in a group with what it started.
#[derive(Debug, Default)]
pub(super) struct Processes(Vec<Child>);

impl Processes {
    pub(super) fn spawn(&mut self, command: &mut Command) -> Result<(), Box<dyn Error>> {
        self.0.push(spawn(command.stdout(Stdio::null()))?);
        Ok(())
    }

    /// Starts a program, and gives the rest of the line in which it prints this.
    pub(super) async fn start(&mut self, command: &mut Command, prints: &str) -> Result<String, Box<dyn Error>> {
        for _ in 0..STARTS {
            let mut child = spawn(command.stdout(Stdio::piped()))?;
            let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
            self.0.push(child);
            let mut lines = Box::new(lines);
            let found = timeout(PATIENCE, async {
                while let Ok(Some(line)) = lines.next_line().await {
                    if let Some((_, rest)) = line.split_once(prints) {
                        return Some(rest.to_owned());
                    }
                }
                None
            });
            if let Some(rest) = found.await.ok().flatten() {
                // Whoever writes to a pipe that nobody reads stops.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(rest);
            }
        }
        Err(format!("{} does not say that it is ready", name(command)).into())
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        while let Some(mut process) = self.0.pop() {
            #[cfg(unix)]
            if let Some(group) = process.id() {
                let kill = ["-c", "kill -KILL -- \"-$0\"", &group.to_string()];
                // Where it has ended already there is nothing to do.
                let _ = process::Command::new("sh").args(kill).stderr(Stdio::null()).status();
            }
            let _ = process.start_kill();
        }
    }
}

fn name(command: &Command) -> String {
    command.as_std().get_program().to_string_lossy().into_owned()
}

fn spawn(command: &mut Command) -> Result<Child, Box<dyn Error>> {
    // What interrupts this program from the keyboard does not reach them.
    #[cfg(unix)]
    command.process_group(0);
    let spawned = command.stderr(Stdio::null()).kill_on_drop(true).spawn();
    spawned.map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("{} is not installed: see engines/README.md", name(command)).into(),
        _ => format!("{} does not start: {error}", name(command)).into(),
    })
}

/// Until something listens there, which does not say when.
pub(super) async fn listens(port: u16) -> Result<(), Box<dyn Error>> {
    let (deadline, mut again) = (Instant::now() + PATIENCE, interval(Duration::from_millis(20)));
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
        if Instant::now() > deadline {
            return Err("WebKitWebDriver does not listen".into());
        }
        again.tick().await;
    }
    Ok(())
}

/// Where a browser keeps its files; it leaves some behind. The path is short, because it becomes that of a socket.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("engines-{}-{count}", process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("TMPDIR", &self.0).env("HOME", &self.0);
        command
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A leftover does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}
