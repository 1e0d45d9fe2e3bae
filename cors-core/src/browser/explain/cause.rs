//! What is wrong, whether a verdict or only a console message tells.

use std::fmt;

/// What an [`Explanation`](super::Explanation) explains. Most are a [`Reason`](crate::browser::Reason) without its details; some of these are told apart
/// further, where the remedy is another, and some only a console message can say.
///
/// ```
/// use cors_core::browser::explain::{Cause, Explanation};
///
/// let text = "Access-Control-Allow-Origin cannot contain more than one origin.";
/// assert_eq!(Explanation::from_console(text).map(|explanation| explanation.cause()), Some(Cause::SeveralAllowedOrigins));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// No `Access-Control-Allow-Origin`.
    AllowOriginMissing,
    /// `Access-Control-Allow-Origin` is another value than the origin.
    AllowOriginMismatch,
    /// `Access-Control-Allow-Origin` has several values, or is there twice.
    SeveralAllowedOrigins,
    /// One of these three; the console of WebKit does not say which.
    OriginNotAllowed,
    /// `Access-Control-Allow-Origin` is `*`, and the credentials mode is include.
    WildcardWithCredentials,
    /// The credentials mode is include, and `Access-Control-Allow-Credentials` is not exactly `true`.
    AllowCredentialsNotTrue,
    /// The status of a preflight's answer is not 200 to 299.
    PreflightStatus,
    /// The same, for the answer is a redirect.
    PreflightRedirected,
    /// A list in a preflight's answer has an element that is no token.
    PreflightListMalformed,
    /// `Access-Control-Allow-Methods` does not list the method.
    MethodNotAllowed,
    /// `Access-Control-Allow-Headers` does not list a header.
    HeaderNotAllowed,
    /// There was a redirect, and the redirect mode is error.
    RedirectModeError,
    /// `Location` is no URL, or is there twice.
    RedirectLocationInvalid,
    /// A redirect leads to something else than http or https.
    RedirectScheme,
    /// There are more than 20 redirects.
    TooManyRedirects,
    /// A redirect leads to a URL with user info.
    RedirectWithCredentialsInUrl,
    /// A redirect would have to send a stream again.
    RedirectWithStreamBody,
    /// The URL is of another origin, and the mode is same-origin.
    CrossOriginInSameOriginMode,
    /// The URL is of another origin, the mode is no-cors, and the redirect mode is not follow.
    NoCorsNeedsFollow,
    /// The URL is neither http nor https.
    Scheme,
    /// `Cross-Origin-Resource-Policy` keeps the answer from pages of other origins.
    ResourcePolicy,
    /// No answer came. Firefox says so too after a failed preflight, whose cause stands in the message before.
    NoAnswer,
    /// The message says only that something failed; the one before it says what.
    SaidElsewhere,
    /// The answer has an error status, and CORS has nothing to do with it.
    ErrorStatus,
    /// Browsers send nothing to this port.
    BlockedPort,
    /// The user did not permit requests to the local network.
    LocalNetwork,
    /// It is about a cookie of another site.
    CrossSiteCookie,
}

impl Cause {
    /// A short name that does not change, such as `several-allowed-origins`.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The number of the statement that blocks, such as `CHK-3`; none where CORS does not.
    pub fn statement(self) -> Option<&'static str> {
        self.facts().1.map(|(statement, _)| statement)
    }

    /// Where the standard says so.
    pub fn anchor(self) -> Option<String> {
        self.facts().1.map(|(_, fragment)| format!("https://fetch.spec.whatwg.org/#{fragment}"))
    }

    /// Whether CORS headers of a server decide about it, so that a policy has a say.
    pub(super) const fn is_about_cors_headers(self) -> bool {
        matches!(
            self,
            Self::AllowOriginMissing
                | Self::AllowOriginMismatch
                | Self::SeveralAllowedOrigins
                | Self::OriginNotAllowed
                | Self::WildcardWithCredentials
                | Self::AllowCredentialsNotTrue
                | Self::PreflightStatus
                | Self::PreflightRedirected
                | Self::PreflightListMalformed
                | Self::MethodNotAllowed
                | Self::HeaderNotAllowed
        )
    }

    /// Code, and the statement with the fragment of its anchor.
    const fn facts(self) -> (&'static str, Option<(&'static str, &'static str)>) {
        const CHECK: &str = "concept-cors-check";
        const PREFLIGHT: &str = "cors-preflight-fetch";
        const REDIRECT: &str = "concept-http-redirect-fetch";
        const MAIN: &str = "concept-main-fetch";
        match self {
            Self::AllowOriginMissing => ("allow-origin-missing", Some(("CHK-1", CHECK))),
            Self::AllowOriginMismatch => ("allow-origin-mismatch", Some(("CHK-3", CHECK))),
            Self::SeveralAllowedOrigins => ("several-allowed-origins", Some(("CHK-3", CHECK))),
            Self::OriginNotAllowed => ("origin-not-allowed", Some(("CHK-3", CHECK))),
            Self::WildcardWithCredentials => ("wildcard-with-credentials", Some(("CHK-2", CHECK))),
            Self::AllowCredentialsNotTrue => ("allow-credentials-not-true", Some(("CHK-4", CHECK))),
            Self::PreflightStatus => ("preflight-status", Some(("PRE-11", PREFLIGHT))),
            Self::PreflightRedirected => ("preflight-redirected", Some(("PRE-11", PREFLIGHT))),
            Self::PreflightListMalformed => ("preflight-list-malformed", Some(("PRE-12", PREFLIGHT))),
            Self::MethodNotAllowed => ("method-not-allowed", Some(("PRE-13", PREFLIGHT))),
            Self::HeaderNotAllowed => ("header-not-allowed", Some(("PRE-15", PREFLIGHT))),
            Self::RedirectModeError => ("redirect-mode-error", Some(("RED-1", "concept-http-fetch"))),
            Self::RedirectLocationInvalid => ("redirect-location-invalid", Some(("RED-1", REDIRECT))),
            Self::RedirectScheme => ("redirect-scheme", Some(("RED-1", REDIRECT))),
            Self::TooManyRedirects => ("too-many-redirects", Some(("RED-1", REDIRECT))),
            Self::RedirectWithCredentialsInUrl => ("redirect-with-credentials-in-url", Some(("RED-2", REDIRECT))),
            Self::RedirectWithStreamBody => ("redirect-with-stream-body", Some(("RED-5", REDIRECT))),
            Self::CrossOriginInSameOriginMode => ("cross-origin-in-same-origin-mode", Some(("PRE-2", MAIN))),
            Self::NoCorsNeedsFollow => ("no-cors-needs-follow", Some(("PRE-2", MAIN))),
            Self::Scheme => ("scheme", Some(("PRE-3", MAIN))),
            Self::ResourcePolicy => ("resource-policy", Some(("PRE-2", "cross-origin-resource-policy-check"))),
            Self::BlockedPort => ("blocked-port", Some(("PRE-0", "port-blocking"))),
            Self::NoAnswer => ("no-answer", None),
            Self::SaidElsewhere => ("said-elsewhere", None),
            Self::ErrorStatus => ("error-status", None),
            Self::LocalNetwork => ("local-network", None),
            Self::CrossSiteCookie => ("cross-site-cookie", None),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement() {
            Some(statement) => write!(formatter, "{} ({statement})", self.code()),
            None => formatter.write_str(self.code()),
        }
    }
}
