//! Errors that are not CORS, and are said before it.

use crate::server::Server;
use crate::{PAGE, not_cors, report_of, summary, why};

#[test]
fn an_error_that_cors_hides_comes_first() {
    let rows: &[(&'static str, &[&str], &str)] = &[
        ("502 Bad Gateway\nServer: nginx", &[], "bad-gateway"),
        ("503 Service Unavailable", &[], "service-unavailable"),
        ("504 Gateway Timeout", &[], "gateway-timeout"),
        ("500 Internal Server Error", &[], "server-error"),
        ("413 Content Too Large", &["-d", "text", "--send"], "body-too-large"),
        ("429 Too Many Requests", &[], "too-many-requests"),
        ("404 Not Found", &[], "not-found"),
        ("405 Method Not Allowed\nAllow: GET", &["-d", "text", "--send"], "method-not-taken"),
        ("301 Moved\nLocation: /x/", &[], "slash-missing"),
        ("308 Moved\nLocation: /x/", &["-X", "PUT"], "slash-missing"),
        ("307 Temporary Redirect\nLocation: /login?next=/x", &[], "login-redirect"),
        // These are of CORS alone.
        ("200 OK", &[], ""),
        ("401 Unauthorized", &[], ""),
        ("405 Method Not Allowed\nAllow: GET", &["-X", "PUT"], ""),
        ("501 Unsupported method", &["-X", "PUT"], ""),
        ("302 Found\nLocation: /y", &[], ""),
        ("502 Bad Gateway\nAccess-Control-Allow-Origin: https://other.example", &[], ""),
    ];
    for (answer, more, expected) in rows {
        let server = Server::saying(answer);
        let run = why(&[&[&server.url("/x"), "--from", PAGE, "--json"], *more].concat());
        assert_eq!((run.status, not_cors(&run).as_str()), (1, *expected), "{answer} {run:?}");
    }
}

#[test]
fn what_to_do_about_it_stands_among_the_help() {
    let server = Server::saying("404 Not Found");
    let run = why(&[&server.url("/x"), "--from", PAGE, "--no-probes"]);
    let verdict = run.output.split("\n\n").last().unwrap_or_default();
    assert_eq!(
        server.anonymous(verdict),
        "\
blocked: the answer of http://api/x has no Access-Control-Allow-Origin, so the browser does not show it to the page of \
https://app.example.com
not CORS: the server answers 404: it has nothing at this address
evidence: the answer to GET has no header of CORS
help: add CORS to the server, before its routes and its authentication: it has to allow https://app.example.com
help: or, if answers of this server have CORS already: send the headers on errors too: this 404 comes from something that stands \
outside of CORS
help: compare the path of the address with the routes of the server
help: if pages of https://app.example.com may read, send on the answer
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin
see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)
"
    );
    // Where the finding is about the same, it says what to do.
    let down = Server::saying("502 Bad Gateway\nServer: nginx/1.26.0");
    let run = why(&[&down.url("/x"), "--from", PAGE, "--json"]);
    let report = report_of(&run);
    assert_eq!((&report["diagnosis"], &report["stack"]), (&"upstream-down".into(), &"nginx".into()));
    assert_eq!(report["help"].as_array().map(Vec::len), Some(1), "{report}");
}

/// Express' `cors` with a callback that gets an error.
#[test]
fn an_error_by_which_a_server_refuses_an_origin_is_cors() {
    let server = Server::saying("500 Internal Server Error\n\nError: Not allowed by CORS");
    let run = why(&[&server.url("/x"), "--from", PAGE, "--json"]);
    assert_eq!((summary(&run).2.as_str(), not_cors(&run).as_str()), ("allow-origin-missing", ""));
    assert!(!report_of(&run)["help"][0].as_str().unwrap_or_default().contains("log"), "{run:?}");
}

#[test]
fn a_message_with_a_status_tells_it_too() {
    let message = "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS \
        policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n\
        app.js:3 GET https://api.example.com/x net::ERR_FAILED 502 (Bad Gateway)";
    let run = why(&["--message", message, "--json"]);
    assert_eq!(not_cors(&run), "bad-gateway");
}

#[test]
fn what_body_was_sent_is_said() {
    let open = "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *";
    let note = |more: &[&str]| {
        let server = Server::saying(open);
        let run = why(&[&[&server.url("/x"), "--from", PAGE, "--json", "--send"], more].concat());
        report_of(&run)["notes"][0].as_str().unwrap_or_default().to_owned()
    };
    assert!(note(&["-d", "text"]).starts_with("the POST was sent with a body of 4 bytes; "));
    assert!(note(&["-X", "PUT"]).starts_with("the PUT was sent with no body; "));
    assert_eq!(note(&[]), "");
}
