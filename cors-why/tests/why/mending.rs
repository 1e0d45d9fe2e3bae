//! All that is wrong, told in one run; and what browsers differ in.

use serde_json::{Value, json};

use crate::program::Run;
use crate::server::{Server, header};
use crate::{PAGE, report_of, summary, why};

fn ask(server: &Server, more: &[&str]) -> Run {
    why(&[&[&server.url("/x"), "--from", PAGE, "--json", "--no-probes"], more].concat())
}

/// The codes of all that is wrong, in order.
fn codes(run: &Run) -> Vec<String> {
    let report = report_of(run);
    let next = report["next"].as_array().expect("a list").iter();
    let codes = [&report["code"]].into_iter().chain(next.map(|next| &next["code"]));
    codes.map(|code| code.as_str().expect("a code").to_owned()).collect()
}

/// Wrong in five ways; the preflight says three of them at once.
fn wrong() -> Server {
    Server::start(|head| match head.starts_with("OPTIONS") {
        true => "204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: GET, POST\n\
                 Access-Control-Allow-Headers: *"
            .to_owned(),
        false => "200 OK\nAccess-Control-Allow-Credentials: true".to_owned(),
    })
}

const PUT: [&str; 7] = ["-X", "PUT", "--credentials", "-H", "Content-Type: application/json", "-d", "{}"];

#[test]
fn five_mistakes_are_told_in_one_run_and_then_it_works() {
    let server = wrong();
    let run = ask(&server, &[PUT.as_slice(), &["--send"]].concat());
    assert_eq!(
        codes(&run),
        [
            "wildcard-with-credentials",
            "allow-credentials-not-true",
            "method-not-allowed",
            "header-not-allowed",
            "allow-origin-missing"
        ]
    );
    let url = server.url("/x");
    assert_eq!(
        report_of(&run)["then"],
        json!({
            "verdict": "readable",
            "text": "the page may read the answer",
            "answers": [
                { "at": "preflight", "url": url, "status": null, "header_lines": [
                    "Access-Control-Allow-Origin: https://app.example.com",
                    "Vary: Origin",
                    "Access-Control-Allow-Credentials: true",
                    "Access-Control-Allow-Methods: GET, POST, PUT",
                    "Access-Control-Allow-Headers: Content-Type",
                ] },
                { "at": "actual", "url": url, "status": null, "header_lines": [
                    "Access-Control-Allow-Origin: https://app.example.com",
                    "Vary: Origin",
                ] },
            ],
        })
    );
    assert_eq!(server.requests(), ["OPTIONS /x", "PUT /x"]);
    // What came is shown as it came.
    let last = report_of(&run)["exchanges"][1].clone();
    assert_eq!((&last["purpose"], &last["method"]), (&json!("next"), &json!("PUT")));
    assert_eq!(last["response_headers"][0], json!(["Access-Control-Allow-Credentials", "true"]));
    assert_eq!(last["response_headers"][1][0], "Content-Length");
}

/// The headers that are told are sent, and the browser is asked again.
#[test]
fn a_server_that_does_as_it_is_told_is_readable() {
    let server = wrong();
    let run = ask(&server, &[PUT.as_slice(), &["--send"]].concat());
    let answers = report_of(&run)["then"]["answers"].clone();
    let lines = |place: usize| -> String {
        let lines = answers[place]["header_lines"].as_array().expect("a list").iter();
        lines.map(|line| format!("\n{}", line.as_str().expect("a line"))).collect()
    };
    let (preflight, actual) = (lines(0), lines(1));
    let mended = Server::start(move |head| match head.starts_with("OPTIONS") {
        true => format!("204 No Content{preflight}"),
        false => format!("200 OK\nAccess-Control-Allow-Credentials: true{actual}"),
    });
    assert_eq!(summary(&ask(&mended, &[PUT.as_slice(), &["--send"]].concat())).1, "readable");
}

#[test]
fn what_is_not_permitted_is_not_sent_either_once_its_preflight_is_mended() {
    let server = wrong();
    let run = ask(&server, &PUT);
    assert_eq!(codes(&run).len(), 4);
    let then = report_of(&run)["then"].clone();
    assert_eq!(then["verdict"], "unknown");
    assert_eq!(then["text"], "the PUT goes out, and its answer decides; add --send to send it");
    assert_eq!(server.requests(), ["OPTIONS /x"]);
}

