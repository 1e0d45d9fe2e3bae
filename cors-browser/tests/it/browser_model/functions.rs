//! Public functions that no table has.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cors_browser::{Body, Browser, InitiatorType, OutgoingRequest, Page, Response, ScriptRequest, Verdict};

#[test]
fn a_page_of_a_file_has_an_opaque_origin_and_one_of_an_app_its_own() {
    let origin = |url: &str| Page::at(url).expect("a URL").origin().to_owned();
    for url in ["file:///x.html", "file://server/x.html", "tauri:///x.html", "about:blank"] {
        assert_eq!(origin(url), "null", "{url}");
    }
    assert_eq!(origin("tauri://app:7/x.html"), "tauri://app:7");
}

#[test]
fn a_site_is_a_scheme_and_a_registrable_domain() {
    let page = Page::at("https://app.example.com").expect("a URL");
    assert!(page.is_same_site("https://api.example.com/x"));
    assert!(!page.is_same_site("http://app.example.com/") && !page.is_same_site("https://example.net/"));
    assert!(!page.framed_by("https://example.net").is_same_site("https://example.com/"));
    assert!(!Page::opaque().is_same_site("null"));
}

#[test]
fn an_asynchronous_server_is_asked_like_another() {
    let mut browser = Browser::new();
    let page = Page::at("https://app.example.com").expect("a URL");
    let put = ScriptRequest::new("https://api.example.com/").method("PUT");
    let allowing =
        Response::new(200).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "PUT");
    let run = browser.run_async(&page, &put, async |_: &OutgoingRequest| allowing.clone());
    let Poll::Ready(transcript) = pin!(run).poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
    assert_eq!(transcript.exchanges.len(), 2);
    assert!(matches!(transcript.verdict, Verdict::Readable(_)));
}

#[test]
fn a_request_by_hand_is_no_preflight_and_has_neither_credentials_nor_body() {
    let OutgoingRequest { preflight, credentials, body, .. } =
        OutgoingRequest::by_hand("GET", "https://x.test/", vec![]);
    assert_eq!([preflight, credentials, body], [false; 3]);
}

#[test]
fn a_redirect_has_its_status_and_a_location() {
    let is_redirect = |status, name: &str| Response::new(status).header(name, "/x").is_redirect();
    let statuses: Vec<u16> = (200..=599).filter(|status| is_redirect(*status, "Location")).collect();
    assert_eq!(statuses, [301, 302, 303, 307, 308]);
    assert!(!is_redirect(301, "Content-Location"));
}

#[test]
fn a_beacon_uses_cors_only_if_its_type_needs_it() {
    let page = Page::at("https://app.example.com").expect("a URL");
    let verdict = |kind: &str| {
        let beacon = ScriptRequest::of(InitiatorType::Beacon, "https://api.example.com/");
        Browser::new().run(&page, &beacon.body(Body::Blob(kind.to_owned())), |_| Response::new(200)).verdict
    };
    assert_eq!(verdict("text/plain"), Verdict::Opaque);
    assert!(matches!(verdict("application/json"), Verdict::Blocked(_)));
}
