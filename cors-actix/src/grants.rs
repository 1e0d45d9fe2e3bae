//! What will be written onto the response of a forwarded request.

use actix_web::http::header::{HeaderMap, HeaderValue};
use cors_core::{Forward, ResponseHeader, Value};

use crate::cors::Source;
use crate::headers::{self, Found};

/// What a forwarded request was granted, kept while the wrapped service works. It holds the policy that decided, so that a
/// response is of one policy even if another has taken its place meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Grants {
    source: Source,
    granted: Option<Granted>,
}

#[derive(Clone, Debug)]
struct Granted {
    rule: usize,
    allow_origin: HeaderValue,
}

/// The headers of an actual response whose values do not depend on the request.
const OF_THE_RULE: [ResponseHeader; 2] = [ResponseHeader::AllowCredentials, ResponseHeader::ExposeHeaders];

impl Grants {
    pub(crate) fn new(source: &Source, forward: Forward<'_>, origin: Option<&HeaderValue>) -> Self {
        let granted = match forward {
            Forward::NotCors | Forward::Denied(_) => None,
            Forward::Granted(grants) => {
                let rule = grants.rule_index();
                let allow_origin = match grants.value(ResponseHeader::AllowOrigin) {
                    Some(Value::Requested) => origin,
                    Some(Value::Text(_)) => source.prepared().value(rule, ResponseHeader::AllowOrigin),
                    None => None,
                };
                allow_origin.cloned().map(|allow_origin| Granted { rule, allow_origin })
            }
        };
        Self { source: source.clone(), granted }
    }

    /// Leaves nothing behind that could be written a second time.
    pub(crate) fn take(&mut self) -> Self {
        Self { source: self.source.clone(), granted: self.granted.take() }
    }

    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let found = Found::among(headers);
        found.remove_grants(headers);
        let prepared = self.source.prepared();
        if let Some(Granted { rule, allow_origin }) = self.granted {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            for header in OF_THE_RULE {
                if let Some(value) = prepared.value(rule, header) {
                    headers.append(headers::name(header), value.clone());
                }
            }
        }
        if let Some(vary) = prepared.vary() {
            found.merge_vary(headers, vary);
        }
    }
}
