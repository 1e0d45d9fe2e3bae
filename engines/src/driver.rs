//! An engine, driven over WebDriver.

mod capabilities;
mod processes;

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};

use clap::ValueEnum;
use cors_browser::Engine;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use processes::{PATIENCE, Processes, Scratch, listens};

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

/// A browser that was opened. What was started for it ends with this value, at the latest.
#[derive(Debug)]
pub struct Session {
    client: Client,
    // Before the folder that they write to.
    _processes: Processes,
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
        let (scratch, mut processes) = (Scratch::new()?, Processes::default());
        let (port, mut capabilities) = match engine {
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
        change(&mut capabilities);
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(PATIENCE, builder.connect(&address)).await.map_err(|_| "the browser does not start")??;
        Ok(Self { client, _processes: processes, _scratch: scratch })
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
    pub async fn close(self) -> Result<(), Box<dyn Error>> {
        let closed = timeout(PATIENCE, self.client.clone().close()).await;
        Ok(closed.map_err(|_| "the browser does not end")??)
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
