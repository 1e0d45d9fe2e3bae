//! The interface of observers.

use std::fmt;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderName};
use cors_core::{
    Advice, Answered, Credentials, Decision, Denial, IncomingRequest, Lines, NestingConflict, Origin, Policy, Request,
};

use crate::careless::CarelessSource;
use crate::incoming::Incoming;
use crate::name::PolicyName;
use crate::unanswered::Unanswered;

/// Receives the decisions of a policy. [`Cors::observer`](crate::Cors::observer) adds one.
///
/// The methods run during a request: keep them fast, and do not panic.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use cors_actix::{Cors, Decided, Observer, cors_policy};
///
/// #[derive(Default)]
/// struct Preflights(AtomicU64);
///
/// impl Observer for Preflights {
///     fn decided(&self, decided: &Decided<'_>) {
///         if decided.is_preflight() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let cors = cors_policy! { origins: ["https://app.example.com"] }.observer(Preflights::default());
/// ```
pub trait Observer: Send + Sync {
    /// Called when a policy decided about a request. A refusal is final; a grant is written later, unless another
    /// policy refuses the request.
    fn decided(&self, decided: &Decided<'_>) {
        let _ = decided;
    }

    /// Called when the grant of this policy was written to the response, after all policies around the handler
    /// granted it.
    fn granted(&self, policy: PolicyName) {
        let _ = policy;
    }

    /// Called when the policy removed `Access-Control-*` headers that a handler or middleware inside of it set.
    fn overwrote(&self, policy: PolicyName) {
        let _ = policy;
    }

    /// Called when two nested policies disagree about the origin of a request. The request gets only what both grant.
    /// Called for each such request; the log has each disagreement once.
    fn nested(&self, outer: PolicyName, inner: PolicyName, conflict: &NestingConflict) {
        let _ = (outer, inner, conflict);
    }

    /// Called when the source of origins gave no answer for this origin, so the request was refused.
    fn unanswered(&self, policy: PolicyName, origin: &Origin, reason: &Unanswered) {
        let _ = (policy, origin, reason);
    }

    /// Called once when the source allows an origin that nobody can own (debug builds only).
    fn careless(&self, policy: PolicyName, source: &CarelessSource) {
        let _ = (policy, source);
    }
}

/// The decision of a policy about a request, from [`Observer::decided`], which has an example.
pub struct Decided<'a> {
    name: PolicyName,
    policy: &'a Policy,
    pub(super) request: Incoming<'a>,
    pub(super) is_answer: bool,
    pub(super) is_inside: bool,
    pub(super) answered: Option<Answered>,
    denial: Option<Denial>,
}

impl<'a> Decided<'a> {
    pub(super) fn new(
        name: PolicyName,
        policy: &'a Policy,
        request: Incoming<'a>,
        decision: &Decision<'_>,
        refused: Option<Denial>,
        answered: Option<Answered>,
        is_inside: bool,
    ) -> Self {
        let denial = refused.or_else(|| decision.blocked_by_browser(&request, credentials(request.request())));
        // A page of the server itself needs no grant, so nothing is refused.
        let denial = denial.filter(|_| !request.is_same_origin());
        let is_answer = refused.is_some() || !matches!(decision, Decision::Forward(_));
        Self { name, policy, request, is_answer, is_inside, answered, denial }
    }

    /// Returns the name of the policy.
    pub const fn policy_name(&self) -> PolicyName {
        self.name
    }

    /// Returns the policy.
    pub const fn policy(&self) -> &Policy {
        self.policy
    }

    /// Returns the value of the request's only `Origin` line, unchanged.
    pub fn origin(&self) -> Option<&[u8]> {
        self.request.origin_lines().one()
    }

    /// Returns whether the request is a preflight, which the policy answers itself.
    pub fn is_preflight(&self) -> bool {
        self.request.is_options()
            && self.request.origin_lines() != Lines::None
            && self.request.access_control_request_method_lines() != Lines::None
    }

    /// Returns why a browser blocks the answer. Returns `None` if this policy grants everything that the request
    /// shows.
    pub const fn denial(&self) -> Option<Denial> {
        self.denial
    }

    /// Returns what to write in the policy to grant what it refuses.
    pub fn advice(&self) -> Option<Advice> {
        let (answered, denial) = (self.answered.unwrap_or(Answered::Allowed), self.denial?);
        if denial == Denial::MethodNotListed && !self.is_preflight() {
            // A nested policy refuses the request itself. The preflight would have asked for the same method.
            let method = Lines::One(self.request.request().method().as_str().as_bytes());
            let preflight = Request::new(b"OPTIONS").origin(self.request.origin_lines());
            let preflight = preflight.access_control_request_method(method);
            return Some(self.policy.advice_after(answered, denial, &preflight));
        }
        Some(self.policy.advice_after(answered, denial, &self.request))
    }
}

impl fmt::Debug for Decided<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Decided")
            .field("policy_name", &self.name)
            .field("origin", &self.origin().map(<[u8]>::escape_ascii).map(|origin| origin.to_string()))
            .field("is_preflight", &self.is_preflight())
            .field("denial", &self.denial)
            .finish_non_exhaustive()
    }
}

const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Returns whether a script fetches with credentials: there is a cookie, and no form or image sent it.
fn credentials(request: &ServiceRequest) -> Credentials {
    let headers = request.headers();
    let is_a_scripts = headers.get(SEC_FETCH_MODE).is_some_and(|mode| mode == "cors");
    if is_a_scripts && headers.contains_key(header::COOKIE) { Credentials::Included } else { Credentials::Unknown }
}
