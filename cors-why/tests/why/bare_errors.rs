//! Errors of a server whose other answers have the headers.

use crate::server::Server;
use crate::{PAGE, report_of, why};

const ALLOWED: &str = "Access-Control-Allow-Origin: https://app.example.com\nVary: Origin";

fn is_preflight(head: &str) -> bool {
    head.starts_with("OPTIONS ")
}

/// All help, and the evidence.
fn told(server: &Server, more: &[&str]) -> (Vec<String>, String) {
    let run = why(&[&[server.url("/x").as_str(), "--from", PAGE, "--json"], more].concat());
    let report = report_of(&run);
    let help = report["help"].as_array().expect("a list").iter();
    (help.map(|text| text.as_str().unwrap_or_default().to_owned()).collect(), report["evidence"].to_string())
}

/// Other answers have the headers, so the error comes from outside of CORS.
#[test]
fn a_failure_without_the_headers_of_other_answers_has_two_remedies() {
    fn fails(head: &str) -> String {
        match is_preflight(head) {
            true => format!("204 No Content\n{ALLOWED}\nAccess-Control-Allow-Methods: PUT"),
            false => "500 Internal Server Error".to_owned(),
        }
    }
    const LOG: &str = "look at the server's log";
    const WRAP: &str = "to send the headers on this 500 too, move `.wrap(cors_policy! { ... })` below every other \
                        `wrap`: the last one stands outermost, outside of what makes the error";
    const EVIDENCE: &str = "preflight has Access-Control-Allow-Origin, and the answer to";
    let actix = ["--stack", "cors-actix"];
    for more in [&actix[..], &["-X", "PUT", "--send", "--stack", "cors-actix"]] {
        let (help, evidence) = told(&Server::start(fails), more);
        assert!(help[0].starts_with(LOG) && help[1] == WRAP && evidence.contains(EVIDENCE), "{help:?} {evidence}");
    }
    // The answers suffice.
    let server = Server::start(fails);
    let put = ["-X", "PUT", "--send", "--stack", "cors-actix", "--no-probes"];
    let (help, _) = told(&server, &put);
    assert_eq!((help[1].as_str(), server.requests().len()), (WRAP, 2));
    // A message of the console, of a server that does not name itself.
    let server = Server::start(fails);
    let message = format!(
        "Access to fetch at '{}' from origin '{PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is \
         present on the requested resource.",
        server.url("/x")
    );
    let run = why(&["--message", &message]);
    assert!(run.output.contains("\nhelp: send the headers on errors too: this 500 comes from something"), "{run:?}");
}

#[test]
fn a_failure_has_one_remedy_where_nothing_shows_another() {
    let bare = |answer: &'static str| {
        Server::start(move |head| match is_preflight(head) {
            true => format!("204 No Content\n{ALLOWED}"),
            false => answer.to_owned(),
        })
    };
    let says_more = |server: &Server, more: &[&str]| {
        let (help, _) = told(server, more);
        help.iter().any(|text| text.contains("headers on "))
    };
    assert!(says_more(&bare("500 Internal Server Error"), &[]));
    // No other answer has the headers.
    assert!(!says_more(&Server::saying("500 Internal Server Error"), &[]));
    // Amazon S3 has no setting for its errors, and cors-actix does not make the errors of a proxy.
    assert!(!says_more(&bare("500 Internal Server Error"), &["--stack", "s3"]));
    assert!(!says_more(&bare("502 Bad Gateway"), &["--stack", "cors-actix"]));
    assert!(says_more(&bare("502 Bad Gateway"), &["--stack", "nginx"]));
    // The list lacks the origin, too.
    let (help, _) = told(&Server::saying("500 Internal Server Error\nVary: Origin"), &["--stack", "cors-actix"]);
    assert!(help[1].starts_with("add the page's origin: "), "{help:?}");
}