#[test]
fn a_get_goes_out_once_its_preflight_is_mended_if_that_is_permitted() {
    let server = Server::saying("404 Not Found");
    let run = ask(&server, &["-H", "X-Token: 7"]);
    assert_eq!(codes(&run), ["allow-origin-missing"]);
    assert_eq!(server.requests(), ["OPTIONS /x"], "it has what no preflight has allowed");
    let server = Server::start(|head| match head.starts_with("OPTIONS") {
        true => "404 Not Found".to_owned(),
        false => "200 OK".to_owned(),
    });
    let run = ask(&server, &["-H", "X-Token: 7", "--send"]);
    assert_eq!(codes(&run), ["allow-origin-missing", "allow-origin-missing"]);
    assert_eq!(report_of(&run)["then"]["answers"][0]["status"], 204);
    assert_eq!(server.requests(), ["OPTIONS /x", "GET /x"]);
    // A preflight that something else answers does not tell what CORS would.
    let refused = Server::saying("401 Unauthorized\nAccess-Control-Allow-Origin: *");
    let run = ask(&refused, &["-H", "X-Token: 7"]);
    assert_eq!((codes(&run), &report_of(&run)["then"]), (vec!["preflight-status".to_owned()], &Value::Null));
    assert_eq!(refused.requests(), ["OPTIONS /x"]);
}

#[test]
fn what_no_header_mends_ends_it() {
    let rows: [(&'static str, &[&str]); 4] = [
        ("502 Bad Gateway", &[]),
        ("302 Found\nLocation: ftp://api.example.com/\nAccess-Control-Allow-Origin: *", &[]),
        ("308 Moved\nLocation: /y", &["-X", "PUT"]),
        ("200 OK", &["-X", "TRACE"]),
    ];
    for (answer, more) in rows {
        let run = ask(&Server::saying(answer), more);
        let report = report_of(&run);
        assert_eq!((run.status, &report["then"], &report["next"]), (1, &Value::Null, &json!([])), "{answer}");
    }
}

#[test]
fn people_read_what_is_next_and_what_comes_of_it() {
    let server = Server::start(|head| match head.starts_with("OPTIONS") {
        true => "204 No Content\nAccess-Control-Allow-Origin: *".to_owned(),
        false => "404 Not Found\nAccess-Control-Allow-Origin: https://other.example".to_owned(),
    });
    let run = why(&[&server.url("/x"), "--from", PAGE, "-H", "X-Token: 7", "--send"]);
    let output = server.anonymous(&run.output);
    assert!(
        output.contains(
            "\
> GET http://api/x (which a browser sends after the answers above are corrected)
>   X-Token: 7
>   Origin: https://app.example.com
< 404
<   Access-Control-Allow-Origin: https://other.example

"
        ),
        "{output}"
    );
    assert!(
        output.contains(
            "
help: send on the answer to the preflight
    Access-Control-Allow-Headers: X-Token
next: the answer of http://api/x allows \"https://other.example\", and the origin of the page is \"https://app.example.com\"
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin
then: the page may read the answer, whose status is 404
    on the answer to the preflight of http://api/x
        Access-Control-Allow-Headers: X-Token
    on the answer of http://api/x
        Access-Control-Allow-Origin: https://app.example.com
        Vary: Origin
"
        ),
        "{output}"
    );
}

#[test]
fn what_browsers_permit_against_the_standard_is_readable_and_a_note() {
    let server = Server::saying("204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: *");
    let run = ask(&server, &["-H", "Authorization: x"]);
    let report = report_of(&run);
    assert_eq!(summary(&run).2, "allowed");
    assert_eq!(report["engines"], json!({ "chromium": "readable", "firefox": "readable", "webkit": "readable" }));
    let note = report["notes"][0].as_str().unwrap_or_default();
    assert!(note.starts_with("the standard forbids what browsers permit (PRE-14): "), "{note}");
    for engine in ["chromium", "firefox", "webkit"] {
        let run = ask(&server, &["-H", "Authorization: x", "--engine", engine]);
        assert_eq!((summary(&run).2.as_str(), &report_of(&run)["notes"]), ("allowed", &json!([])));
        assert_eq!(report_of(&run)["engines"], json!({ engine: "readable" }));
    }
    assert_eq!(server.requests()[..2], ["OPTIONS /x", "GET /x"], "and no more for three engines");
}

/// Firefox asks for permission where a safelisted header has such bytes.
#[test]
fn what_one_browser_blocks_is_blocked_and_it_is_named() {
    let server = Server::start(|head| match head.starts_with("OPTIONS") {
        true => "404 Not Found".to_owned(),
        false => "200 OK\nAccess-Control-Allow-Origin: *".to_owned(),
    });
    let run = ask(&server, &["-H", "Accept: caf\u{e9}"]);
    let report = report_of(&run);
    assert_eq!((run.status, summary(&run).2.as_str()), (1, "allow-origin-missing"));
    assert_eq!(report["engines"], json!({ "chromium": "readable", "firefox": "blocked", "webkit": "readable" }));
    assert_eq!(report["notes"][0], "blocked by Firefox, readable in Chrome and Safari");
    assert!(header(&server.heads()[0], "origin").is_some());
}
