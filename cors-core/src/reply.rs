//! The whole answer: status, headers and `Vary`.

use std::borrow::Cow;

use crate::{Answered, Decision, Grants, IncomingRequest, Policy, ResponseHeader, Value, Vary, decide};

/// The whole answer to a request. [`Policy::respond`] and [`Policy::reply`] return it.
///
/// ```
/// use std::borrow::Cow;
///
/// use cors_core::{Lines, PolicyDraft, Request, Vary};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate()?;
/// let request = Request::new(b"OPTIONS")
///     .origin(Lines::One(b"https://app.example.com"))
///     .access_control_request_method(Lines::One(b"PUT"));
///
/// let reply = policy.respond(&request);
/// assert_eq!((reply.status(), reply.vary()), (Some(204), Some(Vary::Origin)));
/// let lines: Vec<_> = reply.lines(&request).collect();
/// assert_eq!(lines[0], ("access-control-allow-origin", Cow::Borrowed(b"https://app.example.com".as_slice())));
/// assert_eq!(lines[1], ("access-control-allow-methods", Cow::Borrowed(b"PUT".as_slice())));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'p> {
    policy: &'p Policy,
    decision: Decision<'p>,
}

impl<'p> Reply<'p> {
    /// Returns the status of a response that is sent without a body and without calling the application: 204 or 403.
    /// Returns `None` if the application responds. Remove the application's own lines of [`ResponseHeader::ALL`] then
    /// (SRV-24), and add [`lines`](Self::lines).
    #[inline]
    pub const fn status(&self) -> Option<u16> {
        match self.decision {
            // SRV-11
            Decision::Answer(Ok(_)) => Some(204),
            // SRV-10, SRV-22
            Decision::Answer(Err(_)) | Decision::Reject(_) | Decision::Ask(_) => Some(403),
            // SRV-20, SRV-21
            Decision::Forward(_) => None,
        }
    }

    /// Returns the grants, if there are any.
    #[inline]
    pub const fn grants(&self) -> Option<Grants<'p>> {
        self.decision.grants()
    }

    /// Returns the value of a header; `None` if the response must not have it.
    #[inline]
    pub const fn value(&self, header: ResponseHeader) -> Option<Value<'p>> {
        match self.decision.grants() {
            Some(grants) => grants.value(header),
            None => None,
        }
    }

    /// Returns the headers with their values as bytes, without `Vary`. `request` must be the request that was decided.
    pub fn lines<'v>(&self, request: &impl IncomingRequest<'v>) -> impl Iterator<Item = (&'static str, Cow<'v, [u8]>)>
    where
        'p: 'v,
    {
        let line = |header: &ResponseHeader| Some((header.name(), self.value(*header)?.bytes(request)?));
        ResponseHeader::ALL.iter().filter_map(line)
    }

    /// Returns what `Vary` must name, in addition to the names that the application sets (SRV-32).
    #[inline]
    pub const fn vary(&self) -> Option<Vary> {
        match self.decision {
            Decision::Answer(Ok(grants)) => self.policy.preflight_vary(grants.rule()),
            _ => self.policy.vary(),
        }
    }
}

impl Policy {
    /// Decides and returns the whole answer. Denies origins that only a source of origins knows. For a policy with a
    /// source, call [`decide`](crate::decide()) and [`reply`](Self::reply).
    #[inline]
    pub fn respond<'p, 'r>(&'p self, request: &impl IncomingRequest<'r>) -> Reply<'p> {
        self.reply(match decide(self, request) {
            Decision::Ask(ask) => ask.resume(Answered::Unanswered, request),
            decision => decision,
        })
    }

    /// Returns the whole answer for a decision of this policy. A [`Decision::Ask`] that was not resumed is refused.
    #[inline]
    pub const fn reply<'p>(&'p self, decision: Decision<'p>) -> Reply<'p> {
        Reply { policy: self, decision }
    }
}
