//! Messages of a console.

use crate::{report_of, why, why_reading};

const MESSAGE: &str = "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by \
    CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.";

#[test]
fn a_message_is_explained() {
    let run = why(&["--message", MESSAGE, "--json"]);
    let report = report_of(&run);
    assert_eq!(run.status, 1);
    assert_eq!(report["code"], "method-not-allowed");
    assert_eq!(report["url"], "https://api.example.com/x");
    assert_eq!(report["origin"], "https://app.example.com");
    assert_eq!(report["header_lines"][0], "Access-Control-Allow-Methods: PUT");
    assert_eq!(why_reading(MESSAGE, &["--message", "-", "--json"]).output, run.output);
}

#[test]
fn what_a_message_leaves_open_can_be_said() {
    let message = "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
    let run = why(&["--message", message, "--from", "https://app.example.com", "--json"]);
    assert_eq!(report_of(&run)["header_lines"][0], "Access-Control-Allow-Origin: https://app.example.com");
}

#[test]
fn a_message_that_is_not_about_cors_leaves_open_whether_it_blocks() {
    let run = why(&["--message", "Failed to load resource: the server responded with a status of 500 ()", "--json"]);
    let report = report_of(&run);
    assert_eq!((run.status, &report["verdict"], &report["code"]), (2, &"unknown".into(), &"error-status".into()));
}

#[test]
fn another_message_is_not_guessed_at() {
    let run = why(&["--message", "Uncaught SyntaxError"]);
    let said = "error: the message is none of those with which Chromium, Firefox or WebKit block\n";
    assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", said));
}
