//! Why a script's request is not even begun.

use std::fmt;

use super::HeaderLine;

/// Why `fetch()` throws before anything is sent.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Refusal;
///
/// let refusal = Refusal::MethodForbidden { method: "TRACE".to_owned() };
/// assert_eq!(refusal.to_string(), "method-forbidden (MET-2)");
/// # use cors_browser::{Browser, Page, ScriptRequest, Verdict};
/// # let request = ScriptRequest::new("https://api.example.com/x").method("TRACE");
/// # let verdict = Browser::new().fetch(&Page::at("https://app.example.com")?, &request).end().verdict;
/// # assert_eq!(verdict, Verdict::RefusedByApi(refusal));
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The URL cannot be read. (Relative ones are for the caller to resolve.)
    UrlInvalid {
        /// The URL.
        url: String,
    },
    /// The URL has user info.
    UrlWithCredentials {
        /// The URL.
        url: String,
    },
    /// The method is no token.
    MethodInvalid {
        /// The method.
        method: String,
    },
    /// The method is CONNECT, TRACE or TRACK.
    MethodForbidden {
        /// The method.
        method: String,
    },
    /// The method is not GET, HEAD or POST, and the mode is no-cors.
    MethodNotSimpleInNoCors {
        /// The method.
        method: String,
    },
    /// The name of a header is no token, or its value has a line break or a NUL.
    HeaderInvalid {
        /// The header.
        line: HeaderLine,
    },
    /// The method is GET or HEAD, and there is a body.
    BodyWithGet {
        /// The method.
        method: String,
    },
    /// The body is a stream, and the mode is no-cors.
    StreamInNoCors,
    /// The body is a stream, which this engine cannot send.
    StreamNotSupported,
    /// The cache mode is only-if-cached, and the mode is not same-origin.
    OnlyIfCachedNeedsSameOrigin,
}

impl Refusal {
    /// A short name that does not change, such as `method-forbidden`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UrlInvalid { .. } => "url-invalid",
            Self::UrlWithCredentials { .. } => "url-with-credentials",
            Self::MethodInvalid { .. } => "method-invalid",
            Self::MethodForbidden { .. } => "method-forbidden",
            Self::MethodNotSimpleInNoCors { .. } => "method-not-simple-in-no-cors",
            Self::HeaderInvalid { .. } => "header-invalid",
            Self::BodyWithGet { .. } => "body-with-get",
            Self::StreamInNoCors => "stream-in-no-cors",
            Self::StreamNotSupported => "stream-not-supported",
            Self::OnlyIfCachedNeedsSameOrigin => "only-if-cached-needs-same-origin",
        }
    }

    /// The number of the statement that refuses.
    pub const fn statement(&self) -> &'static str {
        match self {
            Self::MethodForbidden { .. } => "MET-2",
            _ => "HDR-7",
        }
    }

    /// Where the standard says so.
    pub const fn anchor(&self) -> &'static str {
        "https://fetch.spec.whatwg.org/#dom-request"
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.code(), self.statement())
    }
}
