//! The host and port that a request is for.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderValue};

/// Returns the authority of the request target, which HTTP/2 and clients of proxies send, or else `Host` (SRV-22,
/// <https://www.rfc-editor.org/rfc/rfc9112#section-3.3>, <https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1>).
///
/// Returns `None` if they differ, or if there are several `Host` lines.
pub(crate) fn of(request: &ServiceRequest) -> Option<&str> {
    let mut lines = request.headers().get_all(header::HOST);
    let line = match (lines.next(), lines.next()) {
        (line, None) => line.map(HeaderValue::to_str).transpose().ok()?,
        (_, Some(_)) => return None,
    };
    match (request.uri().authority().map(|authority| authority.as_str()), line) {
        (Some(authority), Some(line)) => authority.eq_ignore_ascii_case(line).then_some(authority),
        (authority, line) => authority.or(line),
    }
}
