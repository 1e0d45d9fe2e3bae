//! The two conversions: actix to core, core to actix.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use cors_core::{Denial, Grants, Lines, Origin, Request, ResponseHeader, Value};

use crate::prepared::Prepared;

/// The values of a request's `Origin` lines.
#[inline]
pub(crate) fn origins(request: &ServiceRequest) -> &[HeaderValue] {
    request.headers().get_all(header::ORIGIN).as_slice()
}

/// What the decision needs to know of a request.
#[inline]
pub(crate) fn read<'r>(request: &'r ServiceRequest, origins: &'r [HeaderValue], prepared: &Prepared) -> Request<'r> {
    let origin = match origins {
        [] => Lines::None,
        [origin] => Lines::One(origin.as_bytes()),
        _ => Lines::Several,
    };
    let read = Request::new(request.method().as_str().as_bytes()).origin(origin);
    // Each search costs 100 instructions, so what cannot matter is not searched for.
    if origins.is_empty() || request.method() != Method::OPTIONS {
        return read;
    }
    let lines = |name: HeaderName| Lines::of(request.headers().get_all(name).map(HeaderValue::as_bytes));
    let read = read.access_control_request_method(lines(header::ACCESS_CONTROL_REQUEST_METHOD));
    // The log tells which name was not listed.
    if cfg!(not(feature = "tracing")) && !prepared.echoes_headers() {
        return read;
    }
    read.access_control_request_headers(lines(header::ACCESS_CONTROL_REQUEST_HEADERS))
}

/// What tells under `on_denied: reject` whether a request comes from the server's own pages (SRV-22).
pub(crate) fn read_where_from<'r>(
    request: &'r ServiceRequest,
    read: Request<'r>,
    public_origin: Option<&'r Origin>,
) -> Request<'r> {
    let lines = |name: HeaderName| Lines::of(request.headers().get_all(name).map(HeaderValue::as_bytes));
    let read = read.sec_fetch_site(lines(SEC_FETCH_SITE)).host(match lines(header::HOST) {
        // HTTP/2 has the host in the address.
        Lines::None => request.uri().authority().map_or(Lines::None, |host| Lines::One(host.as_str().as_bytes())),
        lines => lines,
    });
    match public_origin {
        Some(origin) => read.public_origin(origin),
        None => read,
    }
}

/// What only a log needs to know: whether a script fetches with credentials.
#[cfg(feature = "tracing")]
pub(crate) fn read_credentials<'r>(request: &ServiceRequest, read: Request<'r>) -> Request<'r> {
    let headers = request.headers();
    let is_a_scripts = headers.get(SEC_FETCH_MODE).is_some_and(|mode| mode == "cors");
    read.with_credentials(is_a_scripts && headers.contains_key(header::COOKIE))
}

#[cfg(feature = "tracing")]
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The answer to a preflight: SRV-11, or SRV-10 when it was denied.
pub(crate) fn answer(
    prepared: &Prepared,
    outcome: &Result<Grants<'_>, Denial>,
    request: &ServiceRequest,
    origin: Option<&HeaderValue>,
) -> HttpResponse {
    let (status, vary) = match outcome {
        Ok(grants) => (StatusCode::NO_CONTENT, prepared.preflight_vary(grants.rule_index())),
        Err(_) => (StatusCode::FORBIDDEN, prepared.vary()),
    };
    let mut response = HttpResponse::new(status);
    let headers = response.headers_mut();
    if let Ok(grants) = outcome {
        // Not in a loop, so that the compiler knows each header: 90 instructions less.
        let asked = |name| request.headers().get(name);
        grant(headers, prepared, grants, ResponseHeader::AllowOrigin, || origin);
        grant(headers, prepared, grants, ResponseHeader::AllowCredentials, || None);
        grant(headers, prepared, grants, ResponseHeader::AllowMethods, || asked(header::ACCESS_CONTROL_REQUEST_METHOD));
        grant(headers, prepared, grants, ResponseHeader::AllowHeaders, || {
            asked(header::ACCESS_CONTROL_REQUEST_HEADERS)
        });
        grant(headers, prepared, grants, ResponseHeader::MaxAge, || None);
        grant(headers, prepared, grants, ResponseHeader::ExposeHeaders, || None);
    }
    if let Some(vary) = vary {
        headers.append(header::VARY, vary.clone());
    }
    response
}

/// Appends a granted header without a copy of its value: it is the policy's, or that of the line that asks for it.
#[inline]
fn grant<'r>(
    headers: &mut HeaderMap,
    prepared: &Prepared,
    grants: &Grants<'_>,
    header: ResponseHeader,
    requested: impl FnOnce() -> Option<&'r HeaderValue>,
) {
    let value = match grants.value(header) {
        Some(Value::Text(_)) => prepared.value(grants.rule_index(), header),
        Some(Value::Requested) => requested(),
        None => None,
    };
    if let Some(value) = value {
        headers.append(name(header), value.clone());
    }
}

pub(crate) const fn name(header: ResponseHeader) -> HeaderName {
    match header {
        ResponseHeader::AllowOrigin => header::ACCESS_CONTROL_ALLOW_ORIGIN,
        ResponseHeader::AllowCredentials => header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        ResponseHeader::AllowMethods => header::ACCESS_CONTROL_ALLOW_METHODS,
        ResponseHeader::AllowHeaders => header::ACCESS_CONTROL_ALLOW_HEADERS,
        ResponseHeader::MaxAge => header::ACCESS_CONTROL_MAX_AGE,
        ResponseHeader::ExposeHeaders => header::ACCESS_CONTROL_EXPOSE_HEADERS,
    }
}

/// What an inner service set of the headers that the middleware writes. Looking once at the few names costs less than a search
/// for each.
#[derive(Default)]
pub(crate) struct Found {
    grants: bool,
    vary: bool,
}

impl Found {
    #[inline]
    pub(crate) fn among(headers: &HeaderMap) -> Self {
        let mut found = Self::default();
        for set in headers.keys() {
            found.grants |= ResponseHeader::ALL.into_iter().any(|header| *set == name(header));
            found.vary |= *set == header::VARY;
        }
        found
    }

    /// SRV-24: the six headers are the middleware's own. Tells whether there were any.
    #[inline]
    pub(crate) fn remove_grants(&self, headers: &mut HeaderMap) -> bool {
        if self.grants {
            for header in ResponseHeader::ALL {
                headers.remove(name(header));
            }
        }
        self.grants
    }

    /// SRV-32: what the application put into `Vary` stays, and nothing is repeated. `vary` is one name.
    #[inline]
    pub(crate) fn merge_vary(&self, headers: &mut HeaderMap, vary: &HeaderValue) {
        let is_named = self.vary
            && headers
                .get_all(header::VARY)
                .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
                .map(<[u8]>::trim_ascii)
                .any(|element| element == b"*" || element.eq_ignore_ascii_case(vary.as_bytes()));
        if !is_named {
            headers.append(header::VARY, vary.clone());
        }
    }
}
