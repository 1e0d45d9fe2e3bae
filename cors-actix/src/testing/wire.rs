//! Requests of the model as the app gets them, and its answers as the model reads them.

use actix_http::Request;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::test::TestRequest;
use actix_web::{Error, HttpMessage};
use cors_browser::{OutgoingRequest, Response};

use crate::observe::{DecisionLog, Decisions};

/// Returns what the app answers, and what its policies decided. An error becomes a response as in the server.
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

/// Does the same for the model. A server answers what is not HTTP itself, before any app sees it.
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
/// When the text is no path.
pub(super) fn assert_path(path: &str) {
    let flaw = path.parse::<Uri>().err().map(|error| error.to_string());
    let flaw = flaw.or_else(|| (!path.starts_with('/')).then(|| "a path begins with `/`".to_owned()));
    if let Some(flaw) = flaw {
        panic!("{path:?} is not a path: {flaw}");
    }
}

/// An answer as the model reads it.
fn read(status: StatusCode, headers: &HeaderMap) -> Response {
    let mut lines: Vec<(&HeaderName, &HeaderValue)> = headers.iter().collect();
    // A map has no order; the lines of one name do.
    lines.sort_by_key(|(name, _)| name.as_str());
    lines.into_iter().fold(Response::new(status.as_u16()), |response, (name, value)| {
        response.header(name.as_str(), value.as_bytes())
    })
}

/// The request with its whole URL, as HTTP/2 has it: an app that redirects http to https looks at the scheme.
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

/// Host and port of a URL, the port as `Host` has it: only where it is not the scheme's.
pub(super) fn host(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    url.authority().map(|authority| authority.as_str().to_owned())
}
