//! Why a script's request throws before it is sent.

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
    /// The URL is invalid. The caller must resolve relative URLs.
    UrlInvalid {
        /// The URL.
        url: String,
    },
    /// The URL has user info.
    UrlWithCredentials {
        /// The URL.
        url: String,
    },
    /// The method is not a token.
    MethodInvalid {
        /// The method.
        method: String,
    },
    /// The method is CONNECT, TRACE or TRACK.
    MethodForbidden {
        /// The method.
        method: String,
    },
    /// The mode is `no-cors`, and the method is not GET, HEAD or POST.
    MethodNotSimpleInNoCors {
        /// The method.
        method: String,
    },
    /// The name of a header is not a token, or its value has a line break or a NUL.
    HeaderInvalid {
        /// The header line.
        line: HeaderLine,
    },
    /// The request has a body, and its method is GET or HEAD.
    BodyWithGet {
        /// The method.
        method: String,
    },
    /// The body is a stream, and the mode is `no-cors`.
    StreamInNoCors,
    /// The body is a stream, which the engine cannot send.
    StreamNotSupported,
    /// The cache mode is `only-if-cached`, and the mode is not `same-origin`.
    OnlyIfCachedNeedsSameOrigin,
}

impl Refusal {
    /// Returns a short, stable name, such as `method-forbidden`.
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

    /// Returns the number of the statement that refuses the request.
    pub const fn statement(&self) -> &'static str {
        match self {
            Self::MethodForbidden { .. } => "MET-2",
            _ => "HDR-7",
        }
    }

    /// Returns the URL of the statement in the standard.
    pub const fn anchor(&self) -> &'static str {
        "https://fetch.spec.whatwg.org/#dom-request"
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.code(), self.statement())
    }
}
