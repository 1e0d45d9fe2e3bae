//! Mistakes that only the whole app shows.

mod unanswered;

use std::fmt;

use actix_web::http::{Method, StatusCode, Uri};
use cors_core::browser::explain::{Cause, Explanation};
use cors_core::browser::{At, Blocked, OutgoingRequest, Response};

pub(crate) use unanswered::PreflightUnanswered;

/// What in the app made the browser block, where that can be told from the answer.
pub(crate) enum Finding {
    /// `Access-Control-Allow-Origin` is there twice, or is a list.
    SeveralAllowedOrigins,
    /// A redirect answered the preflight.
    PreflightRedirected { status: StatusCode, location: Option<String> },
    /// Something else than a policy answered the preflight.
    PreflightUnanswered(PreflightUnanswered),
    /// An error or a redirect, which nobody gave CORS headers.
    Outside(StatusCode),
}

impl Finding {
    /// The last request is the one whose answer blocks.
    pub(crate) fn of(blocked: &Blocked, explanation: &Explanation, last: Option<&OutgoingRequest>) -> Option<Self> {
        let (response, last) = (blocked.response.as_ref()?, last?);
        let status = StatusCode::from_u16(response.status).ok()?;
        match (explanation.cause(), blocked.at) {
            (Cause::SeveralAllowedOrigins, _) => Some(Self::SeveralAllowedOrigins),
            (Cause::PreflightRedirected, _) => {
                let location = response.values("location").next();
                let location = location.map(|value| value.escape_ascii().to_string());
                Some(Self::PreflightRedirected { status, location })
            }
            (_, At::Preflight) if is_no_policy_s(status, response) => {
                let method = Method::from_bytes(last.header("Access-Control-Request-Method")?).ok()?;
                let url: Uri = blocked.url.parse().ok()?;
                let path = url.path().to_owned();
                Some(Self::PreflightUnanswered(PreflightUnanswered { method, path, status }))
            }
            (_, At::Actual) if !status.is_success() && is_untouched(response) => Some(Self::Outside(status)),
            _ => None,
        }
    }
}

/// Whether a policy has no reason to answer a preflight of a browser so.
fn is_no_policy_s(status: StatusCode, response: &Response) -> bool {
    match status {
        StatusCode::FORBIDDEN => !response.varies_by("Origin"),
        status => !status.is_success() || is_untouched(response),
    }
}

fn is_untouched(response: &Response) -> bool {
    response.values("access-control-allow-origin").next().is_none() && !response.varies_by("Origin")
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SeveralAllowedOrigins => formatter.write_str(
                "`Access-Control-Allow-Origin` has more than one value\n\
                 help: leave it to one policy, and take it out of other middleware, handlers and proxies\n\
                 note: browsers accept one origin and no list; a `Cors` replaces what is set inside of it, so what it does not \
                 replace is set outside",
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
            Self::Outside(status) => write!(
                formatter,
                "{status} came without CORS headers\n\
                 help: wrap the policy last, outside of whatever answers so: `.wrap(authentication).wrap(CORS)`\n\
                 note: a page cannot tell such an answer from a server that is down"
            ),
        }
    }
}
