//! A Chromium of its own for each test, driven over WebDriver.

use std::{
    env, fs,
    io::ErrorKind,
    net::SocketAddr,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    process::{self, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use futures_util::FutureExt;
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};
use url::{ParseError, Url};

const INSTALL: &str = "the browser tests need Chromium and its driver: apt-get install chromium chromium-driver";
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Layout {
    Desktop,
    /// 360 pixels wide.
    Phone,
}

/// Opens a browser for the body, and closes it also when the body panics: it would outlive its driver.
pub(crate) async fn browse(layout: Layout, body: impl AsyncFnOnce(&Client)) {
    browse_with(layout, &[], body).await;
}

/// Opens a browser that finds these hosts at these addresses.
pub(crate) async fn browse_with(layout: Layout, hosts: &[(&str, SocketAddr)], body: impl AsyncFnOnce(&Client)) {
    let scratch = Scratch::new();
    let (mut driver, address) = driver(&scratch).await;
    let capabilities = capabilities(layout, hosts);
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities.as_object().unwrap().clone())
        .connect(&address)
        .await;
    let client = client.unwrap_or_else(|error| match error.to_string() {
        error if error.contains("cannot find Chrome binary") => panic!("{INSTALL}"),
        error => panic!("no session with Chromium: {error}"),
    });
    let outcome = AssertUnwindSafe(body(&client)).catch_unwind().await;
    let closed = client.close().await;
    driver.kill().await.unwrap();
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
    closed.unwrap();
}

/// Where the browser keeps its files; it leaves some behind. The path is short, because it becomes that of a socket.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("playground-{}-{count}", process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A leftover is no failure of a test.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How often a driver is started. Each picks a port for IPv4 and stops where another one has it for IPv6.
const STARTS: usize = 5;

async fn driver(scratch: &Scratch) -> (Child, String) {
    for _ in 0..STARTS {
        if let Some(started) = started(scratch).await {
            return started;
        }
    }
    panic!("chromedriver stopped {STARTS} times without naming its port")
}

/// The driver and its address; none if it stopped before it named its port.
async fn started(scratch: &Scratch) -> Option<(Child, String)> {
    let spawned = Command::new("chromedriver")
        .arg("--port=0")
        .env("TMPDIR", &scratch.0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut driver = spawned.unwrap_or_else(|error| match error.kind() {
        ErrorKind::NotFound => panic!("{INSTALL}"),
        _ => panic!("chromedriver does not start: {error}"),
    });
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let port = timeout(PATIENCE, async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                return Some(port.trim_end_matches('.').to_owned());
            }
        }
        None
    });
    let port = port.await.expect("chromedriver names no port")?;
    Some((driver, format!("http://localhost:{port}")))
}

fn capabilities(layout: Layout, hosts: &[(&str, SocketAddr)]) -> Value {
    let hosts: String = hosts.iter().map(|(host, address)| format!("MAP {host} {address}, ")).collect();
    let mut options = json!({
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            // Nothing on the page may come from elsewhere.
            format!("--host-resolver-rules={hosts}MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1"),
        ],
    });
    if layout == Layout::Phone {
        options["mobileEmulation"] = json!({ "deviceMetrics": { "width": 360, "height": 740, "pixelRatio": 2 } });
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

/// The errors and warnings on the console, in their order.
pub(crate) async fn console(client: &Client) -> Vec<String> {
    let entries = client.issue_cmd(ConsoleLog).await.unwrap();
    let entries = entries.as_array().unwrap();
    entries
        .iter()
        .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
        .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// ChromeDriver's way to read the console, which the WebDriver standard lacks.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// Shows pages with this width and height.
pub(crate) async fn resize(client: &Client, width: u32, height: u32) {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
    client.issue_cmd(DevTools("Emulation.setDeviceMetricsOverride", metrics)).await.unwrap();
}

/// Prefers `light` or `dark`.
pub(crate) async fn prefer(client: &Client, scheme: &str) {
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    client.issue_cmd(DevTools("Emulation.setEmulatedMedia", features)).await.unwrap();
}

/// Ticks "Disable JavaScript" of the developer tools.
pub(crate) async fn disable_scripts(client: &Client) {
    client.issue_cmd(DevTools("Emulation.setScriptExecutionDisabled", json!({ "value": true }))).await.unwrap();
}

/// Ticks "Disable cache" of the developer tools.
pub(crate) async fn disable_cache(client: &Client) {
    for (command, parameters) in
        [("Network.enable", json!({})), ("Network.setCacheDisabled", json!({ "cacheDisabled": true }))]
    {
        client.issue_cmd(DevTools(command, parameters)).await.unwrap();
    }
}

/// Runs a script in every page that is opened from now on, before the page's own.
pub(crate) async fn run_before_pages(client: &Client, script: &str) {
    let command = DevTools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    client.issue_cmd(command).await.unwrap();
}

/// ChromeDriver's way to the developer tools, with a command of theirs and its parameters.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}
