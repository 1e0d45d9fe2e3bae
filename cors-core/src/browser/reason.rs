//! Why a browser blocks.

use std::fmt;

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
    /// `Cross-Origin-Resource-Policy` keeps the answer from pages of other origins.
    ResourcePolicy {
        /// The value.
        value: String,
    },
}

impl Reason {
    /// A short name that does not change, such as `allow-origin-missing`.
    pub const fn code(&self) -> &'static str {
        self.facts().0
    }

    /// The number of the statement that blocks, such as `CHK-1`.
    pub fn statement(&self) -> &'static str {
        match self {
            Self::HeaderNotAllowed { name, .. } if name == "authorization" => "PRE-14",
            _ => self.facts().1,
        }
    }

    /// Where the standard says so.
    pub fn anchor(&self) -> String {
        format!("https://fetch.spec.whatwg.org/#{}", self.facts().2)
    }

    /// Code, statement, and fragment of the anchor.
    const fn facts(&self) -> (&'static str, &'static str, &'static str) {
        const CHECK: &str = "concept-cors-check";
        const PREFLIGHT: &str = "cors-preflight-fetch";
        const REDIRECT: &str = "concept-http-redirect-fetch";
        const MAIN: &str = "concept-main-fetch";
        match self {
            Self::AllowOriginMissing { .. } => ("allow-origin-missing", "CHK-1", CHECK),
            Self::WildcardWithCredentials { .. } => ("wildcard-with-credentials", "CHK-2", CHECK),
            Self::AllowOriginMismatch { .. } => ("allow-origin-mismatch", "CHK-3", CHECK),
            Self::AllowCredentialsNotTrue { .. } => ("allow-credentials-not-true", "CHK-4", CHECK),
            Self::PreflightStatus { .. } => ("preflight-status", "PRE-11", PREFLIGHT),
            Self::PreflightListMalformed { .. } => ("preflight-list-malformed", "PRE-12", PREFLIGHT),
            Self::MethodNotAllowed { .. } => ("method-not-allowed", "PRE-13", PREFLIGHT),
            Self::HeaderNotAllowed { .. } => ("header-not-allowed", "PRE-15", PREFLIGHT),
            Self::RedirectModeError { .. } => ("redirect-mode-error", "RED-1", "concept-http-fetch"),
            Self::RedirectLocationInvalid { .. } => ("redirect-location-invalid", "RED-1", REDIRECT),
            Self::RedirectScheme { .. } => ("redirect-scheme", "RED-1", REDIRECT),
            Self::TooManyRedirects => ("too-many-redirects", "RED-1", REDIRECT),
            Self::RedirectWithCredentialsInUrl { .. } => ("redirect-with-credentials-in-url", "RED-2", REDIRECT),
            Self::RedirectWithStreamBody { .. } => ("redirect-with-stream-body", "RED-5", REDIRECT),
            Self::CrossOriginInSameOriginMode { .. } => ("cross-origin-in-same-origin-mode", "PRE-2", MAIN),
            Self::NoCorsNeedsFollow => ("no-cors-needs-follow", "PRE-2", MAIN),
            Self::Scheme { .. } => ("scheme", "PRE-3", MAIN),
            Self::ResourcePolicy { .. } => ("resource-policy", "PRE-2", "cross-origin-resource-policy-check"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.code(), self.statement())
    }
}
