//! What is counted, and how often.

use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, PolicyDraft};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, REFUSED, from, preflight, respond};

#[actix_web::test]
async fn an_error_that_becomes_a_response_twice_is_counted_once() {
    let made = |origins: &str| Cors::new(PolicyDraft::new().origins([origins]).validate().expect("a policy"));
    let (outer, inner) = (made(ALLOWED), made(ALLOWED));
    let fails = || {
        from_fn(async |_: ServiceRequest, _: Next<actix_web::body::BoxBody>| {
            Err::<ServiceResponse, _>(ErrorUnauthorized("no"))
        })
    };
    let scope = web::scope("").default_service(web::to(HttpResponse::Ok)).wrap(fails()).wrap(inner.clone());
    let app = init_service(App::new().service(scope).wrap(outer.clone())).await;
    let error = app.call(from(ALLOWED, TestRequest::get()).to_request()).await.expect_err("the middleware fails");
    for _ in 0..2 {
        let headers = cors_of(error.error_response().headers());
        assert_eq!(headers, ["access-control-allow-origin: https://app.example.com", "vary: origin"]);
    }
    assert_eq!((outer.counts().granted(), inner.counts().granted()), (1, 1));

    let alone = made(ALLOWED);
    let app =
        init_service(App::new().default_service(web::to(HttpResponse::Ok)).wrap(fails()).wrap(alone.clone())).await;
    let error = app.call(from(ALLOWED, TestRequest::get()).to_request()).await.expect_err("the middleware fails");
    for _ in 0..2 {
        error.error_response();
    }
    assert_eq!(alone.counts().granted(), 1);
}

#[actix_web::test]
async fn only_what_asks_is_counted() {
    let public = Cors::new(PolicyDraft::new().origins("*").validate().expect("a policy"));
    let app = init_service(App::new().default_service(web::to(HttpResponse::Ok)).wrap(public.clone())).await;
    respond(&app, TestRequest::get()).await;
    assert_eq!(public.counts().granted(), 0);
    respond(&app, from(ALLOWED, TestRequest::get())).await;
    assert_eq!((public.counts().granted(), public.counts().total_refused()), (1, 0));
}

#[actix_web::test]
async fn all_refusals_are_counted_together() {
    let one = Cors::new(PolicyDraft::new().origins([ALLOWED]).validate().expect("a policy"));
    let app = init_service(App::new().default_service(web::to(HttpResponse::Ok)).wrap(one.clone())).await;
    for request in [from(REFUSED, TestRequest::get()), from("null", TestRequest::get()), preflight(ALLOWED, "/")] {
        respond(&app, request).await;
    }
    assert_eq!((one.counts().granted(), one.counts().total_refused()), (0, 3));
}
