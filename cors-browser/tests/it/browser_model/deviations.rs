//! Differences between engines and the standard: a test for each that no recorded situation shows.

use std::time::Duration;

use cors_browser::{
    Body, Browser, CacheMode, CredentialsMode, Engine, HeaderLine, OutgoingRequest, Page, Permission, Refusal,
    Response, ScriptRequest, Transcript, Verdict,
};

/// The standard first.
const ALL: [Option<Engine>; 4] = [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)];

fn browser(engine: Option<Engine>) -> Browser {
    engine.map_or_else(Browser::new, Browser::of)
}

fn page() -> Page {
    Page::at("https://app.example.com").expect("a URL")
}

fn request() -> ScriptRequest {
    ScriptRequest::new("https://api.example.com/")
}

/// Allows everything, with this max-age.
fn generous(max_age: &str) -> Response {
    Response::new(200)
        .header("Access-Control-Allow-Origin", "https://app.example.com")
        .header("Access-Control-Allow-Credentials", "true")
        .header("Access-Control-Allow-Methods", "PUT, DELETE")
        .header("Access-Control-Allow-Headers", "Accept, DPR, Save-Data, User-Agent, X-A")
        .header("Access-Control-Max-Age", max_age)
}

/// Returns the requests that are sent for an allowed request.
fn sent(browser: &mut Browser, request: &ScriptRequest) -> (Vec<OutgoingRequest>, Verdict) {
    let Transcript { exchanges, verdict, .. } = browser.run(&page(), request, |_| generous("100000"));
    (exchanges.into_iter().map(|exchange| exchange.request).collect(), verdict)
}

fn preflights(browser: &mut Browser, request: &ScriptRequest) -> usize {
    sent(browser, request).0.iter().filter(|request| request.preflight).count()
}

/// Returns the preflights of the standard, Chromium, Firefox and WebKit.
fn preflights_of_all(request: &ScriptRequest) -> [usize; 4] {
    ALL.map(|engine| preflights(&mut browser(engine), request))
}

#[test]
fn chromium_alone_sends_client_hints_unasked() {
    assert_eq!(preflights_of_all(&request().header("Save-Data", "on")), [1, 0, 1, 1]);
    assert_eq!(preflights_of_all(&request().header("DPR", "2")), [1, 0, 1, 1]);
}

/// As measured in Chromium 156.
#[test]
fn chromium_sends_a_client_hint_unasked_only_with_a_value_of_its_kind() {
    let unasked = |name: &str, values: &[&str], expected: bool| {
        for value in values {
            let preflights = preflights(&mut Browser::of(Engine::Chromium), &request().header(name, *value));
            assert_eq!(preflights == 0, expected, "{name}: {value}");
        }
    };
    for name in ["DPR", "Device-Memory", "downlink"] {
        unasked(name, &["0", "0.0", "1", "1.5", "001", "99999999999999999999", "1 "], true);
        unasked(name, &["", "1.", ".5", "1.5.1", "1e5", "inf", "NaN", "+1", "-1", "-0", "1,2"], false);
    }
    for name in ["RTT", "Viewport-Width", "width"] {
        unasked(name, &["0", "1", "001", "99999999999999999999"], true);
        unasked(name, &["", "0.0", "1.5", "1e5", "+1", "-0"], false);
    }
    unasked("ECT", &["slow-2g", "2g", "3g", "4g"], true);
    unasked("ECT", &["4G", "5g", "1"], false);
    unasked("Save-Data", &["on", "ON"], true);
    unasked("Save-Data", &["off", "1", ""], false);
}

#[test]
fn chromium_alone_drops_user_agent() {
    let request = request().header("User-Agent", "x");
    let has_line = |outgoing: &OutgoingRequest| outgoing.header("User-Agent").is_some();
    let arrives = ALL.map(|engine| sent(&mut browser(engine), &request).0.last().is_some_and(has_line));
    assert_eq!(arrives, [true, false, true, true]);
}

#[test]
fn firefox_alone_asks_about_bytes_beyond_ascii() {
    assert_eq!(preflights_of_all(&request().header("Accept", [0xe9])), [0, 0, 1, 0]);
    assert_eq!(preflights_of_all(&request().header("Accept", [0x80])), [0, 0, 1, 0]);
    assert_eq!(preflights_of_all(&request().method("POST").header("Accept-Language", [0xe9])), [1, 1, 1, 1]);
}

#[test]
fn a_stream_is_sent_refused_or_made_text() {
    let request = request().method("POST").body(Body::Stream);
    assert_eq!(preflights_of_all(&request), [1, 1, 0, 0]);
    let (as_text, _) = sent(&mut Browser::of(Engine::Firefox), &request);
    assert_eq!(as_text[0].headers[0], HeaderLine::new("Content-Type", "text/plain;charset=UTF-8"));
    let (nothing, verdict) = sent(&mut Browser::of(Engine::WebKit), &request);
    assert_eq!((nothing, verdict), (vec![], Verdict::RefusedByApi(Refusal::StreamNotSupported)));
}

#[test]
fn every_engine_has_its_own_longest_max_age() {
    let longest = |engine: Option<Engine>| {
        let mut browser = browser(engine);
        preflights(&mut browser, &request().method("PUT"));
        let put = Permission::Method("PUT".to_owned());
        browser.preflight_cache().find(|entry| entry.permission == put).map(|entry| entry.max_age.as_secs())
    };
    assert_eq!(ALL.map(longest), [Some(100_000), Some(7200), Some(86_400), Some(600)]);
}

#[test]
fn reload_and_no_store_ask_again_in_chromium_and_firefox() {
    for cache in [CacheMode::Reload, CacheMode::NoStore] {
        let asked_again = ALL.map(|engine| {
            let mut browser = browser(engine);
            preflights(&mut browser, &request().method("PUT"));
            preflights(&mut browser, &request().method("PUT").cache(cache))
        });
        assert_eq!(asked_again, [0, 1, 1, 0], "{cache:?}");
    }
}

#[test]
fn only_firefox_keeps_permissions_with_credentials_apart() {
    let with = request().method("PUT").credentials(CredentialsMode::Include);
    let asked_again = ALL.map(|engine| {
        let mut browser = browser(engine);
        preflights(&mut browser, &with);
        preflights(&mut browser, &request().method("PUT"))
    });
    assert_eq!(asked_again, [0, 0, 1, 0]);
}

#[test]
fn a_max_age_that_is_no_number_lasts_as_long_as_each_engine_thinks() {
    let remembered = |max_age: &str| {
        ALL.map(|engine| {
            let mut browser = browser(engine);
            browser.run(&page(), &request().method("PUT"), |_| generous(max_age));
            browser.advance(Duration::from_secs(4));
            browser.preflight_cache().count() > 0
        })
    };
    assert_eq!(remembered("-1"), [true, false, false, false]);
    for text in ["abc", "600.5", "+600"] {
        assert_eq!(remembered(text), [true, true, false, true], "{text}");
    }
    assert_eq!(remembered(""), [true; 4]);
}
