//! A Chromium of its own for each test, driven over WebDriver.

use std::{
    net::SocketAddr,
    panic::{AssertUnwindSafe, resume_unwind},
    time::Duration,
};

use cors_engines::{Driver, EngineName};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use futures_util::FutureExt;
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::timeout;
use url::{ParseError, Url};

/// For a browser to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Layout {
    Desktop,
    /// 360 pixels wide.
    Phone,
}

/// Opens a browser for the body, and closes it also when the body panics.
pub(crate) async fn browse(layout: Layout, body: impl AsyncFnOnce(&Client)) {
    browse_with(layout, &[], body).await;
}

/// Opens a browser that finds these hosts at these addresses.
pub(crate) async fn browse_with(layout: Layout, hosts: &[(&str, SocketAddr)], body: impl AsyncFnOnce(&Client)) {
    let mut driver = Driver::start(EngineName::Chromium).await.unwrap_or_else(|error| panic!("{error}"));
    fit(&mut driver.capabilities, layout, hosts);
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(driver.capabilities.as_object().unwrap().clone());
    let client = timeout(PATIENCE, builder.connect(&driver.address)).await.expect("the browser starts").unwrap();
    let outcome = AssertUnwindSafe(body(&client)).catch_unwind().await;
    let closed = timeout(PATIENCE, client.close()).await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
    closed.expect("the browser ends").unwrap();
}

fn fit(capabilities: &mut Value, layout: Layout, hosts: &[(&str, SocketAddr)]) {
    let options = &mut capabilities["goog:chromeOptions"];
    let args = options["args"].as_array_mut().unwrap();
    args.push(json!("--window-size=1280,900"));
    const RULES: &str = "--host-resolver-rules=";
    let hosts: String = hosts.iter().map(|(host, address)| format!("MAP {host} {address}, ")).collect();
    for arg in args {
        if let Some(rules) = arg.as_str().and_then(|arg| arg.strip_prefix(RULES)) {
            // What is excluded is not mapped either.
            let rules = if hosts.is_empty() { rules.to_owned() } else { rules.replace("EXCLUDE *.localhost, ", "") };
            *arg = json!(format!("{RULES}{hosts}{rules}"));
        }
    }
    if layout == Layout::Phone {
        options["mobileEmulation"] = json!({ "deviceMetrics": { "width": 360, "height": 740, "pixelRatio": 2 } });
    }
    capabilities["goog:loggingPrefs"] = json!({ "browser": "ALL" });
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
