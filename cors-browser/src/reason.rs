//! Why a browser blocks.

use std::fmt;

use super::statement::Statement;

/// Why a browser keeps an answer from a page, with what an explanation needs. [`Blocked`](super::Blocked) has an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The answer has no `Access-Control-Allow-Origin`.
    AllowOriginMissing {
        /// The origin that it had to allow.
        origin: String,
    },
    /// `Access-Control-Allow-Origin` is `*`, and the credentials mode is include.
    WildcardWithCredentials {
        /// The origin that it had to allow.
        origin: String,
    },
    /// `Access-Control-Allow-Origin` is another value than the origin.
    AllowOriginMismatch {
        /// The origin that it had to allow.
        origin: String,
        /// The value; of several lines, joined by `, `.
        value: Vec<u8>,
    },
    /// The credentials mode is include, and `Access-Control-Allow-Credentials` is not exactly `true`.
    AllowCredentialsNotTrue {
        /// The value; of several lines, joined by `, `.
        value: Option<Vec<u8>>,
    },
    /// The status of a preflight's answer is not 200 to 299.
    PreflightStatus {
        /// The status.
        status: u16,
    },
    /// A list in a preflight's answer has an element that is no token.
    PreflightListMalformed {
        /// The name of the header, in lower case.
        header: &'static str,
        /// The value; of several lines, joined by `, `.
        value: Vec<u8>,
    },
    /// `Access-Control-Allow-Methods` does not list the method.
    MethodNotAllowed {
        /// The method.
        method: String,
        /// What is listed.
        allowed: Vec<String>,
        /// Whether the credentials mode is include, by which `*` is a name like any other.
        with_credentials: bool,
    },
    /// `Access-Control-Allow-Headers` does not list a header.
    HeaderNotAllowed {
        /// Its name, in lower case.
        name: String,
        /// What is listed.
        allowed: Vec<String>,
        /// Whether the credentials mode is include, by which `*` is a name like any other.
        with_credentials: bool,
    },
    /// There was a redirect, and the redirect mode is error.
    RedirectModeError {
        /// The status.
        status: u16,
    },
    /// `Location` is no URL, or is there twice.
    RedirectLocationInvalid {
        /// The value; of several lines, joined by `, `.
        value: Vec<u8>,
    },
    /// A redirect leads to something else than http or https.
    RedirectScheme {
        /// Where to.
        url: String,
    },
    /// There are more than 20 redirects.
    TooManyRedirects,
    /// A redirect leads to a URL with user info.
    RedirectWithCredentialsInUrl {
        /// Where to.
        url: String,
    },
    /// A redirect would have to send a stream again.
    RedirectWithStreamBody {
        /// The status.
        status: u16,
    },
    /// The URL is of another origin, and the mode is same-origin.
    CrossOriginInSameOriginMode {
        /// The URL.
        url: String,
    },
    /// The URL is of another origin, the mode is no-cors, and the redirect mode is not follow.
    NoCorsNeedsFollow,
    /// The URL is neither http nor https.
    Scheme {
        /// The URL.
        url: String,
    },
    /// `Cross-Origin-Resource-Policy` keeps the answer from pages of other origins or sites.
    ResourcePolicy {
        /// The value.
        value: String,
    },
    /// The page demands a `Cross-Origin-Resource-Policy`, and the answer has none.
    EmbedderPolicy,
    /// The body is a stream, and the URL is `http:`, where browsers speak HTTP/1.1, which cannot send one.
    StreamNeedsHttp2 {
        /// The URL.
        url: String,
    },
}

impl Reason {
    /// A short name that does not change, such as `allow-origin-missing`.
    pub const fn code(&self) -> &'static str {
        self.blocking().code
    }

    /// The number of the statement that blocks, such as `CHK-1`.
    pub fn statement(&self) -> &'static str {
        match self {
            Self::HeaderNotAllowed { name, .. } if name == "authorization" => "PRE-14",
            _ => self.blocking().number,
        }
    }

    /// Where the standard says so.
    pub fn anchor(&self) -> String {
        self.blocking().anchor()
    }

    const fn blocking(&self) -> Statement {
        match self {
            Self::AllowOriginMissing { .. } => Statement::ALLOW_ORIGIN_MISSING,
            Self::WildcardWithCredentials { .. } => Statement::WILDCARD_WITH_CREDENTIALS,
            Self::AllowOriginMismatch { .. } => Statement::ALLOW_ORIGIN_MISMATCH,
            Self::AllowCredentialsNotTrue { .. } => Statement::ALLOW_CREDENTIALS_NOT_TRUE,
            Self::PreflightStatus { .. } => Statement::PREFLIGHT_STATUS,
            Self::PreflightListMalformed { .. } => Statement::PREFLIGHT_LIST_MALFORMED,
            Self::MethodNotAllowed { .. } => Statement::METHOD_NOT_ALLOWED,
            Self::HeaderNotAllowed { .. } => Statement::HEADER_NOT_ALLOWED,
            Self::RedirectModeError { .. } => Statement::REDIRECT_MODE_ERROR,
            Self::RedirectLocationInvalid { .. } => Statement::REDIRECT_LOCATION_INVALID,
            Self::RedirectScheme { .. } => Statement::REDIRECT_SCHEME,
            Self::TooManyRedirects => Statement::TOO_MANY_REDIRECTS,
            Self::RedirectWithCredentialsInUrl { .. } => Statement::REDIRECT_WITH_CREDENTIALS_IN_URL,
            Self::RedirectWithStreamBody { .. } => Statement::REDIRECT_WITH_STREAM_BODY,
            Self::CrossOriginInSameOriginMode { .. } => Statement::CROSS_ORIGIN_IN_SAME_ORIGIN_MODE,
            Self::NoCorsNeedsFollow => Statement::NO_CORS_NEEDS_FOLLOW,
            Self::Scheme { .. } => Statement::SCHEME,
            Self::ResourcePolicy { .. } => Statement::RESOURCE_POLICY,
            Self::EmbedderPolicy => Statement::EMBEDDER_POLICY,
            Self::StreamNeedsHttp2 { .. } => Statement::STREAM_NEEDS_HTTP_2,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.code(), self.statement())
    }
}
