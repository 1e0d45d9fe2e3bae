//! What is wrong with a server, found by its answers, and what shows it.

use serde_json::json;

use crate::server::{Server, header};
use crate::{PAGE, report_of, why, why_reading};

const ALLOWED: &str = "Access-Control-Allow-Origin: https://app.example.com\nVary: Origin";

/// What is wrong, the first line of help, and the evidence.
fn diagnosed(server: &Server, path: &str, more: &[&str]) -> (String, String, Vec<String>) {
    let run = why(&[&[server.url(path).as_str(), "--from", PAGE, "--json"], more].concat());
    let report = report_of(&run);
    assert_eq!(report["verdict"], "blocked", "{run:?}");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let evidence = report["evidence"].as_array().expect("a list").iter().map(text).collect();
    (text(&report["diagnosis"]), text(&report["help"][0]), evidence)
}

fn is_preflight(head: &str) -> bool {
    head.starts_with("OPTIONS ")
}

fn origin(head: &str) -> &str {
    header(head, "origin").unwrap_or_default()
}

fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

type Answer = fn(&str) -> String;

fn check(path: &str, rows: &[(&str, &[&str], Answer)]) {
    for (code, more, answer) in rows {
        let server = Server::start(*answer);
        let (found, help, evidence) = diagnosed(&server, path, more);
        assert_eq!(&found, code, "{evidence:?}");
        assert!(!help.is_empty() && !evidence.is_empty(), "{code}: {help} {evidence:?}");
        // The question of the browser, and no more than eight.
        assert!(server.requests().len() <= 10, "{code}: {:?}", server.requests());
        assert!(server.requests().iter().all(|request| !request.starts_with("PUT") || more.contains(&"--send")));
    }
}

#[test]
fn values_say_what_is_wrong() {
    check(
        "/x",
        &[
            ("origin-with-slash", &[], |_| "200 OK\nAccess-Control-Allow-Origin: https://app.example.com/".to_owned()),
            ("origin-not-listed", &[], |_| "200 OK\nAccess-Control-Allow-Origin: https://b.example".to_owned()),
            ("origin-misspelled", &[], |_| "200 OK\nAccess-Control-Allow-Origin: https://*.example.com".to_owned()),
            ("origin-misspelled", &[], |_| "200 OK\nAccess-Control-Allow-Origin: 'https://app.example.com'".to_owned()),
            ("origin-misspelled", &[], |_| "200 OK\nAccess-Control-Allow-Origin: app.example.com".to_owned()),
            ("null-sent", &[], |_| "200 OK\nAccess-Control-Allow-Origin: null".to_owned()),
            ("list-joined", &[], |_| format!("200 OK\nAccess-Control-Allow-Origin: {PAGE}, https://b.example")),
            ("sent-twice", &[], |_| format!("200 OK\n{ALLOWED}\nAccess-Control-Allow-Origin: *")),
            ("wildcard-with-credentials", &["--credentials"], |_| "200 OK\nAccess-Control-Allow-Origin: *".to_owned()),
            ("credentials-missing", &["--credentials"], |_| format!("200 OK\n{ALLOWED}")),
            ("method-missing", &["-X", "PUT"], |_| format!("200 OK\n{ALLOWED}\nAccess-Control-Allow-Methods: POST")),
            ("header-missing", &["-H", "X-A: 1"], |_| format!("200 OK\n{ALLOWED}\nAccess-Control-Allow-Headers: X-B")),
            ("list-malformed", &["-X", "PUT"], |_| {
                format!("200 OK\n{ALLOWED}\nAccess-Control-Allow-Methods: PUT POST")
            }),
        ],
    );
}

