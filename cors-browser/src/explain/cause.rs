//! What is wrong, whether a verdict or only a console message tells.

use std::fmt;

use crate::statement::Statement;

/// What an [`Explanation`](super::Explanation) explains. Most are a [`Reason`](crate::Reason) without its details; some of these are told apart
/// further, where the remedy is another, and some only a console message can say.
///
/// ```
/// use cors_browser::explain::{Cause, Explanation};
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
    /// `Cross-Origin-Resource-Policy` keeps the answer from pages of other origins or sites.
    ResourcePolicy,
    /// The page demands a `Cross-Origin-Resource-Policy`, and the answer has none.
    EmbedderPolicy,
    /// The body is a stream, and the URL is `http:`, where browsers speak HTTP/1.1, which cannot send one.
    StreamNeedsHttp2,
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
        match self.blocking() {
            Ok(statement) => statement.code,
            Err(code) => code,
        }
    }

    /// The number of the statement that blocks, such as `CHK-3`; none where CORS does not.
    pub fn statement(self) -> Option<&'static str> {
        self.blocking().ok().map(|statement| statement.number)
    }

    /// Where the standard says so.
    pub fn anchor(self) -> Option<String> {
        self.blocking().ok().map(Statement::anchor)
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

    /// The statement that blocks; a short name where CORS does not.
    const fn blocking(self) -> Result<Statement, &'static str> {
        Ok(match self {
            Self::AllowOriginMissing => Statement::ALLOW_ORIGIN_MISSING,
            Self::AllowOriginMismatch => Statement::ALLOW_ORIGIN_MISMATCH,
            Self::SeveralAllowedOrigins => Statement::ALLOW_ORIGIN_MISMATCH.named("several-allowed-origins"),
            Self::OriginNotAllowed => Statement::ALLOW_ORIGIN_MISMATCH.named("origin-not-allowed"),
            Self::WildcardWithCredentials => Statement::WILDCARD_WITH_CREDENTIALS,
            Self::AllowCredentialsNotTrue => Statement::ALLOW_CREDENTIALS_NOT_TRUE,
            Self::PreflightStatus => Statement::PREFLIGHT_STATUS,
            Self::PreflightRedirected => Statement::PREFLIGHT_STATUS.named("preflight-redirected"),
            Self::PreflightListMalformed => Statement::PREFLIGHT_LIST_MALFORMED,
            Self::MethodNotAllowed => Statement::METHOD_NOT_ALLOWED,
            Self::HeaderNotAllowed => Statement::HEADER_NOT_ALLOWED,
            Self::RedirectModeError => Statement::REDIRECT_MODE_ERROR,
            Self::RedirectLocationInvalid => Statement::REDIRECT_LOCATION_INVALID,
            Self::RedirectScheme => Statement::REDIRECT_SCHEME,
            Self::TooManyRedirects => Statement::TOO_MANY_REDIRECTS,
            Self::RedirectWithCredentialsInUrl => Statement::REDIRECT_WITH_CREDENTIALS_IN_URL,
            Self::RedirectWithStreamBody => Statement::REDIRECT_WITH_STREAM_BODY,
            Self::CrossOriginInSameOriginMode => Statement::CROSS_ORIGIN_IN_SAME_ORIGIN_MODE,
            Self::NoCorsNeedsFollow => Statement::NO_CORS_NEEDS_FOLLOW,
            Self::Scheme => Statement::SCHEME,
            Self::ResourcePolicy => Statement::RESOURCE_POLICY,
            Self::EmbedderPolicy => Statement::EMBEDDER_POLICY,
            Self::StreamNeedsHttp2 => Statement::STREAM_NEEDS_HTTP_2,
            Self::BlockedPort => Statement::new("blocked-port", "PRE-0", "port-blocking"),
            Self::NoAnswer => return Err("no-answer"),
            Self::SaidElsewhere => return Err("said-elsewhere"),
            Self::ErrorStatus => return Err("error-status"),
            Self::LocalNetwork => return Err("local-network"),
            Self::CrossSiteCookie => return Err("cross-site-cookie"),
        })
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
