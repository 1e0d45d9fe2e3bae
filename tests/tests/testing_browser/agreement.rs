//! What is a redirect, and what is more than one origin, is decided once: the findings of the kit and the causes of explanations
//! agree on every answer.

use actix_web::http::StatusCode;
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Browser, Outcome};
use cors_browser::explain::Explanation;
use cors_tests::service::ALLOWED;

use crate::{complaint, put, request};

/// What a page gets that asks for PUT, or for GET, where everything is answered so.
async fn answered(status: u16, lines: &'static [(&'static str, &'static str)], is_put: bool) -> Outcome {
    let answer = move || {
        let mut response = HttpResponse::build(StatusCode::from_u16(status).expect("a status"));
        for line in lines {
            response.append_header(*line);
        }
        async move { response.finish() }
    };
    let app = init_service(App::new().default_service(web::to(answer))).await;
    Browser::at(ALLOWED).fetch(&app, if is_put { put("/x") } else { request("/x") }).await
}

fn code(outcome: &Outcome) -> &'static str {
    let Some(explanation) = Explanation::of(outcome.transcript()) else { panic!("{outcome}") };
    explanation.cause().code()
}

#[actix_web::test]
async fn findings_and_causes_agree() {
    const TO: (&str, &str) = ("Location", "/y");
    const OPEN: (&str, &str) = ("Access-Control-Allow-Origin", "*");
    let (redirected, several) =
        ("the preflight was redirected", "`Access-Control-Allow-Origin` has more than one value");
    let elsewhere = "no CORS policy answered the preflight for PUT /x";
    const TWO_SPACED: (&str, &str) = ("Access-Control-Allow-Origin", "https://app.example.com https://b.example");
    type Row = (u16, &'static [(&'static str, &'static str)], bool, &'static str, &'static str);
    let rows: [Row; 12] = [
        (308, &[TO], true, "preflight-redirected", redirected),
        (302, &[TO, OPEN], true, "preflight-redirected", redirected),
        // It leads nowhere, or is no redirect.
        (308, &[], true, "allow-origin-missing", elsewhere),
        (304, &[TO], true, "allow-origin-missing", elsewhere),
        (304, &[TO, OPEN], true, "preflight-status", elsewhere),
        (300, &[TO, OPEN], true, "preflight-status", elsewhere),
        (200, &[OPEN, OPEN], false, "several-allowed-origins", several),
        (
            200,
            &[("Access-Control-Allow-Origin", "https://app.example.com,*")],
            false,
            "several-allowed-origins",
            several,
        ),
        (200, &[TWO_SPACED], true, "several-allowed-origins", several),
        // Only what a policy answered is a policy's answer, whatever it looks like.
        (403, &[], true, "allow-origin-missing", elsewhere),
        (400, &[], true, "allow-origin-missing", elsewhere),
        (403, &[("Vary", "Origin")], true, "allow-origin-missing", elsewhere),
    ];
    for (status, lines, is_put, cause, told) in rows {
        let outcome = answered(status, lines, is_put).await;
        assert_eq!(code(&outcome), cause, "{status} {lines:?}");
        let text = complaint(&outcome);
        assert!(text.contains(told), "{status} {lines:?}: {told}\n{text}");
        let others = [redirected, several, elsewhere].into_iter().filter(|other| *other != told);
        assert_eq!(others.filter(|other| text.contains(other)).count(), 0, "{text}");
    }
}
