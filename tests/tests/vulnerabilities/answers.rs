//! What is answered.

use actix_web::App;
use actix_web::http::header::{self, HeaderValue};
use actix_web::test::init_service;
use allocation_counter::measure;
use cors_actix::{Cors, PolicyDraft};
use cors_core::{Decision, Lines, Request, decide};
use cors_tests::cors_of;
use cors_tests::service::{REFUSED, preflight, respond};

use crate::{answers, anybody, assert_strangers, codes, draft};

#[actix_web::test]
async fn m13_every_answer_that_could_be_another_names_origin_in_vary() {
    let names_origin =
        |line: &String| line.starts_with("vary: ") && line.split([' ', ',']).any(|name| name == "origin");
    for origins in [["https://app.example.com"].as_slice(), &[REFUSED], &["null"], &[]] {
        for answer in answers(&draft(), origins).await {
            assert!(answer.iter().any(names_origin), "{origins:?} {answer:?}");
        }
    }
}

#[actix_web::test]
async fn m14_vary_is_never_copied_from_the_request() {
    let app = init_service(App::new().wrap(Cors::new(draft().validate().expect("valid")))).await;
    let vary = "vary: access-control-request-headers, access-control-request-method, origin".to_owned();
    for names in ["*", "x-a, *", "cookie", "x-\u{e9}"] {
        let request = preflight("https://app.example.com", "/");
        let value = HeaderValue::from_bytes(names.as_bytes()).expect("a header value");
        let request =
            request.insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, value)).insert_header((header::VARY, "x-b"));
        assert_eq!(cors_of(respond(&app, request).await.headers()).last(), Some(&vary), "{names}");
    }
}

#[actix_web::test]
async fn m15_there_is_one_allowed_origin_and_one_value() {
    let (ours, other) = ("https://app.example.com", "https://a.example.org");
    for origins in [[ours, other].as_slice(), &[ours, ours], &["https://app.example.com, https://a.example.org"]] {
        assert_eq!(answers(&draft(), origins).await, [["vary: origin"]; 3], "{origins:?}");
    }
    let listed = PolicyDraft::new().origins(["https://a.example, https://b.example"]);
    assert!(listed.validate().is_err());
}

#[actix_web::test]
async fn m16_forbidden_names_are_mistakes() {
    let draft_of = || PolicyDraft::new().origins(["https://app.example.com"]);
    for name in ["Set-Cookie", "set-cookie2"] {
        assert_eq!(codes(&draft_of().expose_headers([name])), ["forbidden-name"], "{name}");
    }
    for name in ["Cookie", "Host", "Sec-Fetch-Site", "Proxy-Authorization"] {
        assert_eq!(codes(&draft_of().allow_headers([name])), ["forbidden-name"], "{name}");
    }
    for name in ["TRACE", "CONNECT", "TRACK", "trace"] {
        assert_eq!(codes(&draft_of().methods([name])), ["forbidden-name"], "{name}");
        let app = init_service(App::new().wrap(Cors::new(draft().validate().expect("valid")))).await;
        let request =
            preflight("https://app.example.com", "/").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, name));
        let response = respond(&app, request).await;
        assert_eq!(
            (response.status().as_u16(), cors_of(response.headers())),
            (403, vec!["vary: origin".to_owned()]),
            "{name}"
        );
    }
}

/// Time is measured elsewhere, in instructions; here, that nothing is kept of a long list, and that none is sent back.
#[actix_web::test]
async fn m17_a_long_list_of_request_headers_costs_no_memory() {
    let names = |count: usize| (0..count).map(|n| format!("x-{n:04}")).collect::<Vec<_>>().join(",");
    for draft in [draft(), anybody()] {
        let policy = draft.validate().expect("valid");
        let app = init_service(App::new().wrap(Cors::new(policy.clone()))).await;
        for list in [",".repeat(8192), names(1000), names(1), "x".repeat(4096), "x".repeat(4097)] {
            let lines = [list.as_bytes()];
            let request = Request::new(b"OPTIONS")
                .origin(Lines::One(b"https://app.example.com"))
                .access_control_request_method(Lines::One(b"PUT"))
                .access_control_request_headers(&lines);
            assert_eq!(
                measure(|| assert!(matches!(decide(&policy, &request), Decision::Answer(Ok(_))))).count_total,
                0
            );

            let request = preflight("https://app.example.com", "/");
            let request = request.insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, list.as_str()));
            let response = respond(&app, request).await;
            let sent = response.headers().get(header::ACCESS_CONTROL_ALLOW_HEADERS).map_or(0, HeaderValue::len);
            assert!(sent <= 4096 && sent <= list.len().max("*, Authorization".len()), "{sent}");
        }
    }
}

/// Nothing of a request that is refused comes out again, neither in the response nor in the reason.
#[actix_web::test]
async fn m18_a_refused_request_leaves_no_bytes_behind() {
    let origin = "https://evil.test\u{9b}31m%0d%0aset-cookie: stolen=1";
    assert_strangers(&[origin]).await;
    let policy = draft().validate().expect("valid");
    let request = Request::new(b"OPTIONS").origin(Lines::One(b"https://evil.test\r\nINFO forged"));
    let decision = decide(&policy, &request.access_control_request_method(Lines::One(b"PUT\r\nforged")));
    assert_eq!(format!("{decision:?}"), "Answer(Err(OriginNotListed))");
}

#[actix_web::test]
async fn m19_access_to_private_networks_is_never_granted() {
    for draft in [draft(), anybody()] {
        let app = init_service(App::new().wrap(Cors::new(draft.validate().expect("valid")))).await;
        for name in ["access-control-request-private-network", "access-control-request-local-network"] {
            let request = preflight("https://app.example.com", "/").insert_header((name, "true"));
            let response = respond(&app, request).await;
            assert_eq!(response.status(), 204);
            assert!(response.headers().keys().all(|name| !name.as_str().contains("-network")), "{response:?}");
        }
    }
}
