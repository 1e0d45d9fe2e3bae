//! What a server does with a request under a policy, as one thing to compare.

use std::collections::BTreeMap;
use std::fmt;

use cors_core::{Answered, Decision, Forward, Grants, Lines, Policy, ResponseHeader, Value, decide};

use crate::support::{Request, bytes};

/// Whether the request is answered or forwarded, the status of an answer, and all CORS headers.
#[derive(PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) kind: &'static str,
    pub(crate) status: Option<u16>,
    /// By name in lower case; `vary` too.
    pub(crate) headers: BTreeMap<String, Vec<u8>>,
}

impl Answer {
    /// A source, if the policy has one, says which origins it knows.
    pub(crate) fn of(policy: &Policy, request: &Request, knows: impl Fn(&str) -> bool) -> Self {
        let headers: Vec<(String, Vec<u8>)> =
            request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), bytes(value))).collect();
        let values = |wanted: &'static str| {
            headers.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_slice())
        };
        let method = bytes(&request.method);
        let request = cors_core::Request::new(&method)
            .origin(Lines::of(values("origin")))
            .access_control_request_method(Lines::of(values("access-control-request-method")))
            .access_control_request_headers(Lines::of(values("access-control-request-headers")));

        let written = |grants: &Grants<'_>| {
            let value = |header: ResponseHeader| match grants.value(header)? {
                Value::Text(text) => Some(text.as_bytes().to_vec()),
                Value::Requested => values(match header {
                    ResponseHeader::AllowMethods => "access-control-request-method",
                    ResponseHeader::AllowHeaders => "access-control-request-headers",
                    _ => "origin",
                })
                .next()
                .map(<[u8]>::to_vec),
            };
            let headers = ResponseHeader::ALL.into_iter();
            headers.filter_map(|header| Some((header.name().to_owned(), value(header)?))).collect()
        };
        let mut decision = decide(policy, &request);
        if let Decision::Ask(ask) = decision {
            let answered = match ask.question() {
                Ok(origin) if knows(origin.as_str()) => Answered::Allowed,
                Ok(_) => Answered::Denied,
                Err(denial) => Answered::NotAsked(denial),
            };
            decision = ask.resume(answered, &request);
        }
        let (kind, status, mut headers, vary) = match decision {
            Decision::Answer(Ok(grants)) => {
                ("answer", Some(204), written(&grants), policy.preflight_vary(grants.rule()))
            }
            Decision::Answer(Err(_)) => ("answer", Some(403), BTreeMap::new(), policy.vary()),
            Decision::Forward(Forward::Granted(grants)) => ("forward", None, written(&grants), policy.vary()),
            Decision::Forward(_) => ("forward", None, BTreeMap::new(), policy.vary()),
            Decision::Reject(_) => ("answer", Some(403), BTreeMap::new(), policy.vary()),
            Decision::Ask(_) => panic!("the source was asked"),
        };
        if let Some(vary) = vary {
            headers.insert("vary".to_owned(), vary.to_ascii_lowercase().into_bytes());
        }
        Self { kind, status, headers }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind, self.status)?;
        self.headers.iter().try_for_each(|(name, value)| write!(f, "; {name}: {}", value.escape_ascii()))
    }
}
