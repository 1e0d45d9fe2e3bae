//! What will be written onto the response of a forwarded request.

use actix_web::http::header::{HeaderMap, HeaderValue};
use cors_core::{Forward, ResponseHeader};

use crate::cors::Source;
use crate::headers;

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
    pub(crate) fn new(source: &Source, forward: Forward<'_>, requested: &HeaderMap) -> Self {
        let granted = match forward {
            Forward::NotCors | Forward::Denied(_) => None,
            Forward::Granted(grants) => {
                headers::value(source.prepared(), &grants, ResponseHeader::AllowOrigin, requested)
                    .map(|allow_origin| Granted { rule: grants.rule_index(), allow_origin })
            }
        };
        Self { source: source.clone(), granted }
    }

    /// Writes the grants. The six headers are this middleware's (SRV-24): what an inner service set of them is removed.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        headers::remove_granted(headers);
        let prepared = self.source.prepared();
        if let Some(Granted { rule, allow_origin }) = self.granted {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            for header in OF_THE_RULE {
                if let Some(value) = prepared.value(rule, header) {
                    headers.append(headers::name(header), value.clone());
                }
            }
        }
        headers::merge_vary(headers, prepared.vary());
    }
}
