//! A browser, by requests of WebDriver: <https://www.w3.org/TR/webdriver2/#endpoints>.

use std::error::Error;
use std::time::Duration;

use minreq::Method;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::processes::PATIENCE;
use super::{Driver, EngineName};

/// How long a script of a page may take.
const TIME_LIMIT: Duration = Duration::from_secs(600);

/// A browser that was opened. What was started for it ends with this value, at the latest.
#[derive(Debug)]
pub(crate) struct Session {
    address: String,
    _driver: Driver,
}

impl Session {
    /// Opens a browser with nothing in it.
    pub(crate) async fn open(engine: EngineName) -> Result<Self, Box<dyn Error>> {
        let driver = Driver::start(engine).await?;
        let sessions = format!("{}/session", driver.address);
        let capabilities = json!({ "capabilities": { "alwaysMatch": driver.capabilities } });
        let opened = send(Method::Post, sessions.clone(), capabilities, PATIENCE).await?;
        let id = opened["sessionId"].as_str().ok_or("the session has no name")?;
        let session = Self { address: format!("{sessions}/{id}"), _driver: driver };
        session.post("timeouts", json!({ "script": TIME_LIMIT.as_millis() }), PATIENCE).await?;
        Ok(session)
    }

    /// Opens a page.
    pub(crate) async fn go_to(&self, address: &str) -> Result<(), Box<dyn Error>> {
        self.post("url", json!({ "url": address }), PATIENCE).await.map(drop)
    }

    /// Runs a script in the page, and gives what it calls its last argument with.
    pub(crate) async fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value, Box<dyn Error>> {
        // The driver says first that the script takes too long.
        self.post("execute/async", json!({ "script": script, "args": arguments }), TIME_LIMIT + PATIENCE).await
    }

    /// Ends the browser.
    pub(crate) async fn close(self) -> Result<(), Box<dyn Error>> {
        send(Method::Delete, self.address.clone(), Value::Null, PATIENCE).await.map(drop)
    }

    async fn post(&self, command: &str, body: Value, patience: Duration) -> Result<Value, Box<dyn Error>> {
        send(Method::Post, format!("{}/{command}", self.address), body, patience).await
    }
}

async fn send(method: Method, address: String, body: Value, patience: Duration) -> Result<Value, Box<dyn Error>> {
    let mut request = minreq::Request::new(method, &address).with_timeout(patience.as_secs());
    if !body.is_null() {
        request = request.with_header("Content-Type", "application/json").with_body(body.to_string());
    }
    let response = spawn_blocking(|| request.send()).await?.map_err(|error| format!("{address}: {error}"))?;
    let value = serde_json::from_slice::<Value>(response.as_bytes())?["value"].take();
    match value["error"].as_str() {
        Some(error) if response.status_code != 200 => {
            Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default()).into())
        }
        _ => Ok(value),
    }
}
