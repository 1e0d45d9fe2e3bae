//! The host and port that a request is for.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderValue};

/// The authority of the target, as HTTP/2 and a proxy's client send it, or else the `Host` line (SRV-22,
/// <https://www.rfc-editor.org/rfc/rfc9112#section-3.3>, <https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1>).
///
/// None where they contradict each other, or where there are several lines: then nobody knows.
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
