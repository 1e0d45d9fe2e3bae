//! Who is allowed.

use cors_core::{Decision, Denial, Lines, PolicyDraft, Request, decide};
use cors_tests::service::REFUSED;

use crate::{answers, anybody, assert_allowed, assert_mistakes, assert_strangers, codes, draft};

#[actix_web::test]
async fn m01_no_policy_reflects_any_origin_with_credentials() {
    assert_eq!(codes(&PolicyDraft::new().origins("*").credentials(true)), ["wildcard-with-credentials"]);
    assert_eq!(codes(&PolicyDraft::new().origins(["*"]).credentials(true)), ["wildcard-with-credentials"]);
    for answer in answers(&anybody(), &[REFUSED]).await {
        assert!(answer.contains(&"access-control-allow-origin: *".to_owned()), "{answer:?}");
        assert!(!answer.iter().any(|line| line.starts_with("access-control-allow-credentials")), "{answer:?}");
    }
    assert_strangers(&[REFUSED]).await;
}

#[test]
fn m02_a_near_wildcard_is_a_mistake() {
    assert_mistakes(true, &["h*", "https://*", "*://example.com", "https://*example.com"], "wildcard-elsewhere");
    assert_mistakes(false, &["h*", "https://*", "https://a.*.com", "https://*.*.com"], "wildcard-elsewhere");
    assert_mistakes(true, &["https://*.com", "https://*.com:*"], "public-suffix-with-credentials");
}

#[actix_web::test]
async fn m03_a_longer_host_that_begins_alike_does_not_match() {
    assert_allowed("https://app.example.com").await;
    assert_strangers(&[
        "https://app.example.com.evil.test",
        "https://app.example.community",
        "http://localhost.evil.test",
    ])
    .await;
}

#[actix_web::test]
async fn m04_a_suffix_without_a_label_boundary_does_not_match() {
    assert_allowed("https://a.example.org").await;
    assert_strangers(&["https://evilexample.org", "https://evilapp.example.com", "https://a-example.org"]).await;
    // Two hosts of one policy do not make a third.
    assert_strangers(&["https://app.example.org.example.com", "https://app.example.comexample.org"]).await;
}

#[actix_web::test]
async fn m05_an_origin_that_contains_another_does_not_match() {
    assert_strangers(&[
        "https://evil.test/https://app.example.com",
        "https://evil.test?https://app.example.com",
        "https://evil.test#.example.org",
        "https://app.example.com@evil.test",
        "https://evil.test/.example.org",
        "https://a.example.org.evil.test",
    ])
    .await;
}

#[actix_web::test]
async fn m06_a_dot_stands_for_nothing_but_a_dot() {
    assert_strangers(&[
        "https://appxexample.com",
        "https://app.examplexcom",
        "https://a.examplexorg",
        "https://axexample.org",
    ])
    .await;
}

#[actix_web::test]
async fn m07_a_special_character_in_a_host_does_not_match() {
    for character in "!$&'()*+,;=~{}|\"`%^ /\\?#@:<>[]\u{e9}".chars().map(String::from).chain([
        "%60".into(),
        "%0b".into(),
        "%2e".into(),
    ]) {
        assert_strangers(&[
            &format!("https://evil.test{character}.example.org"),
            &format!("https://evil{character}example.org"),
            &format!("https://app.example.com{character}.evil.test"),
            &format!("https://app.example.com{character}"),
            &format!("http://localhost{character}.evil.test"),
        ])
        .await;
    }
    // Control characters, which HTTP does not carry.
    let policy = draft().validate().expect("a valid policy");
    for origin in
        [b"https://evil.test\x0b.example.org".as_slice(), b"https://a\0.example.org", b"https://a\r\n.example.org"]
    {
        let preflight = Request::new(b"OPTIONS").access_control_request_method(Lines::One(b"PUT"));
        let decision = decide(&policy, &preflight.origin(Lines::One(origin)));
        assert_eq!(decision, Decision::Answer(Err(Denial::OriginNotListed)));
    }
}

#[actix_web::test]
async fn m08_null_is_neither_trusted_nor_sent() {
    assert_mistakes(false, &["null"], "unsafe-origin");
    assert_strangers(&["null", "Null", "NULL", ""]).await;
    for answer in answers(&anybody(), &["null"]).await {
        assert!(answer.contains(&"access-control-allow-origin: *".to_owned()), "{answer:?}");
    }
}

#[actix_web::test]
async fn m09_an_http_origin_is_not_trusted_with_credentials() {
    assert_mistakes(
        true,
        &["http://app.example.com", "http://*.example.com", "http://app.example.com:*"],
        "insecure-with-credentials",
    );
    assert_strangers(&["http://app.example.com", "http://a.example.org", "http://a.example.net:8080"]).await;
}

#[test]
fn m10_all_sites_below_a_public_suffix_are_not_trusted_with_credentials() {
    let suffixes = ["https://*.github.io", "https://*.co.uk", "https://*.com", "https://*.herokuapp.com:*"];
    assert_mistakes(true, &suffixes, "public-suffix-with-credentials");
    let above =
        ["https://*.amazonaws.com", "https://*.core.windows.net", "https://*.windows.net:*", "https://*.ovh.net"];
    assert_mistakes(true, &above, "public-suffix-with-credentials");
}

#[actix_web::test]
async fn m11_a_trailing_wildcard_ends_where_it_stands() {
    assert_mistakes(
        true,
        &["https://example.com*", "https://example.*", "https://example.com/*", "https://a.example.com:8*"],
        "wildcard-elsewhere",
    );
    assert_allowed("http://localhost:3000").await;
    assert_allowed("http://localhost").await;
    assert_strangers(&[
        "http://localhost:",
        "http://localhost:x",
        "http://localhost:80.evil.test",
        "http://localhost:3000/",
    ])
    .await;
    assert_strangers(&["http://localhos", "http://localhosts", "http://localhost:65536", "http://localhost:080"]).await;
}

#[actix_web::test]
async fn m12_an_empty_label_does_not_match() {
    assert_strangers(&[
        "https://.example.org",
        "https://a..example.org",
        "https://.a.example.org",
        "https://example.org",
    ])
    .await;
    assert_strangers(&["https://.example.net:8443", "https://a.example.org.", "https://"]).await;
}

#[actix_web::test]
async fn m20_an_invalid_origin_gets_no_grants_on_simple_requests_either() {
    assert_strangers(&["", "x", "https", "https://", "https:/app.example.com", "https://app.example.com/", "*"]).await;
    assert_strangers(&["https://APP.example.com", "https://app.example.com:443", "https://user@app.example.com"]).await;
}
