//! Rules without a case in the tables.

mod resource_policy;

use std::time::Duration;

use cors_browser::{
    At, Body, Browser, CredentialsMode, EmbedderPolicy, Engine, Mode, Page, ReferrerPolicy, Response, ScriptRequest,
    Verdict, is_forbidden_request_header,
};

fn page() -> Page {
    Page::at("https://app.example.com").expect("a URL")
}

fn put() -> ScriptRequest {
    ScriptRequest::new("https://api.example.com/").method("PUT")
}

fn allowing(max_age: &str) -> Response {
    Response::new(200)
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Methods", "PUT")
        .header("Access-Control-Allow-Headers", "*, Authorization")
        .header("Access-Control-Max-Age", max_age)
}

/// Returns the number of requests.
fn requests(browser: &mut Browser, page: &Page, request: &ScriptRequest, response: &Response) -> usize {
    browser.run(page, request, |_| response.clone()).exchanges.len()
}

/// Redirects once, and returns what arrives at the end.
fn redirected(from: &str, status: u16, request: ScriptRequest) -> (Verdict, Vec<Option<String>>) {
    let mut origins = Vec::new();
    let verdict = Browser::new()
        .run(&Page::at(from).expect("a URL"), &request, |outgoing| {
            origins.push(outgoing.header("Origin").map(|value| String::from_utf8_lossy(value).into_owned()));
            let mut response = allowing("0").header("Referrer-Policy", "bogus, no-referrer, ");
            if !outgoing.preflight && !outgoing.url.ends_with("/end") {
                response.status = status;
                response = response.header("Location", "/end");
            }
            response
        })
        .verdict;
    (verdict, origins)
}

fn blocked(verdict: Verdict) -> (&'static str, At) {
    match verdict {
        Verdict::Blocked(blocked) => (blocked.reason.code(), blocked.at),
        verdict => panic!("not blocked: {verdict:?}"),
    }
}

#[test]
fn permissions_are_kept_for_each_site_apart() {
    let mut browser = Browser::new();
    let framed = |site| page().framed_by(site);
    assert_eq!(requests(&mut browser, &framed("https://one.example"), &put(), &allowing("60")), 2);
    assert_eq!(requests(&mut browser, &framed("https://two.example"), &put(), &allowing("60")), 2);
    assert_eq!(requests(&mut browser, &framed("https://one.example"), &put(), &allowing("60")), 1);
}

#[test]
fn a_remembered_wildcard_does_not_cover_authorization() {
    let mut browser = Browser::new();
    let star =
        Response::new(200).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Headers", "*");
    let get = ScriptRequest::new("https://api.example.com/");
    assert_eq!(requests(&mut browser, &page(), &get.clone().header("X-A", "1"), &star), 2);
    assert_eq!(requests(&mut browser, &page(), &get.clone().header("X-B", "1"), &star), 1);
    assert_eq!(requests(&mut browser, &page(), &get.header("Authorization", "x"), &allowing("60")), 2);
}

#[test]
fn a_permission_that_comes_again_lasts_as_long_as_the_new_answer_says() {
    let mut browser = Browser::new();
    assert_eq!(requests(&mut browser, &page(), &put(), &allowing("5")), 2);
    browser.advance(Duration::from_secs(3));
    let other = ScriptRequest::new("https://api.example.com/").header("Authorization", "x").method("DELETE");
    assert_eq!(
        requests(&mut browser, &page(), &other, &allowing("600").header("Access-Control-Allow-Methods", "DELETE")),
        2
    );
    browser.advance(Duration::from_secs(100));
    assert_eq!(requests(&mut browser, &page(), &put(), &allowing("5")), 1);
}

#[test]
fn a_permission_of_no_time_is_gone_at_once() {
    let mut browser = Browser::new();
    assert_eq!(requests(&mut browser, &page(), &put(), &allowing("0")), 2);
    assert_eq!(requests(&mut browser, &page(), &put(), &allowing("0")), 2);
}

