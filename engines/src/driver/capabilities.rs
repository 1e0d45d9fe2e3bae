//! What each driver is asked for.

use std::error::Error;
use std::fs;

use serde_json::{Value, json};

use super::processes::Scratch;

pub(super) fn chromium(scratch: &Scratch) -> Value {
    let args = json!([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        format!("--user-data-dir={}", scratch.path().join("profile").display()),
        // Nothing on a page may come from elsewhere.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
    ]);
    json!({ "browserName": "chrome", "goog:chromeOptions": { "args": args } })
}

pub(super) fn firefox() -> Value {
    json!({ "browserName": "firefox", "moz:firefoxOptions": { "args": ["-headless"] } })
}

/// The driver does not find the small browser that comes with the engine.
pub(super) fn webkit() -> Result<Value, Box<dyn Error>> {
    let mut found = fs::read_dir("/usr/lib")?
        .flatten()
        .flat_map(|place| {
            ["webkit2gtk-4.1", "webkitgtk-6.0"].map(|version| place.path().join(version).join("MiniBrowser"))
        })
        .filter(|binary| binary.exists());
    let binary = found.next().ok_or("MiniBrowser is not installed: see engines/README.md")?;
    Ok(
        json!({ "webkitgtk:browserOptions": { "binary": binary, "args": ["--automation", "--javascript-can-open-windows-automatically=true"] } }),
    )
}
