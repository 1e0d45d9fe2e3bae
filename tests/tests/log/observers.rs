//! The application's own observers.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use actix_web::dev::{Service, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{
    Cors, Decided, NestingConflict, Observer, Origin, PolicyDraft, PolicyName, RuleDraft, SourceAnswer, cors_policy,
};
use cors_tests::service::{ALLOWED, REFUSED, from, preflight, respond};

#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Observer for Told {
    fn decided(&self, decided: &Decided<'_>) {
        let origin = decided.origin().map(|origin| origin.escape_ascii().to_string());
        let denial = decided.denial().map(|denial| denial.code());
        let kind = if decided.is_preflight() { "preflight" } else { "actual" };
        self.0.lock().unwrap().push(format!("{} {kind} {origin:?} {denial:?}", decided.policy_name()));
    }

    fn granted(&self, policy: PolicyName) {
        self.0.lock().unwrap().push(format!("{policy} granted"));
    }

    fn overwrote(&self, policy: PolicyName) {
        self.0.lock().unwrap().push(format!("{policy} overwrote"));
    }

    fn nested(&self, outer: PolicyName, inner: PolicyName, _: &NestingConflict) {
        self.0.lock().unwrap().push(format!("{inner} inside {outer}"));
    }
}

#[actix_web::test]
async fn an_observer_is_told_what_happens_to_each_request() {
    const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] }.name("notes");
    let told = Told::default();
    let handler = async || HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")).finish();
    let app = App::new().wrap(CORS.observer(told.clone())).default_service(web::to(handler));
    let app = init_service(app).await;
    for (request, expected) in [
        (TestRequest::get(), vec!["notes actual None None", "notes overwrote"]),
        (
            from(ALLOWED, TestRequest::get()),
            vec!["notes actual Some(\"https://app.example.com\") None", "notes overwrote", "notes granted"],
        ),
        (
            from(REFUSED, TestRequest::get()),
            vec!["notes actual Some(\"https://evil.example\") Some(\"origin-not-listed\")", "notes overwrote"],
        ),
        (
            from(ALLOWED, TestRequest::default().method(Method::OPTIONS)),
            vec!["notes actual Some(\"https://app.example.com\") None", "notes overwrote", "notes granted"],
        ),
        (
            preflight(ALLOWED, "/").method(Method::PUT),
            vec!["notes actual Some(\"https://app.example.com\") None", "notes overwrote", "notes granted"],
        ),
        (preflight(ALLOWED, "/"), vec!["notes preflight Some(\"https://app.example.com\") None", "notes granted"]),
        (preflight(REFUSED, "/"), vec!["notes preflight Some(\"https://evil.example\") Some(\"origin-not-listed\")"]),
    ] {
        respond(&app, request).await;
        assert_eq!(std::mem::take(&mut *told.0.lock().unwrap()), expected);
    }
}

/// What is told about an error of middleware that becomes a response once more than it is looked at.
async fn told_about_an_error(looked_at: bool) -> Vec<String> {
    const CORS: Cors = cors_policy! { origins: ["https://app.example.com"] }.name("notes");
    let told = Told::default();
    let app = App::new().wrap_fn(|_, _| async { Err::<ServiceResponse, _>(ErrorUnauthorized("no")) });
    let app = app.wrap(CORS.observer(told.clone())).wrap_fn(move |request, service| {
        let response = service.call(request);
        async move { response.await.inspect_err(|error| drop(looked_at.then(|| error.error_response()))) }
    });
    respond(&init_service(app).await, from(ALLOWED, TestRequest::get())).await;
    std::mem::take(&mut *told.0.lock().unwrap())
}

const ABOUT_AN_ERROR: [&str; 2] = ["notes actual Some(\"https://app.example.com\") None", "notes granted"];

#[actix_web::test]
async fn an_error_that_becomes_a_response_is_told_once() {
    assert_eq!(told_about_an_error(false).await, ABOUT_AN_ERROR);
}

#[actix_web::test]
async fn an_error_that_becomes_a_response_twice_is_told_once() {
    assert_eq!(told_about_an_error(true).await, ABOUT_AN_ERROR);
}

#[actix_web::test]
async fn the_observers_of_nested_policies_are_told_about_each_request_once() {
    const OUTER: Cors = cors_policy! { origins: "*" }.name("outer");
    const INNER: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] }.name("inner");
    let told = Told::default();
    let handler = async || HttpResponse::Ok();
    let app = App::new().default_service(web::to(handler)).wrap(INNER.observer(told.clone()));
    let app = app.wrap_fn(|request, service| {
        let response = service.call(request);
        async move {
            let mut response = response.await?;
            response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            Ok(response)
        }
    });
    let app = init_service(app.wrap(OUTER.observer(told.clone()))).await;
    for _ in 0..2 {
        respond(&app, from(ALLOWED, TestRequest::get())).await;
        let expected = [
            "outer actual Some(\"https://app.example.com\") None",
            "inner inside outer",
            "inner actual Some(\"https://app.example.com\") None",
            "outer overwrote",
            "outer granted",
            "inner granted",
        ];
        assert_eq!(std::mem::take(&mut *told.0.lock().unwrap()), expected);
    }
}

/// Keeps the advice about refused requests.
#[derive(Clone, Default)]
struct Advised(Arc<Mutex<Vec<String>>>);

impl Observer for Advised {
    fn decided(&self, decided: &Decided<'_>) {
        self.0.lock().unwrap().extend(decided.advice().map(|advice| advice.to_string()));
    }
}

#[actix_web::test]
async fn advice_is_about_the_rule_that_the_source_named_also_where_its_answer_is_remembered() {
    let draft = PolicyDraft::new().rules([RuleDraft::new(), RuleDraft::new().methods(["PATCH"])]);
    let source = async |_: Origin| Ok::<_, Infallible>(SourceAnswer::Rule(0));
    let (cors, _) = Cors::with_source(draft, source).unwrap();
    let advised = Advised::default();
    let app = init_service(App::new().wrap(cors.observer(advised.clone())).default_service(web::to(HttpResponse::Ok)));
    let app = app.await;
    for _ in 0..2 {
        respond(&app, preflight(ALLOWED, "/")).await;
    }
    let advice = "if pages of that origin may send it, add PUT to `rules[0].methods`";
    assert_eq!(*advised.0.lock().unwrap(), [advice, advice]);
}
