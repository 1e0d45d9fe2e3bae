//! Converts requests of the model for the app, and answers of the app for the model.

use actix_http::Request;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::test::TestRequest;
use actix_web::{Error, HttpMessage};
use cors_browser::{OutgoingRequest, Response};

use crate::observe::{DecisionLog, Decisions};

/// Returns the app's answer and the decisions of its policies. An error becomes a response like in the server.
pub(super) async fn answer<B>(
    app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
    request: Request,
) -> (StatusCode, HeaderMap, Decisions) {
    let log = DecisionLog::default();
    request.extensions_mut().insert(log.clone());
    let (status, headers) = match app.call(request).await {
        Ok(response) => (response.status(), response.headers().clone()),
        Err(error) => {
            let response = error.error_response();
            (response.status(), response.headers().clone())
        }
    };
    (status, headers, log.decisions())
}

/// Does the same for the model. The server itself answers a request that is not valid HTTP, before the app sees it.
pub(super) async fn exchange<B>(
    app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
    outgoing: &OutgoingRequest,
    body: &str,
) -> (Response, Decisions) {
    let Some(request) = incoming(outgoing, body) else { return (Response::new(400), Decisions::default()) };
    let (status, headers, decisions) = answer(app, request).await;
    (read(status, &headers), decisions)
}

/// # Panics
///
/// Panics if the text is not a path.
pub(super) fn assert_path(path: &str) {
    let flaw = path.parse::<Uri>().err().map(|error| error.to_string());
    let flaw = flaw.or_else(|| (!path.starts_with('/')).then(|| "a path begins with `/`".to_owned()));
    if let Some(flaw) = flaw {
        panic!("{path:?} is not a path: {flaw}");
    }
}

/// Returns an answer for the model.
fn read(status: StatusCode, headers: &HeaderMap) -> Response {
    let mut lines: Vec<(&HeaderName, &HeaderValue)> = headers.iter().collect();
    // A map has no order, but the lines of one name have one.
    lines.sort_by_key(|(name, _)| name.as_str());
    lines.into_iter().fold(Response::new(status.as_u16()), |response, (name, value)| {
        response.header(name.as_str(), value.as_bytes())
    })
}

/// Returns the request with its whole URL, like in HTTP/2: an app that redirects http to https reads the scheme.
fn incoming(outgoing: &OutgoingRequest, body: &str) -> Option<Request> {
    let method = Method::from_bytes(outgoing.method.as_bytes()).ok()?;
    let host = host(&outgoing.url)?;
    let mut request = TestRequest::with_uri(&outgoing.url).method(method).insert_header((header::HOST, host));
    for line in &outgoing.headers {
        let name = HeaderName::from_bytes(line.name.as_bytes()).ok()?;
        let value = HeaderValue::from_bytes(&line.value).ok()?;
        request = request.append_header((name, value));
    }
    Some(if outgoing.body { request.set_payload(body.to_owned()) } else { request }.to_request())
}

/// Returns the value of `Host` for a URL: without the port if it is the default one.
pub(super) fn host(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    url.authority().map(|authority| authority.as_str().to_owned())
}
