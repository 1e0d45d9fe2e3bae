//! What would happen, by the policy alone.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, Origin, PolicyDraft};
use cors_tests::service::{ALLOWED, CORS, REFUSED, from, preflight, respond};
use serde_json::json;

use super::{json, local, marked, said, state};

async fn ask(query: &str) -> serde_json::Value {
    let app = super::app(super::inspector().policy(CORS)).await;
    json(&app, local(&format!("/__cors/ask?{query}"))).await
}

#[actix_web::test]
async fn the_form_says_what_a_policy_and_a_browser_would_do() {
    const APP: &str = "origin=https://app.example.com";
    let rows = [
        (format!("{APP}&method=GET&path=/"), "readable"),
        (format!("{APP}&method=put&path=/"), "readable"),
        (format!("{APP}&method=PUT&path=/&headers=X-Token:+1&credentials=include"), "readable"),
        (format!("{APP}&method=DELETE&path=/"), "method-not-allowed"),
        (format!("{APP}&method=patch&path=/"), "method-not-allowed"),
        (format!("{APP}&method=POST&path=/&headers=Content-Type:+application/json"), "header-not-allowed"),
        (format!("{APP}&method=POST&path=/&headers=Content-Type:+text/plain"), "readable"),
        (format!("{APP}&method=GET&path=/&headers=X-Token:+1%0AX-Other"), "header-not-allowed"),
        (format!("{APP}&method=TRACE&path=/"), "method-forbidden"),
        ("origin=https://evil.example&method=GET&path=/".to_owned(), "allow-origin-missing"),
        ("origin=null&method=GET&path=/".to_owned(), "allow-origin-missing"),
        ("origin=http://localhost:8080&method=DELETE&path=/".to_owned(), "readable"),
    ];
    for (query, code) in rows {
        assert_eq!(ask(&query).await["code"], code, "{query}");
    }
    assert_eq!(
        ask(&format!("{APP}&method=TRACE")).await["reason"]["text"],
        "fetch() throws, and nothing is sent: browsers let no script send TRACE"
    );
    assert_eq!(
        ask("origin=app.example.com").await["mistake"],
        "\"app.example.com\" is no URL: write https://app.example.com, say"
    );
    assert_eq!(ask("policy=7&origin=https://a.example").await["mistake"], "there is no such policy");
}

#[actix_web::test]
async fn the_form_draws_the_same_picture() {
    let picture = ask("origin=https://app.example.com&method=DELETE&path=/notes").await;
    assert_eq!(
        said(&picture),
        [
            "The browser asks first: may I DELETE?",
            "Your policy answers, no handler runs",
            "Your server answers: permission, but not for DELETE",
            "The browser stops here",
        ]
    );
    assert_eq!(marked(&picture), ["bad: Access-Control-Allow-Methods: PUT"]);
}

#[actix_web::test]
async fn the_form_calls_no_handler_and_asks_no_source() {
    let calls = Arc::new(AtomicUsize::new(0));
    let (of_source, of_handler) = (Arc::clone(&calls), Arc::clone(&calls));
    let source = move |_: Origin| {
        of_source.fetch_add(1, Ordering::SeqCst);
        async { Ok::<_, Infallible>(true) }
    };
    let handler = move || {
        of_handler.fetch_add(1, Ordering::SeqCst);
        async { HttpResponse::Ok().finish() }
    };
    let (tenants, _) = Cors::with_source(PolicyDraft::new().methods(["PUT"]), source).unwrap();
    let inspector = super::inspector().policy(tenants.clone().name("tenants"));
    let app = init_service(App::new().default_service(web::to(handler)).wrap(tenants).wrap(inspector)).await;
    let picture = json(&app, local("/__cors/ask?origin=https://tenant.example&method=PUT&path=/x")).await;
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    assert_eq!(picture["verdict"], "depends");
    assert_eq!(picture["title"], "Depends on the source: blocked if it does not know the origin, readable if it does");
    assert_eq!(
        picture["assumed"],
        "This picture assumes that the source does not know the origin: this page never asks the source."
    );
    let other = &picture["otherwise"];
    assert_eq!((&other["when"], &other["verdict"]), (&json!("If the source knows the origin"), &json!("readable")));
}

#[actix_web::test]
async fn what_is_blocked_says_how_the_form_asks_about_it_and_is_blocked_there_too() {
    let other = CORS.name("other");
    let app = super::app(super::inspector().policy(other).policy(CORS)).await;
    let put = preflight(ALLOWED, "/notes").insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, "x-other,x-token"));
    let post =
        from(REFUSED, TestRequest::post().uri("/notes?query")).insert_header((header::CONTENT_TYPE, "text/plain"));
    for (request, policy, origin, method, headers) in [
        (put, "1", ALLOWED, "PUT", "x-other\nx-token"),
        (post, "1", REFUSED, "POST", "Content-Type: text/plain"),
        (from(ALLOWED, TestRequest::get().uri("/open")), "0", ALLOWED, "GET", ""),
    ] {
        respond(&app, request.insert_header((header::HOST, "localhost:8080"))).await;
        let picture = &state(&app).await["pictures"][0];
        let form = &picture["form"];
        let path = &picture["path"];
        let expected = json!({
            "policy": policy, "origin": origin, "method": method, "path": path, "headers": headers,
            "credentials": "same-origin",
        });
        assert_eq!(*form, expected);
        if policy == "1" {
            let fields: Vec<_> = form.as_object().unwrap().iter().collect();
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields.into_iter().map(|(name, value)| (name, value.as_str().unwrap())))
                .finish();
            let asked = json(&app, local(&format!("/__cors/ask?{query}"))).await;
            assert_eq!((&asked["code"], &asked["page"]), (&picture["code"], &picture["page"]));
        }
    }
    respond(&app, from(ALLOWED, TestRequest::get().uri("/notes"))).await;
    assert_eq!(state(&app).await["pictures"][0]["form"], json!(null), "that is readable");
}
