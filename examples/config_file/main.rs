//! A policy in a TOML file, which the program watches while it serves. An edit with mistakes is reported and changes
//! nothing.
//!
//! Run `cargo run --bin config_file`, then edit the file that it names. Or use your own file, with the policy under
//! `[cors]`: `cargo run --bin config_file -- --file settings.toml`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, io, thread};

use actix_web::{App, HttpServer, web};
use clap::Parser;
use cors_actix::{Cors, Policy, PolicyDraft, PolicyHandle};
use cors_example_ports::listen;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use serde::Deserialize;

/// The default file.
const DEFAULT: &str = include_str!("default.toml");

/// Editors write a file in several steps. An edit ends after this time without a change.
const QUIET: Duration = Duration::from_millis(50);

#[derive(Parser)]
struct Options {
    /// Where to listen; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The file with the policy. Without it, a new one with a default.
    #[arg(long)]
    file: Option<PathBuf>,
}

/// The application's settings, of which the policy is a part.
#[derive(Deserialize)]
struct Settings {
    cors: PolicyDraft,
}

#[actix_web::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Options { port, file } = Options::parse();
    let (file, _removed_at_the_end) = match file {
        Some(file) => (file, None),
        None => {
            let default = DefaultFile::new()?;
            (default.path(), Some(default))
        }
    };
    let policy = match read(&file) {
        Ok(policy) => policy,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let (cors, handle) = Cors::replaceable(policy);
    let _watched = watch(&file, handle).map_err(io::Error::other)?;

    let app = move || App::new().wrap(cors.clone()).route("/", web::get().to(async || "hello\n"));
    let mut server = HttpServer::new(app);
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    println!("the policy is in {}", file.display());
    server.run().await?;
    Ok(ExitCode::SUCCESS)
}

/// A file for a first try, in a folder that is removed when the program ends.
struct DefaultFile {
    folder: PathBuf,
}

impl DefaultFile {
    fn new() -> io::Result<Self> {
        // A new folder, so no other program can have files in it.
        let folder = std::env::temp_dir().join(format!("cors-config-file-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let file = Self { folder };
        fs::write(file.path(), DEFAULT)?;
        Ok(file)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("settings.toml")
    }
}

impl Drop for DefaultFile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Returns the policy of the file, or every mistake in it.
fn read(file: &Path) -> Result<Policy, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let settings: Settings = toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    settings.cors.validate().map_err(|issues| issues.within(format!("{}: cors", file.display())).to_string())
}

/// Reads the file again after each change, until the watcher is dropped.
fn watch(file: &Path, handle: PolicyHandle) -> notify::Result<RecommendedWatcher> {
    let file = file.canonicalize()?;
    let watched = file.clone();
    let (changed, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the file is an event too, also when this program reads it.
        if event.is_ok_and(|event| !event.kind.is_access() && event.paths.contains(&watched)) {
            let _ = changed.send(());
        }
    })?;
    // Many editors replace the file by a new one, so the folder is watched.
    watcher.watch(file.parent().unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)?;
    thread::spawn(move || {
        while changes.recv().is_ok() {
            while changes.recv_timeout(QUIET).is_ok() {}
            replace(&handle, read(&file));
        }
    });
    Ok(watcher)
}

fn replace(handle: &PolicyHandle, read: Result<Policy, String>) {
    match read {
        Ok(policy) if handle.policy() == policy => {}
        Ok(policy) => {
            let text = policy.to_string();
            handle.replace(policy);
            println!("the policy is now\n{text}");
        }
        Err(mistakes) => println!("the policy stays as it was: {mistakes}"),
    }
}
