//! A request as the decision reads it: actix to core.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use cors_core::{IncomingRequest, Lines, Request, RequestHeader};

use crate::authority;
use crate::extras::Extras;

/// A request of actix-web, whose `Origin` lines were looked up.
///
/// Goes by value to what is not inlined, so that it stays in registers until then: 10 instructions less.
#[derive(Clone, Copy)]
pub(crate) struct Incoming<'r> {
    request: &'r ServiceRequest,
    extras: &'r Extras,
    origin: Option<&'r HeaderValue>,
    origins: Lines<'r>,
}

impl<'r> Incoming<'r> {
    #[inline]
    pub(crate) fn new(request: &'r ServiceRequest, extras: &'r Extras) -> Self {
        let mut lines = request.headers().get_all(header::ORIGIN);
        let (origin, origins) = match (lines.next(), lines.next()) {
            (None, _) => (None, Lines::None),
            (Some(origin), None) => (Some(origin), Lines::One(origin.as_bytes())),
            (Some(_), Some(_)) => (None, Lines::Several),
        };
        Self { request, extras, origin, origins }
    }

    /// The value of the one `Origin` line.
    pub(crate) const fn origin(&self) -> Option<&'r HeaderValue> {
        self.origin
    }

    /// The value of a line that the answer to a preflight repeats.
    pub(crate) fn value(self, header: RequestHeader) -> Option<&'r HeaderValue> {
        match header {
            RequestHeader::Origin => self.origin,
            _ => self.request.headers().get(name(header)),
        }
    }

    /// What a log reads of every request.
    #[cfg(feature = "tracing")]
    pub(crate) fn asked(&self) -> Request<'r> {
        let asked = Request::new(self.request.method().as_str().as_bytes()).origin(self.origins);
        let headers = self.request.headers();
        let is_a_scripts = headers.get(SEC_FETCH_MODE).is_some_and(|mode| mode == "cors");
        let asked = asked.with_credentials(is_a_scripts && headers.contains_key(header::COOKIE));
        if !self.is_options() {
            return asked;
        }
        asked
            .access_control_request_method(self.lines(RequestHeader::AccessControlRequestMethod))
            .access_control_request_headers(self.lines(RequestHeader::AccessControlRequestHeaders))
    }

    /// With what tells whether it comes from the server's own pages (SRV-22).
    pub(crate) fn with_where_from(self, asked: Request<'r>) -> Request<'r> {
        let host = authority::of(self.request).map_or(Lines::None, |host| Lines::One(host.as_bytes()));
        let asked = asked.sec_fetch_site(lines_of(self.request, SEC_FETCH_SITE)).host(host);
        match self.extras.public_origin() {
            Some(origin) => asked.public_origin(origin),
            None => asked,
        }
    }
}

impl<'r> IncomingRequest<'r> for Incoming<'r> {
    #[inline]
    fn is_options(&self) -> bool {
        self.request.method() == Method::OPTIONS
    }

    #[inline]
    fn lines(&self, header: RequestHeader) -> Lines<'r> {
        match header {
            RequestHeader::Origin => self.origins,
            _ => lines_of(self.request, name(header)),
        }
    }

    #[inline]
    fn is_same_origin(&self) -> bool {
        is_same_origin(*self)
    }
}

fn lines_of(request: &ServiceRequest, name: HeaderName) -> Lines<'_> {
    Lines::of(request.headers().get_all(name).map(HeaderValue::as_bytes))
}

fn is_same_origin(incoming: Incoming<'_>) -> bool {
    incoming.with_where_from(Request::new(b"").origin(incoming.origins)).is_same_origin()
}

const fn name(header: RequestHeader) -> HeaderName {
    match header {
        RequestHeader::Origin => header::ORIGIN,
        RequestHeader::AccessControlRequestMethod => header::ACCESS_CONTROL_REQUEST_METHOD,
        RequestHeader::AccessControlRequestHeaders => header::ACCESS_CONTROL_REQUEST_HEADERS,
    }
}

#[cfg(feature = "tracing")]
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
