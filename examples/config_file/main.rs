//! A policy in a TOML file that is watched while serving. An edit with mistakes is reported and changes nothing.
//!
//! `cargo run --bin config_file`, then edit the file that it names; or bring a file of your own with `--file`.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use actix_web::{App, HttpServer, web};
use clap::Parser;
use cors_actix::{LiveCors, Policy, PolicyDraft};
use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer, notify};
use serde::Deserialize;

/// What is served where there is no file yet.
const DEFAULT: &str = include_str!("default.toml");

/// Editors write a file in several steps; this much quiet ends an edit.
const QUIET: Duration = Duration::from_millis(50);

#[derive(Parser)]
struct Options {
    /// Where to listen; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The file with the policy; made with a default where there is none.
    #[arg(long, default_value = "cors.toml")]
    file: PathBuf,
}

/// The application's settings, of which the policy is a part.
#[derive(Deserialize)]
struct Settings {
    cors: PolicyDraft,
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let Options { port, file } = Options::parse();
    if !file.exists() {
        fs::write(&file, DEFAULT)?;
    }
    let cors = LiveCors::new(read(&file).map_err(io::Error::other)?);
    let _watched = watch(&file, cors.clone()).map_err(io::Error::other)?;

    let app = move || App::new().wrap(cors.clone()).route("/", web::get().to(async || "hello\n"));
    let server = HttpServer::new(app).bind(("localhost", port))?;
    for address in server.addrs() {
        println!("http://{address}");
    }
    println!("the policy is in {}", file.display());
    server.run().await
}

/// The policy of the file, or every mistake in it.
fn read(file: &Path) -> Result<Policy, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let settings: Settings = toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    settings.cors.validate().map_err(|issues| issues.within("cors").to_string())
}

/// Puts the policy of the file in place whenever it changes, until the watcher is dropped.
fn watch(file: &Path, cors: LiveCors) -> notify::Result<Debouncer<notify::RecommendedWatcher>> {
    let file = file.canonicalize()?;
    let watched = file.clone();
    let mut watcher = new_debouncer(QUIET, move |events: DebounceEventResult| {
        if events.is_ok_and(|events| events.iter().all(|event| event.path != watched)) {
            return;
        }
        match read(&watched) {
            Ok(policy) if policy == cors.policy() => {}
            Ok(policy) => {
                println!("the policy is now\n{policy}");
                cors.replace(policy);
            }
            Err(mistakes) => println!("the policy stays as it was: {mistakes}"),
        }
    })?;
    // Many editors put another file in place of the old one, so the folder is watched.
    let folder = file.parent().unwrap_or(Path::new("."));
    watcher.watcher().watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}