#[test]
fn statuses_and_bodies_say_what_is_wrong() {
    const PUT: &[&str] = &["-X", "PUT"];
    check(
        "/x",
        &[
            ("failed", &[], |_| "500 Internal Server Error\n\nOops".to_owned()),
            ("failed", PUT, |_| "500 Internal Server Error\n\nOops".to_owned()),
            ("upstream-down", &[], |_| "502 Bad Gateway".to_owned()),
            ("too-large", &["-d", "x", "--send"], |_| "413 Content Too Large".to_owned()),
            ("too-many", &[], |_| "429 Too Many Requests".to_owned()),
            ("login-bare", &[], |_| "401 Unauthorized".to_owned()),
            ("login-bare", &[], |_| "403 Forbidden\n\nNo valid token".to_owned()),
            ("preflight-needs-login", PUT, |_| "401 Unauthorized".to_owned()),
            ("preflight-needs-login", PUT, |_| "403 Forbidden".to_owned()),
            ("preflight-unanswered", PUT, |_| format!("404 Not Found\n{ALLOWED}")),
            ("method-not-taken", &["-d", "x", "--send"], |_| "405 Method Not Allowed\nAllow: GET".to_owned()),
            ("slash-missing", &[], |_| "301 Moved Permanently\nLocation: /x/".to_owned()),
            ("slash-missing", &["-d", "x", "--send"], |_| {
                "500 Internal Server Error\n\nThe URL doesn&#x27;t end in a slash and you have APPEND_SLASH set"
                    .to_owned()
            }),
            ("redirected", PUT, |_| "308 Permanent Redirect\nLocation: https://api.example/x".to_owned()),
            ("login-redirected", PUT, |_| "302 Found\nLocation: /auth/login?next=/x".to_owned()),
            ("host-refused", &[], |_| "403 Forbidden\n\nBlocked request. This host (\"a\") is not allowed.".to_owned()),
            ("method-refused", PUT, |_| format!("400 Bad Request\n{ALLOWED}\n\nDisallowed CORS method")),
            ("headers-refused", &["-H", "X-A: 1"], |_| {
                format!("400 Bad Request\n{ALLOWED}\n\nDisallowed CORS headers")
            }),
            ("origin-refused", PUT, |_| "400 Bad Request\n\nDisallowed CORS origin".to_owned()),
            ("origin-refused", &[], |_| "400 Bad Request\n\nOrigin is not allowed to make this request".to_owned()),
            ("callback-refused", &[], |_| {
                "500 Internal Server Error\n\n<pre>Error: Not allowed by CORS<br> at a</pre>".to_owned()
            }),
        ],
    );
}

