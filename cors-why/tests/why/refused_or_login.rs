//! Refusals of an origin and answers of authentication can have the same status.

use crate::server::Server;
use crate::{PAGE, report_of, why};

const ALLOWED: &str = "Access-Control-Allow-Origin: https://app.example.com\nVary: Origin";

/// The diagnosis and all help.
fn told(server: &Server, more: &[&str]) -> (String, Vec<String>) {
    let run = why(&[&[&server.url("/x"), "--from", PAGE, "--json"], more].concat());
    let report = report_of(&run);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&report["diagnosis"]), report["help"].as_array().expect("a list").iter().map(text).collect())
}

#[test]
fn a_refusal_that_varies_by_origin_is_not_of_authentication() {
    const ORIGIN: &str = "add https://app.example.com to the origins that the server allows";
    let put = ["-X", "PUT", "--no-probes"];
    for answer in ["403 Forbidden\nVary: Origin", "403 Forbidden\nAccess-Control-Allow-Methods: PUT"] {
        let server = Server::saying(answer);
        let (code, help) = told(&server, &put);
        assert_eq!((code.as_str(), help[0].as_str()), ("origin-not-listed", ORIGIN), "{answer}");
        assert!(!help.concat().contains("authentication"), "{help:?}");
        assert_eq!(told(&server, &put[..2]).0, "origin-not-listed", "{answer}");
    }
    // The message of the console, too.
    let server = Server::saying("403 Forbidden\nVary: Origin");
    let message = format!(
        "Access to fetch at '{}' from origin '{PAGE}' has been blocked by CORS policy: Response to preflight request doesn't pass access \
         control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        server.url("/x")
    );
    let run = why(&["--no-probes", "--message", &message]);
    let first = run.output.lines().find(|line| line.starts_with("help: "));
    assert_eq!(first, Some(format!("help: {ORIGIN}").as_str()), "{run:?}");
    // Nothing in the answer is of CORS.
    assert_eq!(told(&Server::saying("403 Forbidden"), &put).0, "preflight-needs-login");
}

/// A handler inside of CORS asks for a login, also where CORS does not allow the page.
#[test]
fn a_login_that_varies_by_origin_is_the_second_help() {
    for (more, login) in [
        (&["--no-probes"][..], "put CORS outside of authentication"),
        (&["-X", "PUT", "--no-probes"], "put CORS before authentication"),
    ] {
        let (code, help) = told(&Server::saying("401 Unauthorized\nVary: Origin"), more);
        assert_eq!(code, "origin-not-listed");
        assert!(help[0].starts_with("add https://app.example.com to the origins"), "{help:?}");
        let or = format!("or, if the server allows this origin already: {login}");
        assert!(help[1].starts_with(&or), "{help:?}");
    }
}

/// Another answer shows that the origin is allowed.
#[test]
fn authentication_that_varies_by_origin_is_found_by_other_answers() {
    let login_of = |is_preflight: bool| {
        Server::start(move |head| match head.starts_with("OPTIONS ") == is_preflight {
            true => "401 Unauthorized\nVary: Origin".to_owned(),
            false => format!("200 OK\n{ALLOWED}"),
        })
    };
    assert_eq!(told(&login_of(false), &[]).0, "login-bare");
    assert_eq!(told(&login_of(true), &["-X", "PUT"]).0, "preflight-needs-login");
}
