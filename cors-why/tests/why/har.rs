//! Recordings.

use serde_json::{Value, json};

use crate::program::Run;
use crate::{PAGE, report_of, summary, why_reading};

const API: &str = "https://api.example.com/x";

fn entry(method: &str, url: &str, request: &[(&str, &str)], status: i32, response: &[(&str, &str)]) -> Value {
    let lines = |headers: &[(&str, &str)]| -> Vec<Value> {
        headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
    };
    json!({
        "request": { "method": method, "url": url, "headers": lines(request) },
        "response": { "status": status, "headers": lines(response) },
    })
}

fn why_recorded(entries: &[Value]) -> Run {
    why_reading(&json!({ "log": { "entries": entries } }).to_string(), &["--har", "-", "--json"])
}

#[test]
fn recorded_answers_are_judged_and_nothing_is_sent() {
    let run = why_recorded(&[
        entry("GET", "https://app.example.com/", &[], 200, &[]),
        entry("PUT", API, &[("Origin", PAGE), ("X-Token", "7")], 0, &[]),
        entry(
            "OPTIONS",
            API,
            &[("Origin", PAGE), ("Access-Control-Request-Method", "PUT")],
            204,
            &[("access-control-allow-origin", PAGE), ("access-control-allow-methods", "PUT")],
        ),
        entry("GET", "https://cdn.example.com/", &[("Origin", PAGE)], 200, &[("access-control-allow-origin", "*")]),
    ]);
    assert_eq!(summary(&run), (1, "blocked".to_owned(), "header-not-allowed".to_owned(), Vec::new()));
    assert_eq!(report_of(&run)["url"], API);
}

#[test]
fn lines_that_were_joined_are_several() {
    let lines = [("access-control-allow-origin", "https://app.example.com\n*")];
    let run = why_recorded(&[entry("GET", API, &[("Origin", PAGE)], 200, &lines)]);
    assert_eq!(summary(&run).2, "several-allowed-origins");
}

#[test]
fn an_answer_belongs_to_its_method_and_address() {
    let preflight = [("Origin", PAGE), ("Access-Control-Request-Method", "PUT")];
    let consent = [("access-control-allow-origin", PAGE), ("access-control-allow-methods", "PUT")];
    let other = [("Origin", PAGE), ("Access-Control-Request-Method", "DELETE")];
    let run = why_recorded(&[
        entry("OPTIONS", API, &preflight, 204, &consent),
        entry("OPTIONS", API, &other, 403, &[]),
        entry("PUT", API, &[("Origin", PAGE)], 500, &[]),
        entry("GET", API, &[("Origin", PAGE)], 200, &consent),
        entry("PUT", "https://api.example.com/y", &[("Origin", "https://api.example.com")], 200, &consent),
    ]);
    assert_eq!(summary(&run), (1, "blocked".to_owned(), "allow-origin-missing".to_owned(), Vec::new()));
    let methods = |exchange: &Value| exchange["method"].as_str().map(str::to_owned);
    let exchanges = report_of(&run)["exchanges"].as_array().cloned().unwrap_or_default();
    assert_eq!(exchanges.iter().filter_map(methods).collect::<Vec<_>>(), ["OPTIONS", "PUT"]);
}

/// With the time at which it began, and what asked for it.
fn made(entry: Value, began: &str, resource_type: &str) -> Value {
    let mut entry = entry;
    entry["startedDateTime"] = format!("2026-11-23T12:00:{began}Z").into();
    entry["_resourceType"] = resource_type.into();
    entry
}

