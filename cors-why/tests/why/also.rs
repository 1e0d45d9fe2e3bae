//! What brings people here although nothing, or something else, blocks.

use serde_json::json;

use crate::server::Server;
use crate::{PAGE, report_of, why};

fn report(answer: &'static str, more: &[&str]) -> serde_json::Value {
    let server = Server::saying(answer);
    report_of(&why(&[&[&server.url("/x"), "--from", PAGE, "--json", "--no-probes"], more].concat()))
}

fn notes(answer: &'static str, more: &[&str]) -> Vec<String> {
    let notes = report(answer, more)["notes"].as_array().expect("a list").clone();
    notes.iter().map(|note| note.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn headers_that_came_and_are_withheld_are_told() {
    let answer =
        "200 OK\nAccess-Control-Allow-Origin: *\nX-Total-Count: 7\nETag: \"1\"\nDate: x\nServer: y\nContent-Type: a/b";
    let report = report(answer, &[]);
    assert_eq!(report["withheld_headers"], json!(["etag", "x-total-count"]));
    assert_eq!(
        report["notes"],
        json!([
            "the script cannot read ETag, X-Total-Count; to let it, send\n    Access-Control-Expose-Headers: ETag, X-Total-Count"
        ])
    );
}

#[test]
fn what_is_exposed_already_stays_in_the_line() {
    let answer = "200 OK\nAccess-Control-Allow-Origin: *\nX-A: 1\nX-B: 1\nAccess-Control-Expose-Headers: X-A";
    assert!(notes(answer, &[])[0].ends_with("Access-Control-Expose-Headers: X-A, X-B"));
    let all = "200 OK\nAccess-Control-Allow-Origin: *\nX-A: 1\nAccess-Control-Expose-Headers: *";
    assert_eq!(notes(all, &[]), [""; 0]);
    let named = "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\nVary: Origin\n\
                 X-A: 1\nAccess-Control-Expose-Headers: *";
    assert_eq!(
        notes(named, &["--credentials"]),
        [
            "the script cannot read X-A; for a request with credentials * is a name like any other; to let it, send\n    \
          Access-Control-Expose-Headers: X-A"
        ]
    );
}

#[test]
fn cookies_that_browsers_drop_are_named_without_their_values() {
    const ALLOWED: &str = "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\n\
                           Vary: Origin\nSet-Cookie: ";
    let told = |cookies: &str, more: &[&str]| {
        let answer = Box::leak(format!("{ALLOWED}{cookies}").into_boxed_str());
        notes(answer, more).into_iter().find(|note| note.starts_with("browsers drop")).unwrap_or_default()
    };
    let with = ["--credentials"];
    let lax = told("sid=secret; HttpOnly\nSet-Cookie: csrf=secret; SameSite=None; Secure", &with);
    assert!(
        lax.starts_with("browsers drop the cookie sid: a page of another site needs SameSite=None; Secure"),
        "{lax}"
    );
    assert!(!lax.contains("secret"));
    assert_eq!(told("sid=1; Secure; SameSite=None", &with), "");
    assert!(told("sid=1; Secure; SameSite=None", &[]).contains("the script asks without credentials"));
    let server = Server::saying("200 OK\nSet-Cookie: sid=1");
    let own = why(&[&server.url("/x"), "--from", &server.url("/"), "--json", "--no-probes"]);
    assert_eq!(report_of(&own)["notes"], json!([]), "of the same origin");
}

#[test]
fn an_answer_of_a_cache_says_so() {
    let blocked = notes("200 OK\nX-Cache: HIT from edge\nAge: 42", &[]);
    let note = blocked.iter().find(|note| note.starts_with("the answer comes from a cache")).expect("a note");
    assert!(note.contains("(X-Cache: HIT from edge, Age: 42)") && note.contains("no Vary: Origin"), "{note}");
    let readable = notes("200 OK\nAccess-Control-Allow-Origin: *\nCF-Cache-Status: HIT\nVary: Origin", &[]);
    assert!(readable.iter().any(|note| note.contains("(Cf-Cache-Status: HIT): it may be older")), "{readable:?}");
    let fresh = "200 OK\nAccess-Control-Allow-Origin: *\nX-Cache: MISS\nAge: 0\nAccess-Control-Expose-Headers: *";
    assert_eq!(notes(fresh, &[]), [""; 0]);
}

#[test]
fn how_long_a_preflight_is_remembered_depends_on_the_browser() {
    let answer = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Max-Age: 86400";
    let told = |answer, more: &[&str]| {
        let notes = notes(answer, &[&["-X", "PUT"], more].concat());
        notes.into_iter().find(|note| note.starts_with("browsers remember")).unwrap_or_default()
    };
    let all = told(answer, &[]);
    assert!(all.contains("Chrome for 2 hours, Firefox for 24 hours, Safari for 10 minutes"), "{all}");
    assert!(told(answer, &["--engine", "firefox"]).contains(", Firefox for 24 hours: "));
    let short = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT";
    assert_eq!(told(short, &[]), "");
    let refused = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 86400";
    assert_eq!(told(refused, &[]), "", "what is refused is not remembered");
}

#[test]
fn a_list_in_one_line_is_of_one_program() {
    let joined = report("200 OK\nAccess-Control-Allow-Origin: https://a.example, https://app.example.com", &[]);
    let twice =
        report("200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Origin: https://app.example.com", &[]);
    assert_eq!(
        (&joined["code"], &twice["code"]),
        (&json!("several-allowed-origins"), &json!("several-allowed-origins"))
    );
    assert_eq!(
        joined["notes"][0],
        "the header takes one origin or *, and no list; one program has joined its list into one line"
    );
    assert_eq!(twice["notes"][0], "where the server sends the header, a proxy that adds it as well sends it twice");
}

/// As behind a gateway that splits the list into lines.
#[test]
fn a_server_that_mirrors_the_first_name_alone_is_recognised() {
    let answer = "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: x-a";
    let note = "only the first of the names is listed; if the server mirrors";
    assert!(notes(answer, &["-H", "X-B: 1", "-H", "X-A: 1"])[0].starts_with(note));
    let other = notes(answer, &["-H", "X-B: 1"]);
    assert!(other.iter().all(|text| !text.starts_with(note)), "{other:?}");
}
