//! Problems besides CORS: an error or a redirect of the server that a message about CORS hides.

use super::words::{UrlMistake, url_mistake};
use super::{Cause, Facts};
use crate::At;

/// A problem besides CORS: an error or a redirect without CORS headers. Browsers report only the missing headers.
///
/// ```
/// use cors_browser::explain::{Explanation, Obstacle};
///
/// let text = "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: \
///             No 'Access-Control-Allow-Origin' header is present on the requested resource.\n\
///             GET https://api.example.com/ net::ERR_FAILED 502 (Bad Gateway)";
/// let explanation = Explanation::from_console(text).unwrap();
/// let obstacle = explanation.obstacle().unwrap();
/// assert_eq!(obstacle.code(), "bad-gateway");
/// assert_eq!(obstacle.to_string(), "a proxy answers 502, because it does not reach the app");
/// assert_eq!(explanation.help()[0], "start the app, or correct its address in the proxy");
/// assert!(Obstacle::is_login("https://app.example.com/oauth2/start"));
/// assert!(!Obstacle::is_login("https://login.example.com/notes"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    code: &'static str,
    sentence: String,
    remedy: String,
}

impl Obstacle {
    /// Returns a short, stable name, such as `bad-gateway`.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns whether a URL is probably a login page: a segment of its path has a usual name, as in `/login` or
    /// `/oauth2/start`.
    pub fn is_login(url: &str) -> bool {
        const NAMES: [&str; 10] =
            ["login", "log-in", "signin", "sign-in", "sign_in", "oauth", "oauth2", "authorize", "saml", "sso"];
        let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let after_host = path.splitn(4, '/').nth(3).unwrap_or_default();
        after_host.split(['/', '.']).any(|word| NAMES.contains(&word))
    }

    pub(super) fn remedy(&self) -> &str {
        &self.remedy
    }

    pub(super) fn of(cause: Cause, facts: &Facts) -> Option<Self> {
        use Cause::{AllowOriginMissing, OriginNotAllowed, PreflightRedirected, PreflightStatus};
        // A response with CORS headers is from the app.
        let says_nothing =
            matches!(cause, AllowOriginMissing | OriginNotAllowed | PreflightStatus | PreflightRedirected);
        if !says_nothing {
            return None;
        }
        let status = facts.status?;
        let (code, sentence, remedy) = of_error(status, facts).or_else(|| of_redirect(facts))?;
        Some(Self { code, sentence, remedy })
    }

    /// Whether something between browser and app responds, which cannot have the policy of the app.
    pub(super) fn is_of_proxy(&self) -> bool {
        ["bad-gateway", "service-unavailable", "gateway-timeout", "body-too-large"].contains(&self.code)
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

type Row = (&'static str, String, String);

fn row(code: &'static str, sentence: impl Into<String>, remedy: &str) -> Row {
    (code, sentence.into(), remedy.to_owned())
}

fn of_error(status: u16, facts: &Facts) -> Option<Row> {
    let is_actual = facts.at == Some(At::Actual);
    let by = facts.server.as_ref().map_or_else(|| "a proxy".to_owned(), |name| format!("a proxy ({name})"));
    Some(match status {
        404 if is_actual => row(
            "not-found",
            "the server answers 404: it has nothing at this address",
            "compare the path of the address with the routes of the server",
        ),
        405 if is_actual => {
            let takes = match facts.allow.as_deref() {
                Some(allow) if !allow.is_empty() => format!("; it takes {allow}"),
                _ => String::new(),
            };
            let method = facts.asked_method.as_deref().unwrap_or("this method");
            row(
                "method-not-taken",
                format!("the server answers 405: the route does not take {method}{takes}"),
                "ask by a method that the route takes, or add this one to the route",
            )
        }
        413 => row(
            "body-too-large",
            "the server answers 413: it refuses the size of the body",
            "raise the limit: client_max_body_size of nginx, or the limit of the framework's body parser",
        ),
        429 => row(
            "too-many-requests",
            "the server answers 429: it was asked too often",
            "ask less often, or raise the limit of the server",
        ),
        502 | 520..=526 => row(
            "bad-gateway",
            format!("{by} answers {status}, because it does not reach the app"),
            "start the app, or correct its address in the proxy",
        ),
        503 => row(
            "service-unavailable",
            format!("{by} or the app answers 503: the app is not ready, or switched off"),
            "start the app, or wait until it is ready",
        ),
        504 => row(
            "gateway-timeout",
            format!("{by} answers 504, because the app did not answer in time"),
            "look what the app waits for, or raise the time limit of the proxy",
        ),
        500 | 506..=599 => row(
            "server-error",
            format!("the server answers {status}: something failed in it"),
            "read the log of the server, and fix what failed",
        ),
        _ => return None,
    })
}

fn of_redirect(facts: &Facts) -> Option<Row> {
    let to = facts.location.as_deref()?;
    match url_mistake(facts) {
        Some(url_mistake) => {
            let (code, what) = match url_mistake {
                UrlMistake::Slash if to.split('?').next().is_some_and(|path| path.ends_with('/')) => {
                    ("slash-missing", "lacks only a final slash")
                }
                UrlMistake::Slash => ("slash-needless", "has a final slash too many"),
                UrlMistake::Https => ("https-missing", "lacks only the s of https"),
            };
            Some((code, format!("the address {what}, so the server redirects"), format!("ask for {to} in the script")))
        }
        // A preflight has no credentials, so it cannot be a matter of login.
        None if facts.at == Some(At::Actual) && Obstacle::is_login(to) => Some(row(
            "login-redirect",
            format!("the server redirects to a page for signing in, {to}: it does not know the user"),
            "sign in first; and let the server answer 401 to scripts, for they cannot use that page",
        )),
        None => None,
    }
}