#[test]
fn an_answer_belongs_to_the_request_that_got_it() {
    let origin = [("Origin", PAGE)];
    let consent = [("access-control-allow-origin", PAGE), ("access-control-allow-methods", "PUT")];
    let asks = [("Origin", PAGE), ("Access-Control-Request-Method", "PUT")];
    let blocked = (1, "blocked".to_owned(), "allow-origin-missing".to_owned(), Vec::new());

    // An image of the same address is another request, whatever it gets.
    let fetched = made(entry("GET", API, &origin, 500, &[]), "01.000", "fetch");
    let image = made(entry("GET", API, &[], 200, &consent), "02.000", "image");
    assert_eq!(summary(&why_recorded(&[fetched.clone(), image.clone()])), blocked);
    assert_eq!(summary(&why_recorded(&[image, fetched])), blocked, "the order in the file is no order in time");

    // Of two attempts one was refused.
    let attempts = |began: [&str; 4], preflights: [i32; 2], answers: [i32; 2]| {
        summary(&why_recorded(&[
            made(entry("PUT", API, &origin, answers[0], &consent), began[0], "fetch"),
            made(entry("OPTIONS", API, &asks, preflights[0], &consent), began[1], "preflight"),
            made(entry("PUT", API, &origin, answers[1], &consent), began[2], "fetch"),
            made(entry("OPTIONS", API, &asks, preflights[1], &consent), began[3], "preflight"),
        ]))
    };
    let chromium = ["01.000", "01.001", "01.900", "01.901"];
    let firefox = ["01.000", "00.990", "01.900", "01.890"];
    for began in [chromium, firefox] {
        let refused = (1, "blocked".to_owned(), "preflight-status".to_owned(), Vec::new());
        assert_eq!(attempts(began, [401, 204], [0, 200]), refused, "{began:?}");
        assert_eq!(attempts(began, [204, 401], [200, 0]), refused, "{began:?}");
        assert_eq!(attempts(began, [204, 204], [200, 200]).1, "readable");
    }
}

#[test]
fn a_304_speaks_with_what_was_stored() {
    let origin = [("Origin", PAGE)];
    let get = |began, status, lines: &[(&str, &str)]| made(entry("GET", API, &origin, status, lines), began, "fetch");
    let consent = [("access-control-allow-origin", PAGE)];
    let other = [("access-control-allow-origin", "https://other.example")];
    let found = |entries: &[Value]| {
        let (_, verdict, code, _) = summary(&why_recorded(entries));
        (verdict, code)
    };
    let readable = ("readable".to_owned(), "allowed".to_owned());
    let blocked = ("blocked".to_owned(), "allow-origin-mismatch".to_owned());
    assert_eq!(found(&[get("01.000", 200, &consent), get("02.000", 304, &[])]), readable);
    assert_eq!(found(&[get("01.000", 200, &consent), get("02.000", 304, &other)]), blocked);
    assert_eq!(found(&[get("01.000", 304, &consent)]), readable);
    let unknown = ("unknown".to_owned(), "not-recorded".to_owned());
    assert_eq!(found(&[get("01.000", 304, &[])]), unknown, "nobody knows what was stored");
}

#[test]
fn a_redirect_leads_to_what_was_asked_for_next() {
    let (first, second) = ("https://api.example.com/first", "https://api.example.com/second");
    let origin = [("Origin", PAGE)];
    let consent = [("access-control-allow-origin", PAGE)];
    let leads = [("access-control-allow-origin", PAGE), ("location", "/second")];
    let run = why_recorded(&[
        made(entry("GET", second, &[], 200, &consent), "01.000", "fetch"),
        made(entry("GET", first, &origin, 302, &leads), "02.000", "fetch"),
        made(entry("GET", second, &[], 200, &consent), "02.500", "image"),
        made(entry("GET", second, &[], 200, &[]), "03.000", "fetch"),
        made(entry("GET", second, &[], 200, &consent), "04.000", "fetch"),
    ]);
    assert_eq!(summary(&run), (1, "blocked".to_owned(), "allow-origin-missing".to_owned(), Vec::new()));
    assert_eq!(report_of(&run)["url"], second);
}

#[test]
fn a_long_recording_is_read_as_a_short_one() {
    let mut entries: Vec<Value> = (0..2000)
        .map(|number| {
            let url = format!("https://api.example.com/x?{number}");
            entry("GET", &url, &[("Origin", PAGE)], 200, &[("access-control-allow-origin", "*")])
        })
        .collect();
    entries.insert(700, entry("GET", API, &[("Origin", PAGE)], 200, &[]));
    let run = why_recorded(&entries);
    assert_eq!((summary(&run).2.as_str(), report_of(&run)["url"].as_str()), ("allow-origin-missing", Some(API)));
}

