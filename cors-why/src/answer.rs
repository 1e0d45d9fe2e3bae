//! An answer, with what the model of the browser does not look at.

use std::fmt;

use cors_browser::Response;

/// Maximum length of the kept body: it is read for error texts only.
pub(crate) const LONGEST_BODY: usize = 64 * 1024;

/// An answer of the network, or of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Status and header lines.
    pub(crate) response: Response,
    /// The first [`LONGEST_BODY`] bytes of the body, or fewer if the rest comes too late.
    pub(crate) body: Vec<u8>,
    /// The version of HTTP; `None` in recordings.
    pub(crate) version: Option<HttpVersion>,
}

impl Answer {
    /// An answer without body and version.
    pub(crate) fn of(response: Response) -> Self {
        Self { response, body: Vec::new(), version: None }
    }

    /// The body as text, with replacement characters for invalid UTF-8.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The versions of HTTP that `why` speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpVersion {
    Http10,
    Http11,
    Http2,
}

impl fmt::Display for HttpVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2",
        })
    }
}
