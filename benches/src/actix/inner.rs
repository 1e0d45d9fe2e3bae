//! What stands inside of the middleware.

use std::future::{Ready, ready};

use actix_service::Service;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{Error, HttpResponse};

pub(crate) async fn handler() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, HeaderValue::from_static("text/plain"))).body("handled")
}

/// The six headers that middleware has to take away (SRV-24).
const OF_ITS_OWN: [(HeaderName, HeaderValue); 6] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true")),
    (header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("1")),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*")),
];

pub(super) async fn of_its_own() -> HttpResponse {
    let mut response = handler().await;
    for (name, value) in OF_ITS_OWN {
        response.headers_mut().append(name, value);
    }
    response
}

pub(super) fn fails(
    _request: ServiceRequest,
    _service: &impl Service<ServiceRequest>,
) -> Ready<Result<ServiceResponse, Error>> {
    ready(Err(ErrorUnauthorized("no")))
}
