//! Mistakes that only the whole app shows.

mod unanswered;

use std::fmt;

use actix_web::http::{Method, StatusCode, Uri};
use cors_core::browser::{At, Blocked, OutgoingRequest, Reason, Response};

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
    pub(crate) fn of(blocked: &Blocked, last: Option<&OutgoingRequest>) -> Option<Self> {
        let (response, last) = (blocked.response.as_ref()?, last?);
        let status = StatusCode::from_u16(response.status).ok()?;
        if let Reason::AllowOriginMismatch { value, .. } = &blocked.reason
            && value.contains(&b',')
        {
            return Some(Self::SeveralAllowedOrigins);
        }
        match blocked.at {
            At::Preflight if status.is_redirection() => {
                let location = values(response, "location").next();
                let location = location.map(|value| value.escape_ascii().to_string());
                Some(Self::PreflightRedirected { status, location })
            }
            At::Preflight if is_no_policy_s(status, response) => {
                let method = Method::from_bytes(last.header("Access-Control-Request-Method")?).ok()?;
                let url: Uri = blocked.url.parse().ok()?;
                let path = url.path().to_owned();
                Some(Self::PreflightUnanswered(PreflightUnanswered { method, path, status }))
            }
            At::Actual if !status.is_success() && is_untouched(response) => Some(Self::Outside(status)),
            _ => None,
        }
    }
}

/// Whether a policy has no reason to answer a preflight so.
fn is_no_policy_s(status: StatusCode, response: &Response) -> bool {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNAUTHORIZED => true,
        StatusCode::FORBIDDEN => values(response, "www-authenticate").next().is_some(),
        status => status.is_success() && is_untouched(response),
    }
}

fn is_untouched(response: &Response) -> bool {
    values(response, "access-control-allow-origin").next().is_none() && !names_origin(values(response, "vary"))
}

/// Whether these values of `Vary` name the origin: a policy that refuses an origin says so, and nobody else has a reason to.
pub(crate) fn names_origin<'v>(vary: impl IntoIterator<Item = &'v [u8]>) -> bool {
    let mut names = vary.into_iter().flat_map(|line| line.split(|byte| *byte == b','));
    names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"Origin"))
}

fn values<'r>(response: &'r Response, name: &str) -> impl Iterator<Item = &'r [u8]> {
    let lines = response.headers.iter().filter(move |line| line.name.eq_ignore_ascii_case(name));
    lines.map(|line| line.value.as_slice())
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
