//! What will be written onto the response of a forwarded request.

use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::{Error, HttpResponse};
use cors_core::{Grants as Granting, ResponseHeader, Value};

use crate::headers::{self, Found};
use crate::prepared::Prepared;
use crate::source::Current;

/// What a forwarded request was granted, kept while the wrapped service works. It holds the policy that decided, so that a
/// response is of one policy even if another has taken its place meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Grants {
    pub(crate) policy: Current,
    pub(crate) granted: Option<Granted>,
}

/// The rule that grants, and the value of `Access-Control-Allow-Origin`.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    rule: usize,
    allow_origin: HeaderValue,
}

impl Granted {
    #[inline]
    pub(crate) fn new(prepared: &Prepared, grants: Option<Granting<'_>>, origin: Option<&HeaderValue>) -> Option<Self> {
        let grants = grants?;
        let rule = grants.rule_index();
        let allow_origin = match grants.value(ResponseHeader::AllowOrigin)? {
            Value::Requested(_) => origin?,
            Value::Text(_) => prepared.rule(rule)?.value(ResponseHeader::AllowOrigin)?,
        };
        Some(Self { rule, allow_origin: allow_origin.clone() })
    }
}

impl Grants {
    /// An inner middleware's error becomes a response further out; the grants go along and are written then (SRV-23).
    pub(crate) fn go_along(&self, mut error: Error) -> Error {
        let grants = self.clone();
        error.add_response_mapper(move |response| grants.clone().onto(response));
        error
    }

    /// Writes onto a response made outside the wrapped service. Never inlined: 3.7 KB less of a program.
    #[inline(never)]
    pub(crate) fn onto(mut self, mut response: HttpResponse) -> HttpResponse {
        self.write(response.headers_mut());
        response
    }

    /// Leaves nothing behind that could be written a second time.
    // Inlined always: 20 instructions less.
    #[inline(always)]
    pub(crate) fn write(&mut self, headers: &mut HeaderMap) {
        let found = Found::among(headers);
        let prepared = self.policy.prepared();
        if found.remove_grants(headers) {
            #[cfg(feature = "tracing")]
            prepared.said().conflict();
        }
        // Nothing is moved where there is nothing: 5 instructions less.
        if self.granted.is_some()
            && let Some(Granted { rule, allow_origin }) = self.granted.take()
            && let Some(rule) = prepared.rule(rule)
        {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            headers::allow_credentials(headers, rule);
            if let Some(value) = rule.value(ResponseHeader::ExposeHeaders) {
                headers.append(headers::name(ResponseHeader::ExposeHeaders), value.clone());
            }
        }
        if let Some(vary) = prepared.vary() {
            found.merge_vary(headers, vary);
        }
    }
}
