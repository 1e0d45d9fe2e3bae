//! Headers as somebody writes them who needs no middleware: a handler for one origin, and no preflights.

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderMap, HeaderValue, VARY,
};

use super::inner;

pub(super) async fn insert() -> HttpResponse {
    let mut response = inner::handler().await;
    insert_three(response.headers_mut());
    response
}

pub(super) async fn append() -> HttpResponse {
    let mut response = inner::handler().await;
    let headers = response.headers_mut();
    headers.append(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("https://app.example.com"));
    headers.append(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.append(VARY, HeaderValue::from_static("Origin"));
    response
}

/// What an allowed request gets.
pub(super) fn insert_three(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("https://app.example.com"));
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(VARY, HeaderValue::from_static("Origin"));
}