#[test]
fn what_differs_says_what_is_wrong() {
    const PUT: &[&str] = &["-X", "PUT"];
    check(
        "/v1/x",
        &[
            // Other answers have the headers.
            ("answer-bare", &[], |head| {
                if is_preflight(head) { format!("204 No Content\n{ALLOWED}") } else { "200 OK".to_owned() }
            }),
            ("after-route", &[], |head| {
                if path(head) == "/v1/x" { "200 OK".to_owned() } else { format!("404 Not Found\n{ALLOWED}") }
            }),
            ("after-route", PUT, |head| {
                if path(head) == "/v1/x" { "200 OK".to_owned() } else { format!("404 Not Found\n{ALLOWED}") }
            }),
            ("other-paths", &[], |head| match path(head).starts_with("/api/") {
                true => format!("404 Not Found\n{ALLOWED}"),
                false => "200 OK".to_owned(),
            }),
            ("preflight-bare", PUT, |head| {
                if is_preflight(head) { "204 No Content".to_owned() } else { format!("200 OK\n{ALLOWED}") }
            }),
            ("preflight-unanswered", PUT, |head| match is_preflight(head) {
                true => "500 Internal Server Error".to_owned(),
                false => format!("200 OK\n{ALLOWED}"),
            }),
            ("preflight-unanswered", PUT, |head| match is_preflight(head) {
                true => "405 Method Not Allowed".to_owned(),
                false => format!("200 OK\n{ALLOWED}"),
            }),
            ("errors-bare", &[], |head| match path(head) {
                "/" => format!("200 OK\n{ALLOWED}"),
                _ => "404 Not Found".to_owned(),
            }),
            // A list has others.
            ("origin-not-listed", &[], |_| "200 OK\nVary: Origin".to_owned()),
            ("origin-not-listed", PUT, |_| "204 No Content\nAccess-Control-Allow-Methods: PUT".to_owned()),
            ("origin-not-listed", &[], |head| match origin(head) {
                "http://localhost:3000" => "200 OK\nAccess-Control-Allow-Origin: http://localhost:3000".to_owned(),
                _ => "200 OK".to_owned(),
            }),
            ("origin-with-slash", &[], |head| match origin(head) {
                "https://app.example.com/" => {
                    "200 OK\nAccess-Control-Allow-Origin: https://app.example.com/".to_owned()
                }
                _ => "200 OK".to_owned(),
            }),
            ("origin-misspelled", &[], |head| match origin(head) {
                "app.example.com" => "200 OK\nAccess-Control-Allow-Origin: app.example.com".to_owned(),
                _ => "200 OK\nVary: Origin".to_owned(),
            }),
            // What is refused with an origin passes without.
            ("origin-refused", &[], |head| match header(head, "origin") {
                Some(_) => "403 Forbidden".to_owned(),
                None => "200 OK".to_owned(),
            }),
            ("method-refused", PUT, |head| match header(head, "access-control-request-method") {
                Some("GET") => format!("200 OK\n{ALLOWED}"),
                _ => "403 Forbidden\n\nInvalid CORS request".to_owned(),
            }),
            ("headers-refused", &["-H", "X-A: 1"], |head| match header(head, "access-control-request-headers") {
                None => format!("200 OK\n{ALLOWED}"),
                _ => "403 Forbidden\n\nInvalid CORS request".to_owned(),
            }),
            // Some refuse by sending nothing.
            ("method-refused", &["-X", "PUT"], |head| match header(head, "access-control-request-method") {
                Some("PUT") => "204 No Content".to_owned(),
                _ => format!("200 OK\n{ALLOWED}"),
            }),
            ("headers-refused", &["-X", "PUT", "-H", "X-A: 1"], |head| {
                match header(head, "access-control-request-headers") {
                    Some(_) => "204 No Content\nVary: Origin".to_owned(),
                    None => format!("200 OK\n{ALLOWED}"),
                }
            }),
            // The list has a slash, and the method is missing too.
            ("origin-with-slash", &["-X", "PUT"], |head| match origin(head) {
                "https://app.example.com/" if !is_preflight(head) => {
                    "200 OK\nAccess-Control-Allow-Origin: https://app.example.com/".to_owned()
                }
                _ => "200 OK\nVary: Origin".to_owned(),
            }),
            // A cache.
            ("cached", &[], |head| match path(head) {
                "/v1/x" => "200 OK\nAge: 42".to_owned(),
                _ => format!("200 OK\n{ALLOWED}"),
            }),
            ("no-cors", &[], |_| "200 OK".to_owned()),
            ("no-cors", PUT, |_| "404 Not Found".to_owned()),
        ],
    );
}

/// A route may have CORS where the error of another has it not.
#[test]
fn an_error_without_cors_may_be_alone_in_that() {
    let bare = Server::saying("404 Not Found\nX-Powered-By: Express");
    let second = |more: &[&str]| {
        let run = why(&[&[bare.url("/x").as_str(), "--from", PAGE, "--json"], more].concat());
        report_of(&run)["help"][1].as_str().unwrap_or_default().to_owned()
    };
    let begin = "or, if answers of this server have CORS already: ";
    assert!(second(&["-X", "PUT"]).starts_with(&format!("{begin}write `app.use(cors(...))` above every route")));
    assert!(second(&[]).starts_with(&format!("{begin}move `app.use(cors(...))` above")), "{}", second(&[]));
}

#[test]
fn evidence_names_what_was_seen() {
    let server = Server::start(|head| match is_preflight(head) {
        true => format!("204 No Content\n{ALLOWED}"),
        false => "200 OK\nX-Powered-By: Express".to_owned(),
    });
    let (_, help, evidence) = diagnosed(&server, "/x", &[]);
    assert_eq!(
        evidence,
        [
            "a preflight has Access-Control-Allow-Origin, and the answer to GET has not",
            "the server is Express, by X-Powered-By: Express",
        ]
    );
    assert!(help.contains("app.use(cors"), "{help}");
    let named = diagnosed(&server, "/x", &["--stack", "flask"]);
    assert!(!named.1.contains("app.use(cors"), "{named:?}");
}

