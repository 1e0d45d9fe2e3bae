//! What is found on servers of every kind.

use crate::program::Run;
use crate::server::{Server, header};
use crate::{PAGE, report_of, summary, why};

const PLAIN: &[&str] = &[];
const PUT: &[&str] = &["-X", "PUT"];
const CREDENTIALS: &[&str] = &["--credentials"];

fn ask(server: &Server, more: &[&str]) -> Run {
    why(&[&[&server.url("/x"), "--from", PAGE, "--json"], more].concat())
}

fn answers(answer: &'static str, more: &[&str]) -> (i32, String, String, Vec<String>) {
    summary(&ask(&Server::saying(answer), more))
}

fn found(status: i32, verdict: &str, code: &str, warnings: &[&str]) -> (i32, String, String, Vec<String>) {
    (status, verdict.to_owned(), code.to_owned(), warnings.iter().map(|code| (*code).to_owned()).collect())
}

#[test]
fn servers_that_allow_the_page() {
    let readable = found(0, "readable", "allowed", &[]);
    assert_eq!(answers("200 OK\nAccess-Control-Allow-Origin: *", PLAIN), readable);
    assert_eq!(answers("200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nVary: Origin", PLAIN), readable);
    let put = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT";
    assert_eq!(answers(put, &["-X", "PUT", "--send"]), readable);
    let own = "500 Error\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true";
    assert_eq!(answers(own, CREDENTIALS), readable);
}

/// A script takes an error that it can read for an error.
#[test]
fn the_status_of_a_readable_error_is_said() {
    let rows = [
        ("200 OK\nAccess-Control-Allow-Origin: *", "readable: the server allows the page to read the answer"),
        ("204 No Content\nAccess-Control-Allow-Origin: *", "readable: the server allows"),
        ("500 Error\nAccess-Control-Allow-Origin: *", "readable, with status 500: the server allows"),
        ("404 Not Found\nAccess-Control-Allow-Origin: *", "readable, with status 404: the server allows"),
        ("404 Not Found", "blocked: "),
    ];
    for (answer, expected) in rows {
        let run = why(&[&Server::saying(answer).url("/x"), "--from", PAGE]);
        assert!(run.output.lines().any(|line| line.starts_with(expected)), "{expected}: {run:?}");
    }
}

