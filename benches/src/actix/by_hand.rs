//! Headers as somebody writes them who needs no middleware: a handler for one origin, and no preflights.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName, HeaderValue};

use super::inner;

/// What an allowed request gets.
pub(super) const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("https://app.example.com")),
    (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true")),
    (header::VARY, HeaderValue::from_static("Origin")),
];

pub(super) async fn insert() -> HttpResponse {
    let mut response = inner::handler().await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

pub(super) async fn append() -> HttpResponse {
    let mut response = inner::handler().await;
    for (name, value) in HEADERS {
        response.headers_mut().append(name, value);
    }
    response
}
