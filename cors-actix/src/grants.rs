//! The CORS headers for the response of a forwarded request.

use std::cell::Cell;

use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::{Error, HttpResponse};
use cors_core::{Grants as Granting, ResponseHeader, Value};

use crate::headers::{self, Found};
use crate::held::Current;
use crate::observe::Reports;
use crate::prepared::Prepared;

/// The grants of a forwarded request, stored while the wrapped service runs. It stores the policy that decided, so
/// that a response follows one policy even if that was replaced meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Grants {
    pub(crate) policy: Current,
    pub(crate) granted: Option<Granted>,
    pub(crate) reports: Reports,
}

/// The rule that grants, and the value of `Access-Control-Allow-Origin`.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    pub(crate) rule: usize,
    pub(crate) allow_origin: HeaderValue,
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
    /// Attaches the grants to an inner middleware's error, which becomes a response further out (SRV-23).
    pub(crate) fn attach_to(&self, mut error: Error) -> Error {
        let grants = self.clone();
        let is_reported = Cell::new(false);
        error.add_response_mapper(move |response| {
            // An error can become a response more than once.
            let reports = if is_reported.replace(true) { Reports::none() } else { grants.reports.clone() };
            Self { reports, ..grants.clone() }.onto(response)
        });
        error
    }

    /// Adds the grants to a response that the wrapped service did not make. Never inlined: the program is 3.7 KB
    /// smaller.
    #[inline(never)]
    pub(crate) fn onto(mut self, mut response: HttpResponse) -> HttpResponse {
        self.write(response.headers_mut());
        response
    }

    /// Writes the CORS headers and consumes the grant, so that a second call grants nothing.
    // Always inlined: 20 instructions less.
    #[inline(always)]
    pub(crate) fn write(&mut self, headers: &mut HeaderMap) {
        let found = Found::among(headers);
        let prepared = self.policy.prepared();
        if found.remove_grants(headers) {
            self.reports.overwrote(&self.policy);
        }
        // Moves only if there is something: 5 instructions less.
        if self.granted.is_some()
            && let Some(Granted { rule, allow_origin }) = self.granted.take()
            && let Some(rule) = prepared.rule(rule)
        {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            headers::allow_credentials(headers, rule);
            if let Some(value) = rule.value(ResponseHeader::ExposeHeaders) {
                headers.append(headers::name(ResponseHeader::ExposeHeaders), value.clone());
            }
            self.reports.granted(&self.policy);
        }
        if let Some(vary) = prepared.vary() {
            found.merge_vary(headers, vary);
        }
    }
}
