//! What a server does with a request under a policy, as one value to compare.

use std::collections::BTreeMap;
use std::fmt;

use cors_core::{Answered, Decision, Lines, Policy, decide};

use crate::support::{Request, bytes};

/// Whether the request is answered or forwarded, the status of an answer, and all CORS headers.
#[derive(PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) kind: &'static str,
    pub(crate) status: Option<u16>,
    /// The headers by name in lower case, including `vary`.
    pub(crate) headers: BTreeMap<String, Vec<u8>>,
}

impl Answer {
    /// Returns the answer. `knows` is the source of origins, if the policy has one.
    pub(crate) fn of(policy: &Policy, request: &Request, knows: impl Fn(&str) -> bool) -> Self {
        let headers: Vec<(String, Vec<u8>)> =
            request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), bytes(value))).collect();
        let values = |wanted: &'static str| {
            headers.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_slice())
        };
        let method = bytes(&request.method);
        let names: Vec<&[u8]> = values("access-control-request-headers").collect();
        let request = cors_core::Request::new(&method)
            .origin(Lines::of(values("origin")))
            .access_control_request_method(Lines::of(values("access-control-request-method")))
            .access_control_request_headers(&names);

        let decision = match decide(policy, &request) {
            Decision::Ask(ask) => {
                let answered = match ask.question(&request) {
                    Ok(question) if knows(question.origin().as_str()) => Answered::Allowed,
                    Ok(_) => Answered::Denied,
                    Err(denial) => Answered::NotAsked(denial),
                };
                ask.resume(answered, &request)
            }
            decision => decision,
        };
        let reply = policy.reply(decision);
        let lines = reply.lines(&request).map(|(name, value)| (name.to_owned(), value.into_owned()));
        let vary = reply.vary().map(|vary| ("vary".to_owned(), vary.text().to_ascii_lowercase().into_bytes()));
        Self {
            kind: if reply.status().is_some() { "answer" } else { "forward" },
            status: reply.status(),
            headers: lines.chain(vary).collect(),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind, self.status)?;
        self.headers.iter().try_for_each(|(name, value)| write!(f, "; {name}: {}", value.escape_ascii()))
    }
}