#[test]
fn servers_that_block_the_page() {
    let rows: &[(&'static str, &[&str], &str)] = &[
        ("200 OK", PLAIN, "allow-origin-missing"),
        ("401 Unauthorized", PUT, "allow-origin-missing"),
        ("401 Unauthorized\nAccess-Control-Allow-Origin: *", PUT, "preflight-status"),
        ("308 Moved\nAccess-Control-Allow-Origin: *\nLocation: /x/", PUT, "preflight-redirected"),
        ("200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Origin: *", PLAIN, "several-allowed-origins"),
        ("200 OK\nAccess-Control-Allow-Origin: https://app.example.com/", PLAIN, "allow-origin-mismatch"),
        ("200 OK\nAccess-Control-Allow-Origin: null", PLAIN, "allow-origin-mismatch"),
        ("200 OK\nAccess-Control-Allow-Origin: *", CREDENTIALS, "wildcard-with-credentials"),
        ("200 OK\nAccess-Control-Allow-Origin: https://app.example.com", CREDENTIALS, "allow-credentials-not-true"),
        ("200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: POST", PUT, "method-not-allowed"),
        ("200 OK\nAccess-Control-Allow-Origin: *", &["-H", "X-Token: 7"], "header-not-allowed"),
        (
            "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT POST",
            PUT,
            "preflight-list-malformed",
        ),
        ("302 Found\nAccess-Control-Allow-Origin: *\nLocation: ftp://api.example.com/", PLAIN, "redirect-scheme"),
    ];
    for (answer, more, code) in rows {
        // Both tempt to answer with whatever origin asks.
        let is_tempting = ["wildcard-with-credentials", "allow-credentials-not-true"].contains(code);
        let warnings: &[&str] = if is_tempting { &["dangerous-wish"] } else { &[] };
        assert_eq!(answers(answer, more), found(1, "blocked", code, warnings), "{answer} {more:?}");
    }
}

#[test]
fn requests_that_no_script_can_make() {
    let server = Server::saying("200 OK");
    let forbidden = ask(&server, &["-X", "TRACE"]);
    assert_eq!(summary(&forbidden), found(1, "blocked", "method-forbidden", &[]));
    assert_eq!(report_of(&forbidden)["reason"], "fetch() throws: no script may send the method TRACE");
    let cookie = ask(&server, &["-H", "Cookie: a=b", "--no-probes"]);
    assert_eq!(report_of(&cookie)["notes"][0], "no script can set Cookie: browsers drop it, and so does why");
    assert_eq!(server.requests(), ["GET /x"]);
    assert_eq!(header(&server.heads()[0], "cookie"), None);
}

#[test]
fn reflected_origins_are_a_hole_with_credentials_and_needless_without() {
    let reflecting = |also: &'static str| {
        Server::start(move |head| {
            let origin = header(head, "origin").unwrap_or_default();
            format!("200 OK\nAccess-Control-Allow-Origin: {origin}\nAccess-Control-Allow-Methods: PUT{also}")
        })
    };
    let hole = reflecting("\nAccess-Control-Allow-Credentials: true\nVary: Origin");
    let run = ask(&hole, CREDENTIALS);
    assert_eq!(summary(&run), found(0, "readable", "allowed", &["origin-reflected"]));
    assert_eq!(
        report_of(&run)["warnings"][0]["text"],
        "the server allows whatever origin asks, https://why-probe.invalid too, and with credentials: every site can read \
         what belongs to your users. Name the origins that may"
    );
    let origins: Vec<String> =
        hole.heads().iter().filter_map(|head| header(head, "origin").map(str::to_owned)).collect();
    assert_eq!(origins, [PAGE, "https://why-probe.invalid"]);

    let public = reflecting("");
    assert_eq!(summary(&ask(&public, PLAIN)), found(0, "readable", "allowed", &["origin-reflected", "vary-missing"]));

    // The probe of a request that may change something is its preflight.
    let careful = reflecting("");
    assert_eq!(summary(&ask(&careful, &["-X", "PUT", "--send"])).3, ["origin-reflected"]);
    assert_eq!(careful.requests(), ["OPTIONS /x", "PUT /x", "OPTIONS /x"]);
}

#[test]
fn an_answer_that_depends_on_the_origin_needs_vary() {
    let list = |answer: &'static str| {
        Server::start(move |head| match header(head, "origin") {
            Some(PAGE) => format!("{answer}\nAccess-Control-Allow-Origin: {PAGE}"),
            _ => answer.to_owned(),
        })
    };
    let rows: [(&str, &[&str]); 7] = [
        ("200 OK", &["vary-missing"]),
        ("404 Not Found", &["vary-missing"]),
        ("500 Internal Server Error\nCache-Control: public, max-age=60", &["vary-missing"]),
        ("200 OK\nVary: Accept, origin", &[]),
        // No cache keeps these.
        ("200 OK\nCache-Control: private, No-Store", &[]),
        ("500 Internal Server Error", &[]),
        ("403 Forbidden\nCache-Control: no-cache", &[]),
    ];
    for (answer, codes) in rows {
        assert_eq!(summary(&ask(&list(answer), PLAIN)).3, codes, "{answer}");
    }
    // What others get is stored, too.
    let forgets = Server::start(|head| match header(head, "origin") {
        Some(PAGE) => format!("200 OK\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin"),
        _ => "200 OK".to_owned(),
    });
    assert_eq!(summary(&ask(&forgets, PLAIN)).3, ["vary-missing"]);
}

#[test]
fn null_is_everybody() {
    let server = Server::saying("200 OK\nAccess-Control-Allow-Origin: null");
    let run = why(&[&server.url("/x"), "--from", "null", "--json"]);
    assert_eq!(summary(&run), found(0, "readable", "allowed", &["null-allowed"]));
    assert_eq!(server.requests(), ["GET /x"]);
}

#[test]
fn a_page_of_the_same_origin_needs_no_consent() {
    let server = Server::saying("200 OK");
    let run = why(&[&server.url("/x"), "--from", &server.url("/"), "--json"]);
    assert_eq!(summary(&run), found(0, "readable", "same-origin", &[]));
}
