//! How much is asked beside what a browser asks, and for how long.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{Server, header};
use crate::{PAGE, report_of, why};

/// What a browser waits for is none of these limits.
const PATIENT: &[&str] = &["--timeout", "60"];

/// A server that takes its time for all questions but the browser's first.
fn slow(first: &'static str, others: &'static str, take_time: fn()) -> Server {
    let is_first = AtomicBool::new(true);
    Server::start(move |_| {
        if is_first.swap(false, Relaxed) {
            return first.to_owned();
        }
        take_time();
        others.to_owned()
    })
}

fn ask(server: &Server) -> String {
    let begin = Instant::now();
    let run = why(&[&[server.url("/v1/x").as_str(), "--from", PAGE, "--json"], PATIENT].concat());
    assert!(begin.elapsed() < Duration::from_secs(30), "{run:?}");
    report_of(&run)["verdict"].to_string()
}

const ALLOWED: &str = "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nVary: Origin";

#[test]
fn what_does_not_answer_is_left_alone() {
    let never = || loop {
        thread::park();
    };
    let (blocked, allowed) = (slow("200 OK", "", never), slow(ALLOWED, "", never));
    assert_eq!((ask(&blocked), ask(&allowed)), ("\"blocked\"".to_owned(), "\"readable\"".to_owned()));
}

/// All of them have five seconds, not each: eight of such answers would take sixteen.
#[test]
fn what_answers_late_is_asked_little() {
    let late = || thread::sleep(Duration::from_secs(2));
    let (blocked, allowed) = (slow("200 OK", "200 OK", late), slow(ALLOWED, "200 OK\nVary: Origin", late));
    for server in [blocked, allowed] {
        ask(&server);
        assert!((2..=4).contains(&server.requests().len()), "{:?}", server.requests());
    }
}

/// What a browser asks for, and eight more at most, whatever is wrong.
#[test]
fn questions_are_eight_at_most() {
    const STATUSES: [&str; 9] = [
        "200 OK",
        "204 No Content",
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "405 Method Not Allowed",
        "500 Internal Server Error",
        "403 Forbidden\n\nInvalid CORS request",
    ];
    const REQUESTS: [&[&str]; 4] = [&[], &["-X", "PUT"], &["-X", "PUT", "-H", "X-A: 1"], &["-d", "x", "--send"]];
    let mut most = 0;
    for status in STATUSES {
        for vary in ["", "\nVary: Origin"] {
            for request in REQUESTS {
                let (line, body) = status.split_once("\n\n").unwrap_or((status, ""));
                let asked = |more: &[&str]| {
                    let server = Server::start(move |_| format!("{line}{vary}\n\n{body}"));
                    why(&[&[server.url("/v1/x").as_str(), "--from", PAGE], request, more].concat());
                    let of_strangers = |head: &&String| header(head, "origin") == Some("https://why-probe.invalid");
                    assert_eq!(server.heads().iter().find(of_strangers), None);
                    server.requests().len()
                };
                let more = asked(&[]) - asked(&["--no-probes"]);
                assert!(more <= 8, "{status} {vary} {request:?}: {more}");
                most = most.max(more);
            }
        }
    }
    assert_eq!(most, 8, "some server leaves so much doubt");
}
