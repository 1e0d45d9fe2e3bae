//! What a run started ends with it, also where it is stopped in the middle.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::{Instant, interval, timeout};

const PATIENCE: Duration = Duration::from_secs(60);

/// Processes that are alive and whose environment names this folder, where the program and all that it starts keep their files.
fn started_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for process in fs::read_dir("/proc").unwrap().flatten() {
        // One that ended while it was looked at has no files any more.
        let read = |name: &str| fs::read(process.path().join(name)).unwrap_or_default();
        let environment = String::from_utf8_lossy(&read("environ")).into_owned();
        if environment.contains(&format!("TMPDIR={}", folder.display())) {
            found.push(String::from_utf8_lossy(&read("cmdline")).replace('\0', " "));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect()
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let (deadline, mut again) = (Instant::now() + PATIENCE, interval(Duration::from_millis(50)));
    while !is_so() {
        assert!(Instant::now() < deadline, "not within {PATIENCE:?}: {what}");
        again.tick().await;
    }
}

async fn nothing_is_left_after(signal: &str, name: &str) {
    // Short, because it becomes the path of a socket.
    let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_cors-engines"))
        .args(["--engine", "chromium", "--visits", "1000"])
        .env("TMPDIR", &folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let is_browser = |line: &String| line.contains("--user-data-dir=");
    until("the browser runs", || started_in(&folder).iter().any(is_browser)).await;
    let id = program.id().unwrap().to_string();
    assert!(Command::new("sh").args(["-c", "kill -\"$0\" \"$1\"", signal, &id]).status().await.unwrap().success());
    let ended = timeout(PATIENCE, program.wait()).await.expect("it ends").unwrap();
    assert_eq!(ended.code(), Some(1), "it says that it did not run all");
    until("nothing runs any more", || started_in(&folder).is_empty()).await;
    assert_eq!(entries(&folder), Vec::<PathBuf>::new());
    fs::remove_dir(&folder).unwrap();
}

#[tokio::test]
async fn nothing_is_left_when_it_is_terminated() {
    nothing_is_left_after("TERM", "t").await;
}

#[tokio::test]
async fn nothing_is_left_when_it_is_interrupted() {
    nothing_is_left_after("INT", "i").await;
}
