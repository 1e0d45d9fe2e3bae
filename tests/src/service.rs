//! One policy, three origins, and what each gets from a service that is called without a network.

use actix_http::Request;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header;
use actix_web::test::TestRequest;
use actix_web::{Error, HttpResponse};
use cors_actix::{Cors, cors_policy};

use crate::cors_of;

/// The policy of the tests that are not about policies.
pub const CORS: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT],
    allow_headers: ["X-Token"],
    expose_headers: ["X-Request-Id"],
    max_age: 10min,
}
.name("notes");

/// An origin that [`CORS`] allows.
pub const ALLOWED: &str = "https://app.example.com";
/// One that it does not.
pub const REFUSED: &str = "https://evil.example";

/// What [`CORS`] writes onto the response of an allowed request, but for `Vary`.
pub const GRANTED: [&str; 3] = [
    "access-control-allow-credentials: true",
    "access-control-allow-origin: https://app.example.com",
    "access-control-expose-headers: X-Request-Id",
];

/// What [`CORS`] answers to an allowed preflight.
pub const PREFLIGHT_GRANTED: [&str; 6] = [
    "access-control-allow-credentials: true",
    "access-control-allow-headers: X-Token",
    "access-control-allow-methods: PUT",
    "access-control-allow-origin: https://app.example.com",
    "access-control-max-age: 600",
    "vary: origin",
];

/// A request from a page of this origin.
pub fn from(origin: &str, request: TestRequest) -> TestRequest {
    request.insert_header((header::ORIGIN, origin))
}

/// A preflight for PUT from a page of this origin.
pub fn preflight(origin: &str, path: &str) -> TestRequest {
    let request = TestRequest::default().method(actix_web::http::Method::OPTIONS).uri(path);
    from(origin, request).insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"))
}

/// Calls the service and makes a response of its error, as the server does.
pub async fn respond<S, B>(app: &S, request: TestRequest) -> HttpResponse
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    match app.call(request.to_request()).await {
        Ok(response) => response.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    }
}

/// Asserts the status and every CORS header of the response, for an allowed origin, a refused one and none.
pub async fn assert_grants<S, B>(app: &S, request: impl Fn() -> TestRequest, status: u16, vary: &str)
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let vary = format!("vary: {vary}");
    let granted = [GRANTED.as_slice(), &[&vary]].concat();
    let refused = vec![vary.as_str()];
    for (what, request, expected) in [
        ("allowed", from(ALLOWED, request()), &granted),
        ("refused", from(REFUSED, request()), &refused),
        ("no origin", request(), &refused),
    ] {
        let response = respond(app, request).await;
        assert_eq!(
            (response.status().as_u16(), &cors_of(response.headers())[..]),
            (status, &owned(expected)[..]),
            "{what}"
        );
    }
}

/// Asserts what a preflight for PUT gets, from an allowed origin and from a refused one.
pub async fn assert_preflights<S, B>(app: &S, path: &str)
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    for (origin, status, expected) in [(ALLOWED, 204, PREFLIGHT_GRANTED.as_slice()), (REFUSED, 403, &["vary: origin"])]
    {
        let response = respond(app, preflight(origin, path)).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (status, owned(expected)), "{origin}");
    }
}

/// Lines as [`cors_of`] gives them.
pub fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}
