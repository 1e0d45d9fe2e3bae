//! Which comparisons of origins are told to be careless, and which are not.

use crate::server::{Server, header};
use crate::{PAGE, summary, why};

const LOCAL: &str = "http://localhost:5000";

type Comparison = fn(&str) -> bool;

/// Allows whom the comparison allows, with credentials or without.
fn comparing(allows: Comparison, with_credentials: bool) -> Server {
    let also = if with_credentials { "\nAccess-Control-Allow-Credentials: true" } else { "" };
    Server::start(move |head| match header(head, "origin").filter(|origin| allows(origin)) {
        Some(origin) => format!("200 OK\nVary: Origin\nAccess-Control-Allow-Origin: {origin}{also}"),
        None => "200 OK\nVary: Origin".to_owned(),
    })
}

fn warnings(allows: Comparison, page: &str, with_credentials: bool) -> Vec<String> {
    let server = comparing(allows, with_credentials);
    let run = why(&[&server.url("/x"), "--from", page, "--json"]);
    assert_eq!(summary(&run).1, "readable", "{run:?}");
    summary(&run).3
}

const HTTPS_OR_HTTP: [&str; 2] = [PAGE, "http://app.example.com"];

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(digits)
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte))
}

/// How a server compares, what is wrong with that, and what is told of it; nothing where nothing is wrong.
const COMPARISONS: [(&str, &str, Comparison, &[&str]); 14] = [
    (
        "/example\\.com$/",
        "whatever ends so",
        |origin| origin.ends_with("example.com"),
        &["ending-matched", "insecure-matched"],
    ),
    ("/\\.example\\.com$/", "http too", |origin| origin.ends_with(".example.com"), &["insecure-matched"]),
    (
        "/^https:\\/\\/app\\.example\\.com/",
        "whatever begins so",
        |origin| origin.starts_with(PAGE),
        &["beginning-matched"],
    ),
    (
        "/^https:\\/\\/app.example.com$/",
        "a dot is any character",
        |origin| origin.len() == PAGE.len() && origin.starts_with("https://app") && origin.ends_with("example.com"),
        &["dot-matched"],
    ),
    (
        "includes('app.example.com')",
        "whatever has it inside",
        |origin| origin.contains("app.example.com"),
        &["beginning-matched", "insecure-matched"],
    ),
    (
        "/^https?:\\/\\/app\\.example\\.com$/",
        "http too",
        |origin| HTTPS_OR_HTTP.contains(&origin),
        &["insecure-matched"],
    ),
    (
        "/^https:\\/\\/app\\.example\\.com(:\\d+)?$/",
        "any port",
        |origin| origin.strip_prefix(PAGE).is_some_and(|rest| rest.is_empty() || is_port(rest)),
        &["port-matched"],
    ),
    ("'null' too", "sandboxed frames of every site", |origin| [PAGE, "null"].contains(&origin), &["null-allowed"]),
    (
        "LIST.includes(origin), with a text as LIST",
        "parts of an origin",
        |origin| "https://app.example.com https://b.example.com".contains(origin),
        &["part-matched"],
    ),
    (
        "/^http:\\/\\/localhost(:\\d+)?/ too",
        "whatever begins like localhost",
        |origin| origin == PAGE || origin.starts_with("http://localhost"),
        &["localhost-matched"],
    ),
    (
        "/^https:\\/\\/[\\w.]*example\\.com/",
        "whatever begins so, and has letters before",
        |origin| {
            origin
                .strip_prefix("https://")
                .and_then(|rest| rest.split_once("example.com"))
                .is_some_and(|(before, _)| is_word(before))
        },
        &["beginning-matched"],
    ),
    (
        "/^https:\\/\\/([a-z0-9.-]+\\.)?example\\.com$/",
        "nothing",
        |origin| {
            origin.starts_with("https://") && (origin == "https://example.com" || origin.ends_with(".example.com"))
        },
        &[],
    ),
    ("/^https:\\/\\/app\\.example\\.com$/i", "nothing", |origin| origin.eq_ignore_ascii_case(PAGE), &[]),
    ("=== 'https://app.example.com'", "nothing", |origin| origin == PAGE, &[]),
];