#[test]
fn a_stream_cannot_be_sent_again() {
    let upload = || ScriptRequest::new("https://api.example.com/").method("POST").body(Body::Stream);
    let (verdict, _) = redirected("https://app.example.com", 307, upload());
    assert_eq!(blocked(verdict), ("redirect-with-stream-body", At::Redirect));
    let (verdict, _) = redirected("https://app.example.com", 303, upload());
    assert!(matches!(verdict, Verdict::Readable(_)), "a GET has no body: {verdict:?}");
}

#[test]
fn a_stream_needs_cors_or_the_same_origin() {
    let upload = ScriptRequest::new("https://api.example.com/").method("POST").body(Body::Stream).mode(Mode::NoCors);
    let verdict = Browser::new().run(&page(), &upload, |_| -> Response { panic!("nothing is sent") }).verdict;
    assert!(matches!(&verdict, Verdict::RefusedByApi(refusal) if refusal.code() == "stream-in-no-cors"), "{verdict:?}");
}

#[test]
fn every_name_of_the_same_origin_is_readable_but_those_of_cookies() {
    let own = ScriptRequest::new("https://app.example.com/x");
    let answer = Response::new(200).header("Set-Cookie", "a=b").header("X-Cost", "7");
    let Verdict::Readable(readable) = Browser::new().run(&page(), &own, |_| answer.clone()).verdict else {
        panic!("not readable");
    };
    assert_eq!(readable.headers, ["x-cost"]);
}

#[test]
fn a_stream_needs_tls_for_browsers_speak_http_2_nowhere_else() {
    let upload = |url: &str| ScriptRequest::new(url).method("POST").body(Body::Stream);
    let run = |browser: &mut Browser, url: &str| {
        let mut sent = Vec::new();
        let verdict = browser
            .run(&Page::at("http://app.example.com").expect("a URL"), &upload(url), |request| {
                sent.push(request.method.clone());
                Response::new(200).header("Access-Control-Allow-Origin", "*")
            })
            .verdict;
        (sent.join(" "), if let Verdict::Blocked(blocked) = verdict { blocked.reason.code() } else { "" })
    };
    let failed = |sent: &str| (sent.to_owned(), "stream-needs-http-2");
    assert_eq!(run(&mut Browser::new(), "http://api.example.com/"), failed("OPTIONS"));
    assert_eq!(run(&mut Browser::of(Engine::Chromium), "http://api.example.com/"), failed("OPTIONS"));
    assert_eq!(run(&mut Browser::new(), "http://app.example.com/"), failed(""));
    assert_eq!(run(&mut Browser::new(), "https://api.example.com/"), ("OPTIONS POST".to_owned(), ""));
    // Firefox sends the stream as text.
    assert_eq!(run(&mut Browser::of(Engine::Firefox), "http://api.example.com/"), ("POST".to_owned(), ""));
}

#[test]
fn what_needs_no_server_is_local_and_what_has_none_is_blocked() {
    let fetch = |url: &str| Browser::new().fetch(&page(), &ScriptRequest::new(url)).end().verdict;
    assert_eq!(fetch("data:text/plain,x"), Verdict::Local);
    assert_eq!(fetch("blob:https://app.example.com/0-1"), Verdict::Local);
    for url in ["blob:https://api.example.com/0-1", "ftp://api.example.com/", "about:blank", "file:///etc/hosts"] {
        assert_eq!(blocked(fetch(url)), ("scheme", At::Request), "{url}");
    }
}

#[test]
fn the_referrer_policy_decides_about_the_origin_outside_of_cors() {
    let own = || ScriptRequest::new("https://app.example.com/start").method("POST").mode(Mode::SameOrigin);
    let (_, origins) = redirected("https://app.example.com", 307, own());
    let named = Some("https://app.example.com".to_owned());
    assert_eq!(origins, [named.clone(), Some("null".to_owned())], "the redirect said no-referrer");

    let origin = |policy, url: &str| {
        let mut origin = None;
        let request = ScriptRequest::new(url).method("POST").mode(Mode::NoCors).referrer_policy(policy);
        Browser::new().run(&page(), &request, |outgoing| {
            origin = outgoing.header("Origin").map(|value| String::from_utf8_lossy(value).into_owned());
            Response::new(200)
        });
        origin.unwrap_or_default()
    };
    use ReferrerPolicy::{NoReferrer, Origin, SameOrigin, StrictOrigin};
    for (policy, safe, insecure) in [
        (NoReferrer, "null", "null"),
        (SameOrigin, "null", "null"),
        (StrictOrigin, "https://app.example.com", "null"),
        (Origin, "https://app.example.com", "https://app.example.com"),
    ] {
        let origins = (origin(policy, "https://api.example.com/"), origin(policy, "http://api.example.com/"));
        assert_eq!((origins.0.as_str(), origins.1.as_str()), (safe, insecure), "{policy:?}");
    }
}

