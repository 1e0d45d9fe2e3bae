//! Recordings as browsers and Playwright write them, with what Chromium did; and long ones.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::program::run;
use crate::{PAGE, report_of, summary, why, why_reading};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/why/data/har")
}

/// Status and code.
fn judged(name: &str) -> (i32, String) {
    let file = folder().join(name);
    let run = why(&[file.to_str().expect("a path"), "--json"]);
    (run.status, summary(&run).2)
}

#[test]
fn real_recordings_have_the_verdict_of_the_browser() {
    let rows = [
        // Without `full` they are as DevTools exports them by default: without cookies and Authorization.
        ("E04.har", (1, "wildcard-with-credentials")),
        ("E04.full.har", (1, "wildcard-with-credentials")),
        ("E05.har", (0, "allowed")),
        ("E05.full.har", (0, "allowed")),
        ("E07.har", (1, "method-not-allowed")),
        ("E08.har", (1, "header-not-allowed")),
        ("E08.full.har", (1, "header-not-allowed")),
        ("E13.har", (0, "allowed")),
        ("E15.har", (1, "several-allowed-origins")),
        ("E16.har", (1, "allow-credentials-not-true")),
        ("E16.full.har", (1, "allow-credentials-not-true")),
        ("E20.har", (1, "preflight-status")),
        ("S06.har", (1, "preflight-status")),
        ("S10.har", (1, "preflight-status")),
        ("four.har", (1, "several-allowed-origins")),
        ("min_redirect.har", (1, "allow-origin-missing")),
        // Playwright keeps what was blocked to itself.
        ("E04.pw.har", (3, "not-recorded")),
        ("E05.pw.har", (0, "allowed")),
        ("E07.pw.har", (3, "not-recorded")),
        ("E08.pw.har", (3, "not-recorded")),
        ("E15.pw.har", (3, "not-recorded")),
    ];
    assert_eq!(fs::read_dir(folder()).expect("a folder").count(), rows.len());
    for (name, (status, code)) in rows {
        assert_eq!(judged(name), (status, code.to_owned()), "{name}");
    }
}

#[test]
fn what_playwright_leaves_out_is_said() {
    let file = folder().join("E04.pw.har");
    let report = report_of(&why(&[file.to_str().expect("a path"), "--json"]));
    let notes = report["notes"].to_string();
    assert!(notes.contains("Playwright records neither preflights nor answers that the browser blocked"), "{notes}");
    assert!(
        report["help"][0].as_str().is_some_and(|help| help.starts_with("ask the server itself:\n    why http")),
        "{report}"
    );
}

#[test]
fn a_redirect_is_a_hop_and_no_request_of_its_own() {
    let file = folder().join("min_redirect.har");
    let report = report_of(&why(&[file.to_str().expect("a path"), "--json"]));
    assert_eq!((report["url"].as_str(), report["origin"].as_str()), (Some("https://login.example.net/"), Some("null")));
    assert_eq!(report["exchanges"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        report["blocked"],
        json!([{
            "method": "GET", "url": "https://api.example.com/a", "code": "allow-origin-missing", "count": 1,
        }])
    );
}

#[test]
fn all_that_were_blocked_stand_in_a_table() {
    let file = folder().join("four.har");
    let text = why(&[file.to_str().expect("a path")]).output;
    let expected = "\
blocked in this recording, the last of them below:
  allow-origin-missing     PUT http://localhost:4106/d
  allow-origin-mismatch    GET http://localhost:4103/d
  method-not-allowed       PUT http://localhost:4107/d
  several-allowed-origins  GET http://localhost:4115/d

";
    assert!(text.starts_with(expected), "{text}");
}

fn entry(url: &str, headers: Value, status: i32, answer: Value) -> Value {
    json!({
        "_resourceType": "fetch", "startedDateTime": "2026-11-28T02:40:00.000Z",
        "request": { "method": "GET", "url": url, "headers": headers },
        "response": { "status": status, "headers": answer },
    })
}

#[test]
fn what_contradicts_all_that_is_recorded_is_not_guessed() {
    let allowed = json!([
        { "name": "Access-Control-Allow-Origin", "value": PAGE },
        { "name": "Access-Control-Allow-Credentials", "value": "true" },
    ]);
    let mut entry = entry("https://api.example.com/x", json!([{ "name": "Origin", "value": PAGE }]), 200, allowed);
    let read =
        |entry: &Value| why_reading(&json!({ "log": { "entries": [entry] } }).to_string(), &["--har", "-", "--json"]);
    assert_eq!(summary(&read(&entry)).1, "readable");
    entry["response"]["_error"] = "net::ERR_FAILED".into();
    let run = read(&entry);
    assert_eq!((run.status, summary(&run).2.as_str()), (3, "not-recorded"));
    assert!(report_of(&run)["reason"].as_str().is_some_and(|reason| reason.contains("no recorded header says why")));
}

/// A recording of 40 MB, in less memory than it is long; `ulimit` counts the program itself, too.
#[test]
fn a_long_recording_is_not_kept() {
    const LIMIT: &str = "32768";
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.har");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    write!(file, "{{\"log\":{{\"entries\":[").expect("room");
    for number in 0..12_000 {
        let consent =
            if number == 7_000 { json!([]) } else { json!([{ "name": "Access-Control-Allow-Origin", "value": "*" }]) };
        let url = format!("https://api.example.com/{number}");
        let mut entry = entry(&url, json!([{ "name": "Origin", "value": PAGE }]), 200, consent);
        entry["response"]["content"] = json!({ "text": "x".repeat(3_000) });
        write!(file, "{}{entry}", if number > 0 { "," } else { "" }).expect("room");
    }
    write!(file, "]}}}}").expect("room");
    file.into_inner().expect("room");
    let mut bash = Command::new("bash");
    bash.args(["-c", "ulimit -v \"$LIMIT\" && exec \"$WHY\" --json --har \"$FILE\""]);
    bash.env("LIMIT", LIMIT).env("WHY", env!("CARGO_BIN_EXE_why")).env("FILE", &path);
    let run = run(&mut bash, "");
    fs::remove_file(&path).expect("it is there");
    assert_eq!(summary(&run).2, "allow-origin-missing");
    assert_eq!(report_of(&run)["url"], "https://api.example.com/7000");
}