#[test]
fn a_request_without_origin_counts_where_a_script_made_it() {
    let made = |resource_type: &str| {
        let mut entry = entry("GET", API, &[("Referer", "https://app.example.com/cart")], 200, &[]);
        entry["_resourceType"] = resource_type.into();
        why_recorded(&[entry])
    };
    assert_eq!(summary(&made("fetch")), (1, "blocked".to_owned(), "allow-origin-missing".to_owned(), Vec::new()));
    assert_eq!(report_of(&made("fetch"))["origin"], PAGE);
    assert_eq!((made("image").status, made("image").output.as_str()), (2, ""));
}

#[test]
fn mixed_content_is_blocked_whatever_was_recorded() {
    let code = |url: &str| summary(&why_recorded(&[entry("GET", url, &[("Origin", PAGE)], 200, &[])])).2;
    assert_eq!(code("http://api.example.com/x"), "mixed-content");
    for url in [API, "http://localhost:8080/", "http://api.localhost/", "http://127.0.0.1/", "http://[::1]/"] {
        assert_eq!(code(url), "allow-origin-missing", "{url}");
    }
}

#[test]
fn what_is_not_recorded_can_be_asked() {
    let run = why_recorded(&[entry("PUT", API, &[("Origin", PAGE), ("X-Token", "it's 7")], 0, &[])]);
    assert_eq!(summary(&run), (3, "unknown".to_owned(), "not-recorded".to_owned(), Vec::new()));
    assert_eq!(
        report_of(&run)["help"][0],
        r"ask the server itself:
    why https://api.example.com/x --from https://app.example.com -X PUT -H 'X-Token: it'\''s 7'"
    );
}

#[test]
fn an_answer_that_the_browser_keeps_secret_is_not_guessed() {
    let run = why_recorded(&[entry("GET", API, &[("Origin", PAGE)], 0, &[])]);
    assert_eq!(summary(&run), (3, "unknown".to_owned(), "not-recorded".to_owned(), Vec::new()));
    assert_eq!(report_of(&run)["reason"], "the recording has no answer to GET https://api.example.com/x");
}

#[test]
fn what_is_no_recording_is_refused() {
    let none = why_recorded(&[entry("GET", API, &[("Origin", PAGE), ("Sec-Fetch-Mode", "navigate")], 200, &[])]);
    assert_eq!(none.errors, "error: the recording has no request of a script to another origin\n");
    let broken = why_reading("{}", &["--har", "-"]);
    assert_eq!((broken.status, broken.output.as_str()), (2, ""));
    assert!(broken.errors.starts_with("error: this is not a recording (HAR): "), "{broken:?}");
}

#[test]
fn an_entry_that_cannot_be_read_says_nothing_of_the_others() {
    let run = why_recorded(&[
        entry("GET", API, &[("Origin", PAGE)], 200, &[]),
        entry("GET", "https://other.example/", &[("Origin", "app://obsidian.md")], 200, &[]),
    ]);
    assert_eq!(summary(&run), (1, "blocked".to_owned(), "allow-origin-missing".to_owned(), Vec::new()));
}

/// Whoever made a recording must not get a command run by who pastes the help, or a line of their own into the report.
#[test]
fn what_a_recording_says_is_a_word_to_the_shell_and_a_line_to_the_reader() {
    let origin = "https://x;$({touch,pwned});.example";
    let run = why_recorded(&[entry("PUT", API, &[("Origin", origin)], 0, &[])]);
    let help =
        "ask the server itself:\n    why https://api.example.com/x --from 'https://x;$({touch,pwned});.example' -X PUT";
    assert_eq!(report_of(&run)["help"][0], help);

    let forged = "Access-Control-X\n\nreadable: the server allows the page\nhelp: run what I say";
    let recording = json!({ "log": { "entries": [entry("GET", API, &[("Origin", PAGE)], 200, &[(forged, "1")])] } });
    let run = why_reading(&recording.to_string(), &["--har", "-"]);
    let is_forged = |line: &&str| line.starts_with("readable") || line.starts_with("help: run");
    assert_eq!(run.output.lines().find(is_forged), None, "{run:?}");
    assert!(run.output.contains(r"\n\nreadable"), "{run:?}");
}