#[test]
fn careless_comparisons_are_holes() {
    for (how, wrong, allows, codes) in COMPARISONS {
        assert_eq!(wrong == "nothing", codes.is_empty(), "{how}");
        assert_eq!(warnings(allows, PAGE, true), codes, "{how}: {wrong}");
    }
    assert_eq!(warnings(|_| true, PAGE, true), ["origin-reflected"]);
}

/// Who sends the same without credentials may mean other schemes and ports.
#[test]
fn some_differences_are_holes_with_credentials_only() {
    let any_scheme: Comparison = |origin| origin == PAGE || origin == "http://app.example.com";
    let any_port: Comparison = |origin| origin.starts_with(PAGE) && !origin.ends_with("invalid");
    let suffix: Comparison = |origin| origin.ends_with("example.com");
    assert_eq!(warnings(any_scheme, PAGE, false), [""; 0]);
    assert_eq!(warnings(any_port, PAGE, false), [""; 0]);
    assert_eq!(warnings(suffix, PAGE, false), ["ending-matched"]);
}

#[test]
fn holes_are_found_for_pages_of_localhost_too() {
    let rows: [(Comparison, &[&str]); 5] = [
        (|origin| origin.ends_with("localhost:5000"), &["ending-matched"]),
        (|origin| origin.starts_with("http://localhost"), &["beginning-matched"]),
        (|origin| "http://localhost:5000".contains(origin), &["part-matched"]),
        (|origin| origin == LOCAL || origin == "null", &["null-allowed"]),
        // What development servers mean: any port of this machine.
        (|origin| origin.strip_prefix("http://localhost:").is_some_and(digits), &[]),
    ];
    for (place, (allows, codes)) in rows.into_iter().enumerate() {
        assert_eq!(warnings(allows, LOCAL, true), codes, "{place}");
    }
}

#[test]
fn other_right_comparisons_are_no_holes() {
    let rows: [(Comparison, &str); 2] = [
        (|origin| [PAGE, "https://admin.example.com", "http://localhost:3000"].contains(&origin), PAGE),
        (|origin| origin == "https://192.168.0.7", "https://192.168.0.7"),
    ];
    for (place, (allows, page)) in rows.into_iter().enumerate() {
        assert_eq!(warnings(allows, page, true), [""; 0], "{place}");
    }
}

/// They are all nobody's, but for one that is written into a pattern; and one answer that is the same for all says enough.
#[test]
fn strangers_are_asked_once_each_and_no_more_than_needed() {
    let origins = |server: &Server| -> Vec<String> {
        server.heads().iter().filter_map(|head| header(head, "origin").map(str::to_owned)).collect()
    };
    let listed = comparing(|origin| origin == PAGE, true);
    why(&[&listed.url("/x"), "--from", PAGE]);
    assert_eq!(
        origins(&listed),
        [
            PAGE,
            "https://why-probe.invalid",
            "https://why-probeexample.com",
            "https://app.example.com.why-probe.invalid",
            "http://app.example.com",
            "https://appxexample.com",
            "http://localhost.why-probe.invalid",
            "https://app.example.com:47001",
            "https://app.example.co",
            "null",
        ]
    );
    let constant = Server::saying("200 OK\nAccess-Control-Allow-Origin: https://app.example.com");
    why(&[&constant.url("/x"), "--from", PAGE]);
    assert_eq!(origins(&constant), [PAGE, "https://why-probe.invalid"]);
    let unasked = comparing(|_| true, true);
    why(&[&unasked.url("/x"), "--from", PAGE, "--no-probes"]);
    assert_eq!(origins(&unasked), [PAGE]);
}
