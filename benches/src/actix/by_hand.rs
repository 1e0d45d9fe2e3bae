//! Headers as somebody writes them who needs no middleware: for one origin, and without a look at the request.

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderValue, VARY,
};

use super::inner;

// Written out: a loop over constants takes 20 instructions more for each.
const ORIGIN: HeaderValue = HeaderValue::from_static("https://app.example.com");
const CREDENTIALS: HeaderValue = HeaderValue::from_static("true");
const VARY_BY_ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

pub(super) async fn insert() -> HttpResponse {
    let mut response = inner::handler().await;
    insert_to_allowed(response.headers_mut());
    response
}

pub(super) async fn append() -> HttpResponse {
    let mut response = inner::handler().await;
    append_to_allowed(response.headers_mut());
    response
}

pub(super) fn insert_to_allowed(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, CREDENTIALS);
    headers.insert(VARY, VARY_BY_ORIGIN);
}

/// Appends what the response to an allowed request has.
pub fn append_to_allowed(headers: &mut HeaderMap) {
    headers.append(ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
    headers.append(ACCESS_CONTROL_ALLOW_CREDENTIALS, CREDENTIALS);
    headers.append(VARY, VARY_BY_ORIGIN);
}

/// Appends what the answer to an allowed preflight has.
pub fn append_to_preflight(headers: &mut HeaderMap) {
    append_to_allowed(headers);
    headers.append(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, PUT"));
    headers.append(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type, x-token"));
    headers.append(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
}