#[test]
fn mode_no_cors_takes_headers_only_as_long_as_their_line_is_safelisted() {
    let request = ScriptRequest::new("https://api.example.com/")
        .mode(Mode::NoCors)
        .header("X-A", "1")
        .header("Range", "bytes=0-")
        .header("Accept", "a".repeat(100))
        .header("accept", "b".repeat(26))
        .header("accept", "c");
    let mut arrived = Vec::new();
    Browser::new().run(&page(), &request, |outgoing| {
        arrived = outgoing.headers.iter().map(|line| (line.name.clone(), line.value.len())).collect();
        Response::new(200)
    });
    assert_eq!(arrived, [("Accept".to_owned(), 100), ("accept".to_owned(), 26)]);
}

#[test]
fn an_extension_has_an_origin_of_its_own() {
    let page = Page::at("chrome-extension://abcdefgh/popup.html").expect("a URL");
    assert_eq!(page.origin(), "chrome-extension://abcdefgh");
    let request = ScriptRequest::new("https://api.example.com/").credentials(CredentialsMode::Include);
    let verdict = Browser::new()
        .run(&page, &request, |_| {
            Response::new(200)
                .header("Access-Control-Allow-Origin", "chrome-extension://abcdefgh")
                .header("Access-Control-Allow-Credentials", "true")
        })
        .verdict;
    assert!(matches!(verdict, Verdict::Readable(_)), "{verdict:?}");
}

#[test]
fn a_comma_in_quotes_does_not_part_the_methods_that_a_header_asks_for() {
    let forbidden = |value: &str| is_forbidden_request_header("X-HTTP-Method", value.as_bytes());
    assert!(!forbidden(r#""a, TRACE, b""#));
    assert!(!forbidden(r#""a\", TRACE, b""#));
    assert!(forbidden(r#""a\\", TRACE, b"#));
    assert!(forbidden("PUT,\ttrace "));
}

#[test]
fn a_preflight_is_remembered_until_its_time_has_passed() {
    let mut browser = Browser::new();
    let asked = |browser: &mut Browser| requests(browser, &page(), &put(), &allowing("60"));
    assert_eq!(asked(&mut browser), 2);
    browser.advance(Duration::from_millis(59_999));
    assert_eq!(asked(&mut browser), 1);
    browser.advance(Duration::from_millis(1));
    assert_eq!(asked(&mut browser), 2);
}

#[test]
fn a_lost_connection_is_a_network_error() {
    let mut browser = Browser::new();
    let transcript = browser.fetch(&page(), &put()).end();
    assert!(transcript.exchanges.is_empty() && transcript.unanswered.is_some_and(|request| request.preflight));
    assert_eq!(transcript.verdict, Verdict::Unanswered);
}

#[test]
fn a_lost_connection_removes_what_was_remembered() {
    let asked_again =
        [Browser::new(), Browser::of(Engine::Firefox), Browser::of(Engine::Chromium)].map(|mut browser| {
            assert_eq!(requests(&mut browser, &page(), &put(), &allowing("60")), 2);
            assert_eq!(browser.fetch(&page(), &put()).end().verdict, Verdict::Unanswered);
            requests(&mut browser, &page(), &put(), &allowing("60")) == 2
        });
    assert_eq!(asked_again, [true, true, false]);
}

#[test]
fn a_preflight_has_no_body() {
    let exchanges = Browser::new().run(&page(), &put().body(Body::Text), |_| allowing("0")).exchanges;
    let sent = exchanges.iter().map(|exchange| (exchange.request.preflight, exchange.request.body));
    assert_eq!(sent.collect::<Vec<_>>(), [(true, false), (false, true)]);
}
