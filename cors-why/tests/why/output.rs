//! Whole outputs, as people and programs get them.

use std::process::Command;

use serde_json::json;

use crate::program::run;
use crate::server::{Server, header};
use crate::{PAGE, report_of, why};

#[test]
fn people_read_what_was_sent_and_what_came_and_what_to_do() {
    let server = Server::saying("401 Unauthorized\nAccess-Control-Allow-Origin: *\nX-Other: 1");
    let run = why(&[&server.url("/x"), "--from", PAGE, "-X", "PUT", "--no-probes"]);
    assert_eq!(
        server.anonymous(&run.output),
        "\
> OPTIONS http://api/x
>   Accept: */*
>   Access-Control-Request-Method: PUT
>   Origin: https://app.example.com
< 401
<   Access-Control-Allow-Origin: *

blocked: the answer to the preflight of http://api/x has the status 401, so the browser does not send the request
evidence: the preflight has the status 401
help: put CORS before authentication, or let OPTIONS pass it: preflights never carry cookies or tokens
note: a preflight is an OPTIONS request that the browser sends before the request of the script
see: https://docs.rs/cors-why/latest/cors_why/codes/preflight_status/ (PRE-11)
"
    );
}

#[test]
fn people_read_what_was_not_sent_and_that_the_server_allows_everybody() {
    let server = Server::start(|head| {
        let origin = header(head, "origin").unwrap_or_default();
        format!("204 No Content\nAccess-Control-Allow-Origin: {origin}\nAccess-Control-Allow-Methods: PUT")
    });
    let run = why(&[&server.url("/x"), "--from", PAGE, "-X", "PUT"]);
    assert_eq!(
        server.anonymous(&run.output),
        "\
> OPTIONS http://api/x
>   Accept: */*
>   Access-Control-Request-Method: PUT
>   Origin: https://app.example.com
< 204
<   Access-Control-Allow-Origin: https://app.example.com
<   Access-Control-Allow-Methods: PUT

> PUT http://api/x (not sent)
>   Origin: https://app.example.com

also asked: OPTIONS http://api/x as https://why-probe.invalid

could not tell: the preflight allows the PUT, which may change something and was not sent; its answer decides whether the page may \
read it
help: add --send to send it
warning: the server allows whatever origin asks, https://why-probe.invalid too. If everybody may read the answer, say so by \
Access-Control-Allow-Origin: *, and if not, name the origins that may
"
    );
}

#[test]
fn programs_read_one_object() {
    let server = Server::saying("200 OK\nAccess-Control-Allow-Origin: https://app.example.com/\nX-Other: 1");
    let run = why(&[&server.url("/x"), "--from", PAGE, "--engine", "firefox", "--json", "--no-probes"]);
    let url = server.url("/x");
    assert_eq!(
        report_of(&run),
        json!({
            "verdict": "blocked",
            "code": "allow-origin-mismatch",
            "page": "https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_mismatch/",
            "statement": "CHK-3",
            "anchor": "https://fetch.spec.whatwg.org/#concept-cors-check",
            "at": "actual",
            "url": url,
            "origin": PAGE,
            "engine": "firefox",
            "reason": format!(
                "the answer of {url} allows \"https://app.example.com/\", and the origin of the page is \
                 \"https://app.example.com\": \"https://app.example.com/\" ends with a slash"
            ),
            "not_cors": null,
            "console": format!(
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. \
                 (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://app.example.com/’)."
            ),
            "header_lines": ["Access-Control-Allow-Origin: https://app.example.com", "Vary: Origin"],
            "diagnosis": "origin-with-slash",
            "stack": null,
            "evidence": ["the answer to GET has Access-Control-Allow-Origin: https://app.example.com/"],
            "help": ["remove the slash at the end of https://app.example.com/ in the server's list: origins have none", "if pages of https://app.example.com may read, send on the answer\n    Access-Control-Allow-Origin: https://app.example.com\n    Vary: Origin"],
            "notes": ["browsers compare byte for byte, and allow one origin or * alone"],
            "warnings": [],
            "readable_headers": [],
            "withheld_headers": [],
            "engines": { "firefox": "blocked" },
            "next": [],
            "then": {
                "verdict": "readable",
                "text": "the page may read the answer",
                "answers": [{
                    "at": "actual",
                    "url": url,
                    "status": null,
                    "header_lines": ["Access-Control-Allow-Origin: https://app.example.com", "Vary: Origin"],
                }],
            },
            "exchanges": [{
                "purpose": "request",
                "sent": true,
                "method": "GET",
                "url": url,
                "request_headers": [["Origin", PAGE]],
                "status": 200,
                "response_headers": [
                    ["Access-Control-Allow-Origin", "https://app.example.com/"],
                    ["X-Other", "1"],
                    ["Content-Length", "0"],
                    ["Connection", "close"],
                ],
            }],
            "blocked": [],
        })
    );
}

#[test]
fn what_may_be_read_is_listed() {
    let server = Server::saying(
        "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Expose-Headers: X-Seen\nX-Seen: 1\nX-Not: 1",
    );
    let run = why(&[&server.url("/x"), "--from", PAGE, "--json"]);
    assert_eq!(report_of(&run)["readable_headers"], json!(["content-length", "x-seen"]));
}

#[test]
fn colours_are_for_people_only() {
    let server = Server::saying("200 OK");
    let url = server.url("/x");
    let begin = |program: &str| {
        let mut command = Command::new(program);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE").env_remove("CI");
        command.env("TERM", "xterm");
        command
    };
    let is_coloured = |command: &mut Command| run(command, "").output.contains('\u{1b}');
    let why = env!("CARGO_BIN_EXE_why");
    let to_pipe = || {
        let mut command = begin(why);
        command.args([&url, "--from", PAGE]);
        command
    };
    assert!(!is_coloured(&mut to_pipe()), "the output is a pipe");
    assert!(is_coloured(to_pipe().env("CLICOLOR_FORCE", "1")), "somebody wants them all the same");

    // `script` of util-linux gives the program a terminal.
    let on_terminal = || {
        let mut command = begin("script");
        command.args(["--quiet", "--command", &format!("'{why}' {url} --from {PAGE}"), "/dev/null"]);
        command
    };
    assert!(is_coloured(&mut on_terminal()), "the output is a terminal");
    assert!(!is_coloured(on_terminal().env("NO_COLOR", "1")), "nobody wants them");
}

#[test]
fn what_a_server_sends_cannot_command_the_terminal() {
    let server = Server::saying("200 OK\nAccess-Control-Allow-Origin: \u{9b}31mred");
    let run = why(&[&server.url("/x"), "--from", PAGE]);
    assert!(run.output.contains(r"\u{9b}31mred"), "{run:?}");
    assert!(run.output.chars().all(|letter| letter == '\n' || !letter.is_control()), "{run:?}");
}

#[test]
fn nobody_waits_for_longer_than_an_hour() {
    let run = why(&["https://api.example.com/x", "--from", PAGE, "--timeout", "18446744073709551615"]);
    assert_eq!(run.status, 2, "{run:?}");
}

#[test]
fn the_schema_of_a_policy_is_printed() {
    let run = why(&["--schema", "policy"]);
    assert_eq!((run.status, run.output.as_str()), (0, cors_core::PolicyDraft::SCHEMA));
    assert_eq!(why(&["--schema", "--json"]).status, 2, "nothing else is asked beside it");
}
