//! Messages of a console.

use std::net::TcpListener;

use serde_json::Value;

use crate::server::Server;
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
    assert_eq!((run.status, &report["verdict"], &report["code"]), (3, &"unknown".into(), &"error-status".into()));
}

#[test]
fn another_message_is_not_guessed_at() {
    let run = why(&["--message", "Uncaught SyntaxError"]);
    let said = "error: this is not a message with which a browser blocks; look in the console for a line with \"blocked by CORS policy\" \
                (Chrome, Edge), \"Cross-Origin Request Blocked\" (Firefox) or \"access control checks\" (Safari)\n";
    assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", said));
}

/// The verdict of a message, and the first note, for a server that answers so now.
fn beside(message: &str, answer: &'static str, more: &[&str]) -> (i32, String, String, Vec<String>) {
    let server = Server::saying(answer);
    let message = message.replace("{URL}", &server.url("/x"));
    let run = why_reading(&message, &[&["--json", "--no-probes"], more].concat());
    let report = report_of(&run);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (run.status, text(&report["code"]), server.anonymous(&text(&report["notes"][0])), server.requests())
}

const MISSING: &str = "Access to fetch at '{URL}' from origin 'https://app.example.com' has been blocked by CORS policy: No \
    'Access-Control-Allow-Origin' header is present on the requested resource.\nPUT {URL} net::ERR_FAILED 502 (Bad Gateway)";
const NOT_ALLOWED: &str = "Access to fetch at '{URL}' from origin 'https://app.example.com' has been blocked by CORS policy: Request \
    header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.";

#[test]
fn what_the_server_says_now_stands_beside_the_verdict() {
    let get = MISSING.replace("PUT", "GET");
    let (status, code, note, requests) = beside(&get, "502 Bad Gateway", &[]);
    assert_eq!((status, code.as_str()), (1, "allow-origin-missing"));
    assert_eq!(note, "the server was asked, and still answers like this");
    assert_eq!(requests, ["GET /x"]);

    let (status, code, note, _) = beside(&get, "200 OK\nAccess-Control-Allow-Origin: *", &[]);
    assert_eq!((status, code.as_str()), (1, "allow-origin-missing"), "the message is the verdict");
    assert!(note.starts_with("asked now, the server allows the page"), "{note}");

    let (status, code, note, _) = beside(&get, "200 OK\nAccess-Control-Allow-Origin: https://other.example", &[]);
    assert_eq!((status, code.as_str()), (1, "allow-origin-missing"));
    assert!(note.starts_with("asked now, something else blocks (allow-origin-mismatch): "), "{note}");

    // Nobody listens at this address of the machine, and nobody else gets the port.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://127.0.0.77:{}/x", listener.local_addr().expect("it has an address").port());
    let run = why_reading(&get.replace("{URL}", &url), &["--json"]);
    let note = report_of(&run)["notes"][0].as_str().unwrap_or_default().to_owned();
    assert_eq!(run.status, 1);
    assert!(note.starts_with(&format!("asked now: no answer came from {url}")), "{note}");
}

#[test]
fn what_a_message_makes_up_is_never_sent_beyond_its_preflight() {
    let open = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x-token";
    for (message, more) in [(NOT_ALLOWED, &[][..]), (NOT_ALLOWED, &["--send"][..])] {
        let (status, code, note, requests) = beside(message, open, more);
        assert_eq!((status, code.as_str()), (1, "header-not-allowed"));
        assert!(note.starts_with("asked now: the server allows the preflight"), "{note}");
        assert_eq!(requests, ["OPTIONS /x"]);
    }
    let (_, _, _, requests) = beside(MISSING, open, &[]);
    assert_eq!(requests, ["OPTIONS /x"], "a PUT may change something");
    let (_, _, _, requests) = beside(NOT_ALLOWED, open, &["-X", "PUT", "-H", "X-Token: 7", "--send"]);
    assert_eq!(requests, ["OPTIONS /x", "PUT /x"], "the options say what the request was");
}

#[test]
fn a_message_of_another_program_is_named_and_the_server_not_asked() {
    let (status, code, _, requests) = beside(
        "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource '{URL}'.",
        "200 OK",
        &["--from", "https://app.example.com"],
    );
    assert_eq!((status, code.as_str(), requests.len()), (1, "mixed-content", 0));
    let run = why(&["AxiosError: Network Error", "--json"]);
    assert_eq!((run.status, report_of(&run)["code"].as_str()), (3, Some("said-elsewhere")));
}

#[test]
fn a_message_whose_page_cannot_be_asked_for_is_a_verdict_all_the_same() {
    let note = |text: &str| {
        let run = why_reading(text, &["--json"]);
        assert_eq!(run.status, 1, "{run:?}");
        let notes = report_of(&run)["notes"].as_array().cloned().unwrap_or_default();
        notes.last().and_then(|note| note.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let cut_off = MISSING.replace("{URL}", "http://127.0.0.1/x").replace("https://app.example.com", "https:/");
    assert!(note(&cut_off).starts_with("the server was not asked: \"https:/\" is not an origin"), "{}", note(&cut_off));
    let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://127.0.0.1/x. (Reason: \
                   CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
    assert!(note(firefox).contains("with --from and its origin, why asks the server too"), "{}", note(firefox));
    let run = why_reading(&cut_off, &["-H", "x"]);
    assert_eq!((run.status, run.output.as_str()), (2, ""), "an option is wrong");
}
