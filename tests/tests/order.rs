//! What the documentation says about the order of wrapping.

use std::sync::Arc;
use std::sync::Mutex;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers, Next, from_fn};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, CORS, assert_grants, assert_preflights, from, preflight, respond};
use futures_util::FutureExt;

fn get() -> TestRequest {
    TestRequest::get().uri("/")
}

fn handled() -> actix_web::Route {
    web::get().to(async || HttpResponse::Ok().body("handled"))
}

/// A browser sends no `Authorization` with a preflight.
async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match request.headers().contains_key(header::AUTHORIZATION) {
        true => next.call(request).await,
        false => Err(ErrorUnauthorized("who are you?")),
    }
}

#[actix_web::test]
async fn authentication_inside_answers_no_preflight_and_its_401_has_the_grants() {
    let app = init_service(App::new().wrap(from_fn(authenticate)).wrap(CORS).route("/", handled())).await;
    assert_preflights(&app, "/").await;
    assert_grants(&app, get, 401, "origin").await;
    assert_grants(&app, || get().insert_header((header::AUTHORIZATION, "Bearer x")), 200, "origin").await;
}

#[actix_web::test]
async fn authentication_outside_refuses_every_preflight() {
    let app = init_service(App::new().wrap(CORS).wrap(from_fn(authenticate)).route("/", handled())).await;
    let response = respond(&app, preflight(ALLOWED, "/")).await;
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (401, vec![]));
}

/// An error page that begins a response anew, as they tend to.
fn error_page(response: ServiceResponse<BoxBody>) -> actix_web::Result<ErrorHandlerResponse<BoxBody>> {
    let (request, response) = response.into_parts();
    let page = HttpResponse::build(response.status()).body("sorry");
    Ok(ErrorHandlerResponse::Response(ServiceResponse::new(request, page).map_into_left_body()))
}

#[actix_web::test]
async fn error_pages_made_inside_have_the_grants() {
    let pages = || ErrorHandlers::new().handler(StatusCode::NOT_FOUND, error_page);
    let app = init_service(App::new().wrap(pages()).wrap(CORS)).await;
    assert_grants(&app, get, 404, "origin").await;
    let response = respond(&app, from(ALLOWED, get())).await;
    assert_eq!(response.into_body().try_into_bytes().expect("a page"), "sorry");
}

/// An error page that changes a response leaves the grants on it, also outside.
#[actix_web::test]
async fn error_pages_that_change_a_response_may_stand_outside() {
    let pages = ErrorHandlers::new().handler(StatusCode::NOT_FOUND, |mut response: ServiceResponse<_>| {
        response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
        Ok(ErrorHandlerResponse::Response(response.map_into_left_body()))
    });
    let app = init_service(App::new().wrap(CORS).wrap(pages)).await;
    assert_grants(&app, get, 404, "origin").await;
}

#[actix_web::test]
async fn a_session_inside_sets_no_cookie_on_a_preflight() {
    let app = App::new()
        .wrap_fn(|request, service| {
            service.call(request).map(|response| {
                let mut response = response?;
                response.response_mut().add_cookie(&Cookie::new("session", "1"))?;
                Ok(response)
            })
        })
        .wrap(CORS)
        .route("/", handled());
    let app = init_service(app).await;
    assert_preflights(&app, "/").await;
    assert!(!respond(&app, preflight(ALLOWED, "/")).await.headers().contains_key(header::SET_COOKIE));
    assert!(respond(&app, from(ALLOWED, get())).await.headers().contains_key(header::SET_COOKIE));
}

/// Stands for `Logger`: what is outside sees a preflight and its answer, what is inside sees neither.
#[actix_web::test]
async fn a_log_outside_has_the_preflights_and_one_inside_has_not() {
    let (outside, inside) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let log = |lines: &Arc<Mutex<Vec<u16>>>| {
        let lines = Arc::clone(lines);
        from_fn(move |request: ServiceRequest, next: Next<BoxBody>| {
            let lines = Arc::clone(&lines);
            async move {
                let response = next.call(request).await?;
                lines.lock().expect("nobody panicked").push(response.status().as_u16());
                Ok(response.map_into_boxed_body())
            }
        })
    };
    let boxed = actix_web::middleware::Compat::new(CORS);
    let app = init_service(App::new().wrap(log(&inside)).wrap(boxed).wrap(log(&outside)).route("/", handled())).await;
    assert_preflights(&app, "/").await;
    assert_eq!(*outside.lock().expect("nobody panicked"), [204, 403]);
    assert_eq!(*inside.lock().expect("nobody panicked"), [0_u16; 0]);
    assert_grants(&app, get, 200, "origin").await;
    assert_eq!(*outside.lock().expect("nobody panicked"), [204, 403, 200, 200, 200]);
    assert_eq!(*inside.lock().expect("nobody panicked"), [200, 200, 200]);
}
