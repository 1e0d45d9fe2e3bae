//! What is said of outcomes that are no mistake of the app.

use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::cors_policy;
use cors_actix::testing::{Browser, Engine, Mode, Outcome, RedirectMode, ScriptRequest};
use cors_tests::service::{ALLOWED, CORS, REFUSED};

use crate::{complaint, panic_of, put, request};

#[actix_web::test]
async fn an_outcome_tells_what_was_sent_and_answered() {
    let app = init_service(App::new().wrap(CORS)).await;
    let outcome = Browser::at(ALLOWED).fetch(&app, put("/x").header("X-Token", "7")).await;
    assert_eq!(
        outcome.to_string(),
        "a page of https://app.example.com can read the answer
> OPTIONS https://api.example.com/x
> Accept: */*
> Access-Control-Request-Method: PUT
> Access-Control-Request-Headers: x-token
> Origin: https://app.example.com
< 204 No Content
< access-control-allow-credentials: true
< access-control-allow-headers: X-Token
< access-control-allow-methods: PUT
< access-control-allow-origin: https://app.example.com
< access-control-max-age: 600
< vary: Origin
> PUT https://api.example.com/x
> X-Token: 7
> Origin: https://app.example.com
< 404 Not Found
< access-control-allow-credentials: true
< access-control-allow-origin: https://app.example.com
< access-control-expose-headers: X-Request-Id
< vary: Origin
the page reads 404 Not Found"
    );
}

#[actix_web::test]
async fn what_a_policy_refuses_is_no_mistake_in_wrapping() {
    let cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };
    let app = init_service(App::new().wrap(cors)).await;
    for (request, asked, step, told) in [
        (
            request("/x"),
            "GET https://api.example.com/x",
            "the answer",
            "the answer of https://api.example.com/x has no Access-Control-Allow-Origin, so the browser does not show it to the \
             page of https://evil.example",
        ),
        (
            put("/x"),
            "OPTIONS https://api.example.com/x\n> Accept: */*\n> Access-Control-Request-Method: PUT",
            "the answer to the preflight",
            "the answer to the preflight of https://api.example.com/x has no Access-Control-Allow-Origin, so the browser does \
             not send the request",
        ),
    ] {
        let outcome = Browser::at(REFUSED).engine(Engine::Chromium).fetch(&app, request).await;
        let text = complaint(&outcome);
        let expected = format!(
            "a page of https://evil.example in Chromium cannot read the answer
> {asked}
> Origin: https://evil.example
< 403 Forbidden
< vary: Origin
{step} is blocked: allow-origin-missing (CHK-1), https://fetch.spec.whatwg.org/#concept-cors-check
{told}
help: "
        );
        assert!(text.starts_with(&expected), "{text}");
    }
}

#[actix_web::test]
async fn what_a_policy_lacks_is_told_in_its_words() {
    let app = init_service(App::new().wrap(CORS)).await;
    let delete = || request("/x").method("DELETE");
    let told = "\nthe answer to the preflight is blocked: method-not-allowed (PRE-13), \
                https://fetch.spec.whatwg.org/#cors-preflight-fetch
the answer to the preflight of https://api.example.com/x does not allow the method DELETE; Access-Control-Allow-Methods lists PUT
help: ";
    let unknown = complaint(&Browser::at(ALLOWED).fetch(&app, delete()).await);
    assert!(unknown.contains(&format!("{told}send on the answer to the preflight\n")), "{unknown}");
    let known = complaint(&Browser::at(ALLOWED).policy(&CORS.policy()).fetch(&app, delete()).await);
    assert!(known.ends_with(&format!("{told}write in the policy\n    methods: [PUT, DELETE],")), "{known}");
}

