//! An engine, driven over WebDriver.

use std::error::Error;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process};

use clap::ValueEnum;
use cors_browser::Engine;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout};

const PATIENCE: Duration = Duration::from_secs(60);

/// An engine by the name that the command line has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// By chromedriver.
    Chromium,
    /// By geckodriver.
    Firefox,
    /// By WebKitWebDriver, on a screen of its own.
    Webkit,
}

impl EngineName {
    /// Whom the model is asked as.
    pub fn engine(self) -> Engine {
        match self {
            Self::Chromium => Engine::Chromium,
            Self::Firefox => Engine::Firefox,
            Self::Webkit => Engine::WebKit,
        }
    }
}

/// A browser that was opened; to be closed, for it would outlive its driver.
#[derive(Debug)]
pub struct Session {
    client: Client,
    processes: Vec<Child>,
    _scratch: Scratch,
}

impl Session {
    /// Opens a browser with nothing in it.
    ///
    /// # Errors
    ///
    /// The engine or its driver is not installed, or does not start.
    pub async fn open(engine: EngineName) -> Result<Self, Box<dyn Error>> {
        Self::open_with(engine, |_| {}).await
    }

    /// Opens a browser with nothing in it, after a change to the capabilities that are asked for.
    ///
    /// # Errors
    ///
    /// The engine or its driver is not installed, or does not start.
    pub async fn open_with(engine: EngineName, change: impl FnOnce(&mut Value)) -> Result<Self, Box<dyn Error>> {
        let scratch = Scratch::new()?;
        let mut processes = Vec::new();
        let (port, mut capabilities) = match engine {
            EngineName::Chromium => {
                let (driver, line) =
                    start(scratch.command("chromedriver").arg("--port=0"), "started successfully on port ").await?;
                processes.push(driver);
                (line.trim_end_matches('.').to_owned(), chromium(&scratch))
            }
            EngineName::Firefox => {
                let (driver, line) =
                    start(scratch.command("geckodriver").args(["--port", "0"]), "Listening on ").await?;
                processes.push(driver);
                (line.rsplit(':').next().unwrap_or_default().to_owned(), firefox())
            }
            EngineName::Webkit => {
                let screen = ["-displayfd", "1", "-nolisten", "tcp"];
                let (screen, number) = start(scratch.command("Xvfb").args(screen), "").await?;
                processes.push(screen);
                let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
                let mut driver = scratch.command("WebKitWebDriver");
                driver.arg(format!("--port={port}")).env("DISPLAY", format!(":{number}"));
                processes.push(spawn(driver.stdout(Stdio::null()))?);
                listens(port).await?;
                (port.to_string(), webkit()?)
            }
        };
        change(&mut capabilities);
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(PATIENCE, builder.connect(&address)).await.map_err(|_| "the browser does not start")??;
        Ok(Self { client, processes, _scratch: scratch })
    }

    /// What gives it commands.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the browser and its driver.
    ///
    /// # Errors
    ///
    /// They cannot be reached any more.
    pub async fn close(mut self) -> Result<(), Box<dyn Error>> {
        let closed = self.client.clone().close().await;
        while let Some(mut process) = self.processes.pop() {
            process.kill().await?;
        }
        Ok(closed?)
    }
}

fn spawn(command: &mut Command) -> Result<Child, Box<dyn Error>> {
    let spawned = command.stderr(Stdio::null()).kill_on_drop(true).spawn();
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    spawned.map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("{program} is not installed: see engines/README.md").into(),
        _ => format!("{program} does not start: {error}").into(),
    })
}

/// Starts a program, and gives the rest of the line in which it prints this.
async fn start(command: &mut Command, prints: &str) -> Result<(Child, String), Box<dyn Error>> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let found = timeout(PATIENCE, async {
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, rest)) = line.split_once(prints) {
                return Some(rest.to_owned());
            }
        }
        None
    });
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    let rest = found.await.ok().flatten().ok_or_else(|| format!("{program} does not say that it is ready"))?;
    // Whoever writes to a pipe that nobody reads stops.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((child, rest))
}

/// Until something listens there, which does not say when.
async fn listens(port: u16) -> Result<(), Box<dyn Error>> {
    let (deadline, mut again) = (Instant::now() + PATIENCE, interval(Duration::from_millis(20)));
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
        if Instant::now() > deadline {
            return Err("WebKitWebDriver does not listen".into());
        }
        again.tick().await;
    }
    Ok(())
}

fn chromium(scratch: &Scratch) -> Value {
    let args = json!([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        format!("--user-data-dir={}", scratch.0.join("profile").display()),
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
    ]);
    json!({ "browserName": "chrome", "goog:chromeOptions": { "args": args } })
}

fn firefox() -> Value {
    json!({ "browserName": "firefox", "moz:firefoxOptions": { "args": ["-headless"] } })
}

/// The driver does not find the small browser that comes with the engine.
fn webkit() -> Result<Value, Box<dyn Error>> {
    let mut found = fs::read_dir("/usr/lib")?
        .flatten()
        .flat_map(|place| {
            ["webkit2gtk-4.1", "webkitgtk-6.0"].map(|version| place.path().join(version).join("MiniBrowser"))
        })
        .filter(|binary| binary.exists());
    let binary = found.next().ok_or("MiniBrowser is not installed: see engines/README.md")?;
    Ok(json!({ "webkitgtk:browserOptions": { "binary": binary, "args": ["--automation"] } }))
}

/// Where a browser keeps its files; it leaves some behind. The path is short, because it becomes that of a socket.
#[derive(Debug)]
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("engines-{}-{count}", process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    fn command(&self, program: &str) -> Command {
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

/// Ends when somebody asks the program to stop; from now on that does not end it.
///
/// # Errors
///
/// The system does not tell.
pub fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupted = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
    })
}
