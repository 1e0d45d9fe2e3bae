//! Converts the headers of a response from core to actix.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use cors_core::{Grants, Reply, ResponseHeader, Value, Vary};

use crate::incoming::Incoming;
use crate::prepared::{Prepared, PreparedRule};

/// Builds the response to a preflight, or to a request that is refused before the handler.
pub(crate) fn answer(prepared: &Prepared, reply: Reply<'_>, incoming: Incoming<'_>) -> HttpResponse {
    let mut response = HttpResponse::new(match reply.status() {
        Some(204) => StatusCode::NO_CONTENT,
        _ => StatusCode::FORBIDDEN,
    });
    let headers = response.headers_mut();
    if let Some(grants) = reply.grants()
        && let Some(rule) = prepared.rule(grants.rule_index())
    {
        // Not in a loop, so that the compiler knows each header: 90 instructions less.
        grant(headers, rule, grants, ResponseHeader::AllowOrigin, incoming);
        allow_credentials(headers, rule);
        grant(headers, rule, grants, ResponseHeader::AllowMethods, incoming);
        grant(headers, rule, grants, ResponseHeader::AllowHeaders, incoming);
        grant(headers, rule, grants, ResponseHeader::MaxAge, incoming);
    }
    if let Some(vary) = reply.vary() {
        headers.append(header::VARY, vary_value(vary));
    }
    response
}

/// Appends a granted header. Its value comes from the policy, or from the request if it is echoed.
// Always inlined: 40 instructions less.
#[inline(always)]
fn grant(
    headers: &mut HeaderMap,
    rule: &PreparedRule,
    grants: Grants<'_>,
    header: ResponseHeader,
    incoming: Incoming<'_>,
) {
    match grants.value(header) {
        Some(Value::Text(_)) => {
            if let Some(value) = rule.value(header) {
                headers.append(name(header), value.clone());
            }
        }
        Some(Value::Requested(line)) => {
            if let Some(value) = incoming.requested(line) {
                headers.append(name(header), value);
            }
        }
        None => {}
    }
}

/// Constants instead of clones: 14 instructions less.
#[inline]
pub(crate) const fn vary_value(vary: Vary) -> HeaderValue {
    const ORIGIN: HeaderValue = HeaderValue::from_static(Vary::Origin.text());
    const METHOD: HeaderValue = HeaderValue::from_static(Vary::OriginAndMethod.text());
    const HEADERS: HeaderValue = HeaderValue::from_static(Vary::OriginAndHeaders.text());
    const BOTH: HeaderValue = HeaderValue::from_static(Vary::OriginMethodAndHeaders.text());
    // A separate check, because forwarded requests have no other: 8 instructions less.
    if matches!(vary, Vary::Origin) {
        return ORIGIN;
    }
    match vary {
        Vary::Origin => ORIGIN,
        Vary::OriginAndMethod => METHOD,
        Vary::OriginAndHeaders => HEADERS,
        Vary::OriginMethodAndHeaders => BOTH,
    }
}

/// Appends `Access-Control-Allow-Credentials` if the rule allows credentials.
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

/// An array, so that loops over it are unrolled: 100 instructions less.
const OURS: [ResponseHeader; ResponseHeader::ALL.len()] = match ResponseHeader::ALL.first_chunk() {
    Some(all) => *all,
    None => panic!("an array has its length"),
};

/// Whether an inner service has set headers of the middleware. One pass over the names costs 385 instructions less
/// than a lookup for each.
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
            found.grants |= OURS.into_iter().any(|header| *set == name(header));
            found.vary |= *set == header::VARY;
        }
        found
    }

    /// SRV-24: removes the six headers. Returns whether there were any.
    #[inline]
    pub(crate) fn remove_grants(&self, headers: &mut HeaderMap) -> bool {
        if self.grants {
            remove_all(headers);
        }
        self.grants
    }

    /// SRV-32: merges `Vary` with the application's, into one line.
    #[inline]
    pub(crate) fn merge_vary(&self, headers: &mut HeaderMap, vary: Vary) {
        if self.vary {
            merge(headers, vary);
        } else {
            headers.append(header::VARY, vary_value(vary));
        }
    }
}

// The next two are not inlined, because they have two callers: the program is 4.2 KB smaller.
#[inline(never)]
fn remove_all(headers: &mut HeaderMap) {
    for header in OURS {
        headers.remove(name(header));
    }
}

#[inline(never)]
fn merge(headers: &mut HeaderMap, vary: Vary) {
    let lines = || headers.get_all(header::VARY).map(HeaderValue::as_bytes);
    let merged = vary.merged(lines);
    // A single line that has all names does not change.
    if lines().eq([&*merged]) {
        return;
    }
    if let Ok(merged) = HeaderValue::try_from(merged.into_owned()) {
        headers.insert(header::VARY, merged);
    }
}
