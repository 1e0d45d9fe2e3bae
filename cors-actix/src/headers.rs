//! The headers of a response: core to actix.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use cors_core::{Grants, RequestHeader, ResponseHeader, Value};

use crate::incoming::Incoming;
use crate::prepared::{Prepared, PreparedRule};

/// The answer to a preflight that a rule grants: SRV-11.
pub(crate) fn granted(prepared: &Prepared, grants: Grants<'_>, incoming: Incoming<'_>) -> HttpResponse {
    let Some(rule) = prepared.rule(grants.rule_index()) else {
        return refused(prepared);
    };
    let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    // Not in a loop, so that the compiler knows each header: 90 instructions less.
    let asked = |header| incoming.value(header);
    grant(headers, rule, grants, ResponseHeader::AllowOrigin, || asked(RequestHeader::Origin));
    allow_credentials(headers, rule);
    grant(headers, rule, grants, ResponseHeader::AllowMethods, || asked(RequestHeader::AccessControlRequestMethod));
    grant(headers, rule, grants, ResponseHeader::AllowHeaders, || asked(RequestHeader::AccessControlRequestHeaders));
    grant(headers, rule, grants, ResponseHeader::MaxAge, || None);
    if let Some(vary) = rule.preflight_vary() {
        headers.append(header::VARY, vary.clone());
    }
    response
}

/// SRV-10: without grants.
pub(crate) fn refused(prepared: &Prepared) -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::FORBIDDEN);
    if let Some(vary) = prepared.vary() {
        response.headers_mut().append(header::VARY, vary);
    }
    response
}

/// Appends a granted header without a copy of its value: it is the policy's, or that of the line that asks for it.
#[inline]
fn grant<'r>(
    headers: &mut HeaderMap,
    rule: &PreparedRule,
    grants: Grants<'_>,
    header: ResponseHeader,
    requested: impl FnOnce() -> Option<&'r HeaderValue>,
) {
    let value = match grants.value(header) {
        Some(Value::Text(_)) => rule.value(header),
        Some(Value::Requested) => requested(),
        None => None,
    };
    if let Some(value) = value {
        headers.append(name(header), value.clone());
    }
}

/// What every grant has that allows credentials, of a preflight or not.
#[inline]
pub(crate) fn allow_credentials(headers: &mut HeaderMap, rule: &PreparedRule) {
    if let Some(credentials) = rule.credentials() {
        headers.append(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials);
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

/// What an inner service set of the headers that the middleware writes. One look at the few names takes 385 instructions less than a
/// search for each.
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
            remove_all(headers);
        }
        self.grants
    }

    /// SRV-32: what the application put into `Vary` stays, and nothing is repeated. `vary` is one name.
    #[inline]
    pub(crate) fn merge_vary(&self, headers: &mut HeaderMap, vary: HeaderValue) {
        if !(self.vary && is_in_vary(headers, vary.as_bytes())) {
            headers.append(header::VARY, vary);
        }
    }
}

// The next two are not inlined, for there are two callers: together 4.2 KB less of a program.
#[inline(never)]
fn remove_all(headers: &mut HeaderMap) {
    for header in ResponseHeader::ALL {
        headers.remove(name(header));
    }
}

#[inline(never)]
fn is_in_vary(headers: &HeaderMap, name: &[u8]) -> bool {
    headers
        .get_all(header::VARY)
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|element| element == b"*" || element.eq_ignore_ascii_case(name))
}
