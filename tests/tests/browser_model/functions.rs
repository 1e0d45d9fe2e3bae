//! Tables about one rule each.

use std::time::Duration;

use cors_core::browser::{
    Browser, OutgoingRequest, Page, Permission, Response, ScriptRequest, Step, Verdict, cors_check,
    is_forbidden_request_header, is_safelisted_request_header, normalise_method, readable_names,
    unsafe_request_header_names,
};
use serde::Deserialize;

use crate::data::{Line, bytes, credentials, lines, response, rows};

/// Asserts that no row is wrong, and names all that are.
pub(crate) fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_origin_is_serialised_as_in_the_table() {
    #[derive(Deserialize)]
    struct Row {
        url: String,
        origin: String,
    }
    for row in rows::<Row>(include_str!("../../data/browser/origins.json"), 10) {
        assert_eq!(Page::at(&row.url).expect("the table has URLs").origin(), row.origin, "{}", row.url);
    }
}

/// What goes out for a request of this method to another origin.
fn first(method: &str) -> Step {
    let page = Page::at("https://app.example.com").expect("a URL");
    Browser::new().fetch(&page, &ScriptRequest::new("https://api.example.com/").method(method))
}

#[test]
fn every_method_is_sent_or_refused_as_in_the_table() {
    #[derive(Deserialize)]
    struct Row {
        method: String,
        normalised: String,
        safelisted: bool,
        forbidden: bool,
    }
    for Row { method, normalised, safelisted, forbidden } in
        rows::<Row>(include_str!("../../data/browser/methods.json"), 20)
    {
        assert_eq!(normalise_method(&method), normalised);
        match first(&method) {
            Step::Done(Verdict::RefusedByApi(refusal)) => {
                assert_eq!((forbidden, refusal.code()), (true, "method-forbidden"), "{method}");
            }
            Step::Send(pending) => {
                let OutgoingRequest { preflight, method: sent, .. } = pending.request();
                let sent = if safelisted { sent.as_bytes() } else { asked(&pending) };
                assert_eq!((forbidden, *preflight, sent), (false, !safelisted, normalised.as_bytes()), "{method}");
            }
            Step::Done(verdict) => panic!("{method}: {verdict:?}"),
        }
    }
}

fn asked(pending: &cors_core::browser::Pending) -> &[u8] {
    pending.request().header("Access-Control-Request-Method").unwrap_or_default()
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
    safelisted: Option<bool>,
    forbidden: Option<bool>,
}

#[test]
fn every_request_header_is_safelisted_or_not_as_in_the_table() {
    for row in rows::<Header>(include_str!("../../data/browser/safelisted_request_headers.json"), 72) {
        let safelisted = is_safelisted_request_header(&row.name, &bytes(&row.value));
        assert_eq!(Some(safelisted), row.safelisted, "{}: {}", row.name, row.value);
    }
}

#[test]
fn every_request_header_is_forbidden_or_not_as_in_the_table() {
    for row in rows::<Header>(include_str!("../../data/browser/forbidden_request_headers.json"), 40) {
        let forbidden = is_forbidden_request_header(&row.name, &bytes(&row.value));
        assert_eq!(Some(forbidden), row.forbidden, "{}: {}", row.name, row.value);
    }
}

#[test]
fn the_names_that_need_permission_are_as_in_the_table() {
    #[derive(Deserialize)]
    struct Row {
        headers: Vec<Line>,
        names: Vec<String>,
    }
    for row in rows::<Row>(include_str!("../../data/browser/unsafe_names.json"), 23) {
        assert_eq!(unsafe_request_header_names(&lines(&row.headers)), row.names, "{:?}", row.headers);
    }
}

#[test]
fn every_cors_check_ends_as_in_the_table() {
    #[derive(Debug, Deserialize)]
    struct Row {
        origin: String,
        credentials: String,
        headers: Vec<Line>,
        why: Option<String>,
    }
    for row in rows::<Row>(include_str!("../../data/browser/cors_check.json"), 80) {
        let checked = cors_check(&row.origin, credentials(&row.credentials), &lines(&row.headers));
        assert_eq!(checked.err().map(|reason| reason.code()), row.why.as_deref(), "{row:?}");
    }
}

#[test]
fn every_list_of_readable_headers_is_as_in_the_table() {
    #[derive(Debug, Deserialize)]
    struct Row {
        credentials: String,
        headers: Vec<Line>,
        names: Vec<String>,
    }
    for row in rows::<Row>(include_str!("../../data/browser/readable.json"), 22) {
        assert_eq!(readable_names(credentials(&row.credentials), &lines(&row.headers)), row.names, "{row:?}");
    }
}

#[derive(Debug, Deserialize)]
struct PreflightRow {
    origin: String,
    request: crate::data::Init,
    status: u16,
    headers: Vec<Line>,
    expect: PreflightEnd,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct PreflightEnd {
    why: Option<String>,
    #[serde(default)]
    cached_methods: Vec<String>,
    #[serde(default)]
    cached_headers: Vec<String>,
    max_age: Option<u64>,
}

/// The end of the row's preflight, and what the browser remembers then.
fn preflight(row: &PreflightRow) -> PreflightEnd {
    let mut browser = Browser::new();
    let page = Page::at(&row.origin).expect("the table has origins");
    let Step::Send(pending) = browser.fetch(&page, &row.request.request("https://api.example.com/x")) else {
        panic!("nothing is sent: {row:?}");
    };
    assert!(pending.request().preflight, "{row:?}");
    let answer: Response = response(&(Some(row.status), row.headers.clone()), None);
    let why = match browser.answer(pending, &answer) {
        Step::Send(_) => None,
        Step::Done(Verdict::Blocked(blocked)) => Some(blocked.reason.code().to_owned()),
        Step::Done(verdict) => panic!("{verdict:?}: {row:?}"),
    };
    let mut end = PreflightEnd { why, cached_methods: Vec::new(), cached_headers: Vec::new(), max_age: None };
    for entry in browser.preflight_cache() {
        match &entry.permission {
            Permission::Method(name) => end.cached_methods.push(name.clone()),
            Permission::Header(name) => end.cached_headers.push(name.clone()),
        }
        assert_eq!(entry.max_age.subsec_nanos(), 0);
        end.max_age = Some(entry.max_age.as_secs());
    }
    end
}

#[test]
fn every_answer_to_a_preflight_is_judged_and_remembered_as_in_the_table() {
    let mut wrong = Vec::new();
    for row in rows::<PreflightRow>(include_str!("../../data/browser/preflight_check.json"), 160) {
        let end = preflight(&row);
        if end != row.expect {
            wrong.push(format!("{end:?} {row:?}"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn a_preflight_is_remembered_until_its_time_has_passed() {
    let page = Page::at("https://app.example.com").expect("a URL");
    let request = ScriptRequest::new("https://api.example.com/").method("PUT");
    let mut browser = Browser::new();
    let requests = |browser: &mut Browser| {
        let mut sent = 0;
        browser.run(&page, &request, |_| {
            sent += 1;
            Response::new(200)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "PUT")
                .header("Access-Control-Max-Age", "60")
        });
        sent
    };
    assert_eq!(requests(&mut browser), 2);
    browser.advance(Duration::from_millis(59_999));
    assert_eq!(requests(&mut browser), 1);
    browser.advance(Duration::from_millis(1));
    assert_eq!(requests(&mut browser), 2);
}
