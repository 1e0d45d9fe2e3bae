//! For any page, script and server, a fetch ends, and never allows what the standard blocks.

use std::cell::RefCell;
use std::collections::BTreeMap;

use cors_browser::{
    Body, Browser, CacheMode, CredentialsMode, Engine, InitiatorType, Mode, OutgoingRequest, Page, RedirectMode,
    ReferrerPolicy, Response, ResponseType, ScriptRequest, Verdict,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use url::Url;

use crate::random::runner;

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(vec!["https://app.example.com/a", "https://api.example.com/b", "http://third.test:8080/c"])
            .prop_map(str::to_owned),
        1 => "[ -~]{0,12}",
        1 => "(https?|ftp|data|blob|file|javascript|moz-extension|about)?:?(//)?[a-z@:.\\[\\]0-9%/?#é-]{0,16}",
    ]
}

fn header() -> impl Strategy<Value = (String, Vec<u8>)> {
    let name = prop_oneof![
        6 => select(vec![
            "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers", "Access-Control-Max-Age", "Access-Control-Expose-Headers", "Location",
            "Cross-Origin-Resource-Policy", "Referrer-Policy", "Content-Type", "Range", "X-HTTP-Method",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    let value = prop_oneof![
        4 => select(vec![
            "*", "https://app.example.com", "null", "true", "PUT", "x-a, *", "60", "-1", "99999999999999999999999",
            "text/plain", "bytes=0-", "same-origin", "no-referrer", "/", "//u:p@third.test", "https://[", "\"a,\\\"",
        ]).prop_map(|text: &str| text.as_bytes().to_vec()),
        2 => url().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..8),
    ];
    (name, value)
}

/// Returns often no headers, because a wrong one ends the fetch.
fn some_headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    prop_oneof![2 => Just(vec![]), 1 => vec(header(), 1..5)]
}

fn response() -> impl Strategy<Value = Response> {
    let status =
        prop_oneof![4 => Just(200), 4 => select(vec![204, 301, 302, 303, 307, 308, 304, 403]), 1 => any::<u16>()];
    let origin = select(vec![None, Some("*"), Some("*"), Some("https://app.example.com"), Some("null")]);
    (status, origin, some_headers()).prop_map(|(status, origin, headers)| {
        let response = headers.into_iter().fold(Response::new(status), |to, (name, value)| to.header(name, value));
        origin.into_iter().fold(response, |to, origin| to.header("Access-Control-Allow-Origin", origin))
    })
}

fn initiator() -> impl Strategy<Value = InitiatorType> {
    let others = [
        InitiatorType::XmlHttpRequest,
        InitiatorType::EventSource,
        InitiatorType::Beacon,
        InitiatorType::Ping,
        InitiatorType::Video,
        InitiatorType::PreloadFont,
    ];
    prop_oneof![4 => Just(InitiatorType::Fetch), 1 => select(others.to_vec())]
}

fn script() -> impl Strategy<Value = ScriptRequest> {
    let method =
        prop_oneof![6 => select(vec!["GET", "GET", "POST", "PUT", "patch"]).prop_map(str::to_owned), 1 => "\\PC{0,5}"];
    let bodies = vec![Body::Text, Body::FormData, Body::Blob("a/b".to_owned()), Body::Stream];
    let body = prop_oneof![4 => Just(Body::None), 1 => select(bodies)];
    let modes = (
        select(vec![Mode::Cors, Mode::Cors, Mode::Cors, Mode::NoCors, Mode::SameOrigin]),
        select(vec![CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include]),
        select(vec![RedirectMode::Follow, RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual]),
        (select(vec![CacheMode::Default, CacheMode::Reload]), initiator()),
        select(vec![ReferrerPolicy::NoReferrer, ReferrerPolicy::SameOrigin, ReferrerPolicy::default()]),
    );
    (url(), method, some_headers(), body, modes, any::<bool>()).prop_map(
        |(url, method, headers, body, (mode, credentials, redirect, (cache, initiator), referrer_policy), upload)| {
            let request = ScriptRequest::of(initiator, url)
                .method(method)
                .body(body)
                .mode(mode)
                .credentials(credentials)
                .redirect(redirect)
                .cache(cache)
                .referrer_policy(referrer_policy)
                .upload_listeners(upload);
            headers.into_iter().fold(request, |to, (name, value)| to.header(name, value))
        },
    )
}

fn check_sent(request: &OutgoingRequest) -> Result<(), TestCaseError> {
    prop_assert!(!request.preflight || (request.method == "OPTIONS" && !request.credentials && !request.body));
    let url = Url::parse(&request.url).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    prop_assert!((url.username(), url.password(), url.fragment()) == ("", None, None), "{url}");
    prop_assert_eq!(request.header("Cookie"), None);
    Ok(())
}

/// Runs the request. The responses repeat.
fn check(
    browser: &mut Browser,
    page: &Page,
    request: &ScriptRequest,
    responses: &[Response],
) -> Result<&'static str, TestCaseError> {
    // Twenty redirects, and a preflight before each request.
    let mut responses = responses.iter().cycle().take(42);
    let transcript = browser.run(page, request, |_| responses.next().cloned());
    transcript.exchanges.iter().try_for_each(|exchange| check_sent(&exchange.request))?;
    check_end(&transcript.verdict, transcript.exchanges.last().map(|exchange| &exchange.response))
}

fn check_end(verdict: &Verdict, last: Option<&Response>) -> Result<&'static str, TestCaseError> {
    Ok(match verdict {
        Verdict::Readable(readable) => {
            let allows = |response: &Response| {
                response.headers.iter().any(|line| line.name.eq_ignore_ascii_case("access-control-allow-origin"))
            };
            let basic = readable.response_type == ResponseType::Basic;
            prop_assert!(basic || last.is_some_and(allows));
            prop_assert!(!readable.headers.iter().any(|name| name == "set-cookie"));
            if basic { "basic" } else { "cors" }
        }
        Verdict::Blocked(blocked) => {
            prop_assert!(blocked.reason.anchor().starts_with("https://fetch.spec.whatwg.org/#"));
            blocked.reason.code()
        }
        Verdict::RefusedByApi(refusal) => refusal.code(),
        Verdict::Opaque => "opaque",
        Verdict::OpaqueRedirect => "opaque-redirect",
        Verdict::Local => "local",
        Verdict::Unanswered => return Err(TestCaseError::fail("it does not end")),
    })
}

#[test]
fn every_fetch_ends_whatever_comes() {
    let engines = select(vec![None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)]);
    let fetches = vec((url(), script(), vec(response(), 1..4)), 1..4);
    let ends = RefCell::new(BTreeMap::new());
    let outcome = runner(5000).run(&(engines, fetches), |(engine, fetches)| {
        let mut browser = engine.map_or_else(Browser::new, Browser::of);
        for (page, request, responses) in &fetches {
            let page = Page::at(page).unwrap_or_else(|_| Page::opaque());
            let end = check(&mut browser, &page, request, responses)?;
            *ends.borrow_mut().entry(end).or_insert(0_u32) += 1;
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    // Each kind of end must be reached often enough.
    let ends = ends.into_inner();
    assert!(ends.len() >= 25 && ends["cors"] > 150, "{ends:?}");
}