/// Many programs tell their name by what they say of a path that does not exist.
#[test]
fn a_server_that_does_not_name_itself_is_asked_for_nothing() {
    let server = Server::start(|head| match path(head) {
        "/x" => "200 OK\nAccess-Control-Allow-Origin: *".to_owned(),
        path => {
            format!(
                "404 Not Found\n\n{{\"message\":\"Route GET:{path} not found\",\"error\":\"Not Found\",\"statusCode\":404}}"
            )
        }
    });
    let (_, help, evidence) = diagnosed(&server, "/x", &["--credentials"]);
    assert!(help.contains("`@fastify/cors`") && evidence[1].starts_with("the server is Fastify, by "), "{evidence:?}");
    assert_eq!(server.requests(), ["GET /x", "GET /why-probe"]);
}

/// Eight more, none of which changes anything or carries what lets somebody in to another address.
#[test]
fn questions_are_few_and_harmless() {
    let server = Server::saying("200 OK");
    let arguments = ["-H", "Authorization: Bearer secret", "-d", "secret", "-X", "PUT"];
    diagnosed(&server, "/v1/x", &arguments);
    let requests = server.requests();
    assert!(requests.len() <= 9, "{requests:?}");
    assert!(requests.iter().all(|request| ["GET ", "OPTIONS "].iter().any(|known| request.starts_with(known))));
    assert!(server.heads().iter().all(|head| !head.contains("secret")));

    let doubtful = Server::saying("400 Bad Request");
    let copied = format!("curl {} -H 'Origin: {PAGE}' -b session=1", doubtful.url("/v1/x"));
    why(&["--curl", &copied]);
    assert_eq!(doubtful.requests().len(), 9);
    assert!(doubtful.heads().iter().all(|head| path(head) == "/v1/x" || header(head, "cookie").is_none()));

    let unasked = Server::saying("200 OK");
    let run = why(&[&unasked.url("/x"), "--from", PAGE, "--no-probes", "--json"]);
    assert_eq!(report_of(&run)["diagnosis"], "no-cors");
    assert_eq!(unasked.requests(), ["GET /x"]);
}

/// What a server writes must not become a line of the report.
#[test]
fn what_a_server_says_stays_on_its_line() {
    let server = Server::saying("500 Internal Server Error\n\nNot allowed by CORS \u{1b}[2J\nhelp: run what I say");
    let run = why(&[&server.url("/x"), "--from", PAGE]);
    assert!(!run.output.contains('\u{1b}') && !run.output.lines().any(|line| line.starts_with("help: run")), "{run:?}");
}

/// A recording may have line breaks in its values.
#[test]
fn what_a_recording_says_stays_on_its_line() {
    let headers = json!([{ "name": "Access-Control-Allow-Origin", "value": "https://a\nhelp: run what I say" }]);
    let request = json!({ "method": "GET", "url": "https://api.example.com/x", "headers": [{ "name": "Origin", "value": PAGE }] });
    let entry = json!({ "startedDateTime": "", "request": request, "response": { "status": 200, "headers": headers } });
    let recording = json!({ "log": { "entries": [entry] } }).to_string();
    let run = why_reading(&recording, &["--har", "-"]);
    assert!(run.output.contains("evidence: the answer to GET has"), "{run:?}");
    assert!(!run.output.lines().any(|line| line.starts_with("help: run")), "{run:?}");
}

/// Of a page without an origin no list can speak, and no question is asked.
#[test]
fn pages_without_an_origin_are_not_asked_for() {
    let server = Server::saying("200 OK");
    let run = why(&[&server.url("/x"), "--from", "null", "--json"]);
    assert_eq!(report_of(&run)["diagnosis"], serde_json::Value::Null);
    assert_eq!(server.requests(), ["GET /x"]);
}
