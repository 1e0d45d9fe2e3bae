//! What is sent, and what is not.

use std::net::TcpListener;

use crate::server::{Server, header};
use crate::{PAGE, not_cors, report_of, summary, why};

const OPEN: &str = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\n\
    Access-Control-Allow-Headers: *, Authorization";

#[test]
fn a_preflight_is_what_a_browser_sends() {
    let server = Server::saying("403 Forbidden");
    why(&[
        &server.url("/x?y"),
        "--from",
        PAGE,
        "-X",
        "patch",
        "-H",
        "X-B: 1",
        "-H",
        "Authorization: secret",
        "--credentials",
        "--no-probes",
    ]);
    let heads = server.heads();
    let [head] = heads.as_slice() else { panic!("{heads:?}") };
    assert!(head.starts_with("OPTIONS /x?y HTTP/1.1\r\n"), "{head}");
    assert_eq!(header(head, "origin"), Some(PAGE));
    assert_eq!(header(head, "access-control-request-method"), Some("patch"));
    assert_eq!(header(head, "access-control-request-headers"), Some("authorization,x-b"));
    assert_eq!(header(head, "accept"), Some("*/*"));
    assert_eq!(header(head, "authorization"), None);
}

/// A report is pasted where others read along.
#[test]
fn what_lets_somebody_in_is_sent_and_not_shown() {
    let server = Server::saying(
        "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: *, Authorization\nSet-Cookie: id=secret",
    );
    let asked = |more: &[&str]| {
        why(&[&[server.url("/x").as_str(), "--from", PAGE, "-H", "authorization: Bearer secret", "--send"], more]
            .concat())
    };
    for run in [asked(&[]), asked(&["--json"])] {
        assert_eq!(run.status, 0, "{run:?}");
        assert!(!run.output.contains("secret"), "{run:?}");
    }
    assert!(asked(&[]).output.contains(">   Authorization: (hidden)\n"));
    let sent = server.heads();
    let sent: Vec<_> = sent.iter().filter_map(|head| header(head, "authorization")).collect();
    assert_eq!(sent, ["Bearer secret"; 3]);
}

#[test]
fn what_may_change_something_needs_send() {
    let server = Server::saying(OPEN);
    let url = server.url("/x");
    for more in [["-X", "PUT"], ["-X", "POST"]] {
        let run = why(&[[url.as_str(), "--from", PAGE, "--json"].as_slice(), &more].concat());
        let (status, verdict, code, _) = summary(&run);
        assert_eq!((status, verdict.as_str(), code.as_str()), (3, "unknown", "not-sent"), "{run:?}");
        assert_eq!(report_of(&run)["help"][0], "add --send to send it");
    }
    assert_eq!(server.requests(), ["OPTIONS /x"]);
}

#[test]
fn what_changes_nothing_goes_out_after_its_preflight() {
    for method in ["GET", "HEAD"] {
        let server = Server::saying(OPEN);
        let run = why(&[&server.url("/x"), "--from", PAGE, "-X", method, "-H", "Authorization: x", "--json"]);
        assert_eq!(summary(&run).1, "readable");
        assert_eq!(server.requests(), ["OPTIONS /x".to_owned(), format!("{method} /x")]);
    }
    let refusing = Server::saying("403 Forbidden");
    why(&[&refusing.url("/x"), "--from", PAGE, "-H", "Authorization: x", "--no-probes"]);
    assert_eq!(refusing.requests(), ["OPTIONS /x"], "not without one that allows it");
}

#[test]
fn with_send_the_request_goes_out_with_headers_and_body() {
    let server = Server::saying(OPEN);
    let arguments = ["-d", "{\"a\": 1}", "-H", "Content-Type: application/json", "--send"];
    let run = why(&[&[server.url("/x").as_str(), "--from", PAGE], arguments.as_slice()].concat());
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(server.requests(), ["OPTIONS /x", "POST /x"]);
    let post = &server.heads()[1];
    assert_eq!((header(post, "content-type"), header(post, "origin")), (Some("application/json"), Some(PAGE)));
    assert!(post.ends_with("\r\n\r\n{\"a\": 1}"), "{post}");
}

#[test]
fn a_body_is_a_text_or_stands_in_a_file() {
    let server = Server::saying(OPEN);
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let url = server.url("/x");
    let run = why(&[&url, "--from", PAGE, "--send", "-d", &format!("@{manifest}")]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(server.heads()[0].ends_with(&std::fs::read_to_string(manifest).expect("it is there")));

    let missing = why(&[&url, "--from", PAGE, "--send", "-d", "@no such file"]);
    assert_eq!((missing.status, missing.output.as_str()), (2, ""));
    assert!(missing.errors.starts_with("error: cannot read \"no such file\": "), "{missing:?}");
}

#[test]
fn any_method_can_be_sent() {
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
        let server = Server::saying(OPEN);
        let run = why(&[&server.url("/x"), "--from", PAGE, "-X", method, "--send"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(server.requests(), ["OPTIONS /x".to_owned(), format!("{method} /x")]);
    }
}

#[test]
fn redirects_are_followed_as_a_browser_does() {
    let server = Server::start(|head| match head.starts_with("GET /x ") {
        true => "302 Found\nLocation: /y\nAccess-Control-Allow-Origin: *\nSet-Cookie: a=b".to_owned(),
        false => "200 OK".to_owned(),
    });
    let run = why(&[&server.url("/x"), "--from", PAGE, "--json", "--no-probes"]);
    assert_eq!(summary(&run).2, "allow-origin-missing");
    assert_eq!(report_of(&run)["url"], server.url("/y"));
    assert_eq!(server.requests(), ["GET /x", "GET /y"]);
    assert_eq!(header(&server.heads()[1], "cookie"), None);
}

#[test]
fn a_server_that_is_not_there_says_nothing_about_cors() {
    // Nobody listens at this address of the machine, and nobody else gets the port.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://127.0.0.77:{}/x", listener.local_addr().expect("it has an address").port());
    let run = why(&[&url, "--from", PAGE, "--json"]);
    let (status, verdict, code, _) = summary(&run);
    assert_eq!((status, verdict.as_str(), code.as_str()), (3, "unknown", "no-answer"));
    let report = report_of(&run);
    assert_eq!(report["reason"], format!("no answer came from {url}"));
    assert_eq!(not_cors(&run), "connection-refused");
    assert_eq!(report["help"][0], "start the server, or correct the port in the address");
}

/// The option decides how long: the words of the error name what ended it, and no clock is read here.
#[test]
fn a_server_that_never_answers_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}/x", listener.local_addr().expect("it has an address"));
    let run = why(&[&url, "--from", PAGE, "--json", "--timeout", "1"]);
    assert_eq!((run.status, summary(&run).2.as_str()), (3, "no-answer"));
    assert_eq!(not_cors(&run), "timed-out");
    assert_eq!(report_of(&run)["not_cors"]["text"], "no answer came within 1 second (--timeout)");
}

#[test]
fn what_cannot_be_asked_is_said_on_standard_error() {
    let rows = [
        (
            "api.example.com/x",
            PAGE,
            "error: \"api.example.com/x\" is not the address of a server; write https:// before it\n",
        ),
        (
            "ftp://localhost:1/x",
            PAGE,
            "error: \"ftp://localhost:1/x\" is not the address of a server; write https:// before it\n",
        ),
        (
            "http://localhost:1/x",
            "app.example.com:3000",
            "error: \"app.example.com:3000\" is not an origin; write one such as https://app.example.com, or null\n",
        ),
    ];
    for (url, from, message) in rows {
        let run = why(&[url, "--from", from]);
        assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", message));
    }
}
