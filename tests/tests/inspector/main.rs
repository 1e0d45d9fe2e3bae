//! The inspector: who may look, what it keeps, what it says of what it saw, and that it changes nothing.

mod access;
mod builds;
mod credentials;
mod decided;
mod example;
mod form;
mod pictures;
mod placed;
mod secrets;
mod unchanged;

use actix_http::Request;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::Inspector;
use cors_tests::service::{CORS, respond};
use serde_json::Value;

/// What opens the inspectors of these tests.
const KEY: &str = "00112233445566778899aabbccddeeff";

fn inspector() -> Inspector {
    Inspector::new().secret(KEY).expect("32 hex digits")
}

/// The line that a browser sends once the page is open.
fn cookie() -> String {
    format!("cors_inspector_8080={KEY}")
}

/// A request of a browser in which the page is open.
fn local(path: &str) -> TestRequest {
    TestRequest::get()
        .uri(path)
        .insert_header((header::HOST, "localhost:8080"))
        .insert_header((header::COOKIE, cookie()))
}

/// An app with the policy of the tests around `/notes`, nothing around `/open`, and a route whose guard eats the preflight.
async fn app(
    inspector: Inspector,
) -> impl Service<Request, Response = ServiceResponse<impl MessageBody + 'static>, Error = Error> {
    let handled = async || HttpResponse::Ok().insert_header(("X-Shard", "4")).body("handled");
    init_service(
        App::new()
            .service(web::resource("/notes").wrap(CORS).default_service(web::to(handled)))
            .service(web::resource("/open").default_service(web::to(handled)))
            .route("/guarded", web::put().to(handled).wrap(CORS))
            .wrap(inspector),
    )
    .await
}

async fn json<S, B>(app: &S, request: TestRequest) -> Value
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let response = respond(app, request).await;
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body()).await.unwrap_or_default();
    serde_json::from_slice(&body).expect("the answer is JSON")
}

/// What the page would show.
async fn state<S, B>(app: &S) -> Value
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    json(app, local("/__cors/state")).await
}

/// The pictures of what these requests were answered, the newest first.
async fn pictures(inspector: Inspector, requests: impl IntoIterator<Item = TestRequest>) -> Vec<Value> {
    let app = app(inspector).await;
    for request in requests {
        respond(&app, request.insert_header((header::HOST, "localhost:8080"))).await;
    }
    state(&app).await["pictures"].as_array().expect("a list").clone()
}

/// What is said over the arrows, from top to bottom.
fn said(picture: &Value) -> Vec<&str> {
    picture["steps"].as_array().expect("a list").iter().filter_map(|step| step["text"].as_str()).collect()
}

/// The marked header lines, as `mark: name: value`.
fn marked(picture: &Value) -> Vec<String> {
    let steps = picture["steps"].as_array().expect("a list").iter();
    let lines = steps.filter_map(|step| step["lines"].as_array()).flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .filter(|line| !text(&line["mark"]).is_empty())
        .map(|line| format!("{}: {}: {}", text(&line["mark"]), text(&line["name"]), text(&line["value"])))
        .collect()
}

/// The advice, as `kind: text`.
fn advice(reason: &Value) -> Vec<String> {
    let advice = reason["advice"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    advice.iter().map(|advice| format!("{}: {}", text(&advice["kind"]), text(&advice["text"]))).collect()
}
