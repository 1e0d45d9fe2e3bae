//! Mistakes that only the whole app shows.

pub(crate) mod policy_only;
#[cfg_attr(not(feature = "testing"), allow(dead_code, unreachable_pub, reason = "the feature `testing` exports it"))]
pub(crate) mod unanswered;
pub(crate) mod words;

use std::fmt;

use actix_web::http::{Method, StatusCode, Uri};
use cors_browser::explain::{Cause, Explanation};
use cors_browser::{At, Blocked, OutgoingRequest};
use cors_core::{Policy, RequestHeader, ResponseHeader};

use crate::name::PolicyName;
use crate::observe::Decisions;

use unanswered::PreflightUnanswered;
use words::{ONE_POLICY, SET_OUTSIDE, WRAP_LAST};

/// The mistake in the app that made the browser block.
pub(crate) enum Finding {
    /// There are two `Access-Control-Allow-Origin` headers, or one with a list.
    SeveralAllowedOrigins,
    /// The answer to the preflight is a redirect.
    PreflightRedirected { status: StatusCode, location: Option<String> },
    /// No policy answered the preflight.
    PreflightUnanswered(PreflightUnanswered),
    /// The preflight was answered by another policy than the one that should decide.
    AnotherPolicy(PolicyName),
    /// Nested policies disagree.
    Nested(String),
    /// An error or a redirect without CORS headers.
    Outside(StatusCode),
}

impl Finding {
    /// The last request is the blocked one. `decisions` are the decisions of its policies, if the request reached an
    /// app, and `known` is the policy that should decide.
    fn of(
        blocked: &Blocked,
        explanation: &Explanation,
        last: Option<&OutgoingRequest>,
        decisions: Option<&Decisions>,
        known: Option<&Policy>,
    ) -> Option<Self> {
        let (response, last) = (blocked.response.as_ref()?, last?);
        let status = StatusCode::from_u16(response.status).ok()?;
        match explanation.cause() {
            Cause::SeveralAllowedOrigins => return Some(Self::SeveralAllowedOrigins),
            Cause::PreflightRedirected => {
                let location = response.values("location").next();
                let location = location.map(|value| value.escape_ascii().to_string());
                return Some(Self::PreflightRedirected { status, location });
            }
            _ => {}
        }
        let decisions = decisions?;
        let is_refused_inside = decisions.policies.iter().skip(1).any(|seen| seen.denial.is_some());
        if let Some(conflict) = decisions.conflict().filter(|_| is_refused_inside) {
            return Some(Self::Nested(conflict.to_owned()));
        }
        let has_grant = response.values(ResponseHeader::AllowOrigin.name()).next().is_some();
        let answering = decisions.policies.iter().find(|seen| seen.is_answer);
        match (blocked.at, answering, decisions.deciding()) {
            // If another library grants, the answer itself shows the mistake.
            (At::Preflight, None, _) if !(has_grant && status.is_success()) => {
                let method = Method::from_bytes(last.header(RequestHeader::AccessControlRequestMethod.name())?).ok()?;
                let url: Uri = blocked.url.parse().ok()?;
                let path = url.path().to_owned();
                Some(Self::PreflightUnanswered(PreflightUnanswered { method, path, status }))
            }
            (At::Preflight, Some(answering), _) => {
                let is_another = known.is_some_and(|known| answering.policy != *known);
                is_another.then_some(Self::AnotherPolicy(answering.name))
            }
            (At::Actual, None, None) if !status.is_success() => Some(Self::Outside(status)),
            (At::Actual, None, Some(deciding)) if !status.is_success() && deciding.denial.is_none() && !has_grant => {
                Some(Self::Outside(status))
            }
            _ => None,
        }
    }
}

/// Returns what to show for a blocked request: the finding of [`Finding::of`], and the disagreement of nested
/// policies unless that is the finding. A mistake of the app comes before a mistake of the policy, because the policy
/// may be right.
pub(crate) fn diagnose<'d>(
    blocked: &Blocked,
    explanation: &Explanation,
    last: Option<&OutgoingRequest>,
    decisions: Option<&'d Decisions>,
    known: Option<&Policy>,
) -> (Option<Finding>, Option<&'d str>) {
    let finding = Finding::of(blocked, explanation, last, decisions, known);
    let is_nested = matches!(finding, Some(Finding::Nested(_)));
    let conflict = decisions.and_then(Decisions::conflict).filter(|_| !is_nested);
    (finding, conflict)
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SeveralAllowedOrigins => write!(
                formatter,
                "`Access-Control-Allow-Origin` has more than one value\n\
                 help: {ONE_POLICY}\n\
                 note: browsers accept one origin and no list; {SET_OUTSIDE}"
            ),
            Self::PreflightRedirected { status, location } => {
                write!(formatter, "the preflight was redirected: {status}")?;
                if let Some(location) = location {
                    write!(formatter, " to {location}")?;
                }
                formatter.write_str(
                    "\nhelp: have the page ask where the redirect leads to\n\
                     help: or, where that is a path of the same origin, wrap the policy last, outside of whatever redirects: \
                     `.wrap(redirect).wrap(CORS)`\n\
                     note: browsers follow no redirect of a preflight; and once a request is redirected to another origin, as \
                     from http to https, they send `Origin: null`",
                )
            }
            Self::PreflightUnanswered(unanswered) => unanswered.fmt(formatter),
            Self::AnotherPolicy(name) => write!(
                formatter,
                "the policy {name} answered the preflight\n\
                 help: do not wrap {name} around another policy: wrap each of them around scopes of its own\n\
                 note: of policies inside each other the outermost answers preflights, since nobody knows yet which one stands inside"
            ),
            Self::Nested(conflict) => formatter.write_str(conflict),
            Self::Outside(status) => write!(
                formatter,
                "{status} came without CORS headers\n\
                 help: {WRAP_LAST}\n\
                 note: a page cannot tell such an answer from a server that is down"
            ),
        }
    }
}

/// A status with its name, if it has one.
pub(crate) struct Status(pub(crate) u16);

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match StatusCode::from_u16(self.0).ok().and_then(|status| status.canonical_reason()) {
            Some(name) => write!(formatter, "{} {name}", self.0),
            None => write!(formatter, "{}", self.0),
        }
    }
}