#[actix_web::test]
async fn what_is_no_answer_says_why() {
    let app = App::new().wrap(CORS).service(web::redirect("/old", "/new")).route("/x", web::get().to(HttpResponse::Ok));
    let app = init_service(app).await;
    for (request, told) in [
        (request("/x").mode(Mode::NoCors), "a page cannot read an answer in mode no-cors"),
        (request("/old").redirect(RedirectMode::Manual), "a page cannot read a redirect in redirect mode manual"),
        (
            request("/old").redirect(RedirectMode::Error),
            "the redirect is blocked: redirect-mode-error (RED-1), https://fetch.spec.whatwg.org/#concept-http-fetch",
        ),
        (ScriptRequest::new("data:,x"), "no request is sent: the URL contains what the page reads"),
        (
            request("/x").method("TRACE"),
            "fetch() throws: method-forbidden (MET-2), https://fetch.spec.whatwg.org/#dom-request",
        ),
        (
            request("/x").mode(Mode::SameOrigin),
            "the request is blocked: cross-origin-in-same-origin-mode (PRE-2), \
             https://fetch.spec.whatwg.org/#concept-main-fetch",
        ),
    ] {
        let text = complaint(&Browser::at(ALLOWED).fetch(&app, request).await);
        assert!(text.lines().any(|line| line == told), "{text}");
        assert!(text.starts_with("a page of https://app.example.com cannot read the answer\n"), "{text}");
    }
}

#[actix_web::test]
async fn an_assertion_of_another_outcome_fails_with_the_story() {
    let app = init_service(App::new().wrap(CORS)).await;
    let read = Browser::at(ALLOWED).fetch(&app, request("/x")).await;
    let text = panic_of(|| read.assert_blocked("allow-origin-missing"));
    assert_eq!(text, format!("not blocked by allow-origin-missing:\n{read}"));

    let blocked = Browser::at(REFUSED).fetch(&app, request("/x")).await;
    let text = panic_of(|| blocked.assert_blocked("allow-origin-mismatch"));
    assert_eq!(text, format!("not blocked by allow-origin-mismatch:\n{blocked}"));
    let assertions: [fn(&Outcome); 3] = [
        |outcome| outcome.assert_readable(),
        |outcome| assert_eq!(outcome.status(), 200),
        |outcome| assert_eq!(outcome.readable_header("x-request-id"), None),
    ];
    for assertion in assertions {
        assert_eq!(panic_of(|| assertion(&blocked)), blocked.to_string());
    }

    let thrown = Browser::at(ALLOWED).fetch(&app, request("/x").method("TRACE")).await;
    thrown.assert_blocked("method-forbidden");
    assert_eq!(panic_of(|| drop(Browser::at("app.example.com"))), "\"app.example.com\" is no URL");
}

#[actix_web::test]
async fn not_readable_is_what_was_asked_for_and_cannot_be_read() {
    let app = init_service(App::new().wrap(CORS)).await;
    let mut stranger = Browser::at(REFUSED);
    stranger.fetch(&app, request("/x")).await.assert_not_readable();
    stranger.fetch(&app, put("/x")).await.assert_not_readable();
    stranger.fetch(&app, request("/x").mode(Mode::NoCors)).await.assert_not_readable();

    let readable = Browser::at(ALLOWED).fetch(&app, request("/x")).await;
    assert!(panic_of(|| readable.assert_not_readable()).ends_with("the page reads 404 Not Found"));
    // Nothing was sent, so nothing was tested.
    for url in ["data:,x", "https://user:password@api.example.com/"] {
        let outcome = stranger.fetch(&app, ScriptRequest::new(url)).await;
        assert!(panic_of(|| outcome.assert_not_readable()).contains("cannot read"), "{url}");
    }
}

#[actix_web::test]
async fn a_method_is_a_text_or_that_of_the_crate_http() {
    use actix_web::http::Method;

    let put = request("/x").method("PUT");
    assert_eq!(put, request("/x").method(Method::PUT));
    let text = String::from("PUT");
    assert_eq!(put, request("/x").method(&text));
    assert_eq!(put, request("/x").method(text));
    assert_eq!(put, request("/x").method(&Method::PUT));
}
