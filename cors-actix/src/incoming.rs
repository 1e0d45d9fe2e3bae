//! Converts a request from actix to core.

use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use cors_core::{IncomingRequest, Lines, Request, RequestHeader, Value};

use crate::authority;
use crate::rejection::Rejection;

/// A request of actix-web, with its `Origin` lines.
///
/// Passed by value to functions that are not inlined, so that it stays in registers: 10 instructions less.
#[derive(Clone, Copy)]
pub(crate) struct Incoming<'r> {
    request: &'r ServiceRequest,
    rejection: &'r Option<Arc<Rejection>>,
    origin: Option<&'r HeaderValue>,
    origins: Lines<'r>,
}

impl<'r> Incoming<'r> {
    #[inline]
    pub(crate) fn new(request: &'r ServiceRequest, rejection: &'r Option<Arc<Rejection>>) -> Self {
        let mut lines = request.headers().get_all(header::ORIGIN);
        let (origin, origins) = match (lines.next(), lines.next()) {
            (None, _) => (None, Lines::None),
            (Some(origin), None) => (Some(origin), Lines::One(origin.as_bytes())),
            (Some(_), Some(_)) => (None, Lines::Several),
        };
        Self { request, rejection, origin, origins }
    }

    pub(crate) const fn request(&self) -> &'r ServiceRequest {
        self.request
    }

    /// Returns the value of the only `Origin` line.
    pub(crate) const fn origin(&self) -> Option<&'r HeaderValue> {
        self.origin
    }

    /// Returns the request's value of a header that the preflight response echoes. Copies only if it came in several lines.
    #[inline]
    pub(crate) fn requested(self, header: RequestHeader) -> Option<HeaderValue> {
        let headers = self.request.headers();
        match header {
            RequestHeader::Origin => self.origin.cloned(),
            RequestHeader::AccessControlRequestMethod => headers.get(header::ACCESS_CONTROL_REQUEST_METHOD).cloned(),
            RequestHeader::AccessControlRequestHeaders => {
                let mut lines = headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
                match (lines.next(), lines.next()) {
                    (line, None) => line.cloned(),
                    (_, Some(_)) => joined(self.request),
                }
            }
        }
    }
}

impl<'r> IncomingRequest<'r> for Incoming<'r> {
    #[inline(always)]
    fn is_options(&self) -> bool {
        self.request.method() == Method::OPTIONS
    }

    #[inline(always)]
    fn origin_lines(&self) -> Lines<'r> {
        self.origins
    }

    #[inline(always)]
    fn access_control_request_method_lines(&self) -> Lines<'r> {
        lines_of(self.request, header::ACCESS_CONTROL_REQUEST_METHOD)
    }

    #[inline(always)]
    fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]> {
        self.request.headers().get_all(header::ACCESS_CONTROL_REQUEST_HEADERS).map(HeaderValue::as_bytes)
    }

    #[inline(always)]
    fn is_same_origin(&self) -> bool {
        is_same_origin(*self)
    }
}

#[inline]
fn lines_of(request: &ServiceRequest, name: HeaderName) -> Lines<'_> {
    Lines::of(request.headers().get_all(name).map(HeaderValue::as_bytes))
}

/// Joins the names of several lines. Not a method: a method would keep the lines of `Origin` in memory.
#[cold]
#[inline(never)]
fn joined(request: &ServiceRequest) -> Option<HeaderValue> {
    let incoming = Incoming { request, rejection: &None, origin: None, origins: Lines::None };
    let names = Value::Requested(RequestHeader::AccessControlRequestHeaders).bytes(&incoming)?;
    HeaderValue::try_from(names.into_owned()).ok()
}

fn is_same_origin(incoming: Incoming<'_>) -> bool {
    let Incoming { request, rejection, origins, .. } = incoming;
    let host = authority::of(request).map_or(Lines::None, |host| Lines::One(host.as_bytes()));
    let from = Request::new(b"").origin(origins).sec_fetch_site(lines_of(request, SEC_FETCH_SITE)).host(host);
    match rejection.as_deref().and_then(Rejection::stated_origin) {
        Some(origin) => from.public_origin(origin),
        None => from,
    }
    .is_same_origin()
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
