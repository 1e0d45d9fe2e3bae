//! An engine, driven over WebDriver.

mod capabilities;
mod processes;
mod session;

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};

use clap::ValueEnum;
use cors_browser::Engine;
use serde_json::Value;

use processes::{Processes, Scratch, listens};

pub(super) use session::Session;

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

/// What drives an engine, started. It ends with this value, and with it every browser that it opened.
#[derive(Debug)]
pub struct Driver {
    /// Where it takes requests of WebDriver.
    pub address: String,
    /// What to ask it for, to get a browser with nothing in it.
    pub capabilities: Value,
    // Before the folder that they write to.
    _processes: Processes,
    _scratch: Scratch,
}

impl Driver {
    /// Starts the driver of an engine.
    ///
    /// # Errors
    ///
    /// The engine or its driver is not installed, or does not start.
    pub async fn start(engine: EngineName) -> Result<Self, Box<dyn Error>> {
        let (scratch, mut processes) = (Scratch::new()?, Processes::default());
        let (port, capabilities) = match engine {
            EngineName::Chromium => {
                let mut driver = scratch.command("chromedriver");
                let line = processes.start(driver.arg("--port=0"), "started successfully on port ").await?;
                (line.trim_end_matches('.').to_owned(), capabilities::chromium(&scratch))
            }
            EngineName::Firefox => {
                let mut driver = scratch.command("geckodriver");
                let line = processes.start(driver.args(["--port", "0"]), "Listening on ").await?;
                (line.rsplit(':').next().unwrap_or_default().to_owned(), capabilities::firefox())
            }
            EngineName::Webkit => {
                let screen = ["-displayfd", "1", "-nolisten", "tcp"];
                let number = processes.start(scratch.command("Xvfb").args(screen), "").await?;
                let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
                let mut driver = scratch.command("WebKitWebDriver");
                processes.spawn(driver.arg(format!("--port={port}")).env("DISPLAY", format!(":{number}")))?;
                listens(port).await?;
                (port.to_string(), capabilities::webkit()?)
            }
        };
        let address = format!("http://127.0.0.1:{port}");
        Ok(Self { address, capabilities, _processes: processes, _scratch: scratch })
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
