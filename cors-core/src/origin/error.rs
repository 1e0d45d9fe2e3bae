//! What keeps a text from being an origin.

use std::error::Error;
use std::fmt;

use super::{Origin, OriginFlaw};
use crate::quote::{Quoted, start};

/// Why a text is no [`Origin`](crate::Origin) or [`OriginPattern`](crate::OriginPattern).
///
/// Prints as one line with at most 64 bytes of the text, so that it can be logged whoever sent the text.
///
/// ```
/// use cors_core::{Origin, OriginErrorKind, OriginFlaw};
///
/// let error = Origin::parse("https://app.example.com/").unwrap_err();
/// assert_eq!(error.to_string(), "\"https://app.example.com/\" ends with a slash");
/// assert_eq!(error.kind(), OriginErrorKind::Unserialisable(OriginFlaw::TrailingSlash));
/// assert_eq!(error.suggestion(), Some("https://app.example.com"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginError {
    text: String,
    kind: OriginErrorKind,
    suggestion: Option<String>,
}

/// The kinds of [`OriginError`]. Prints as what is said of the text: `ends with a slash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginErrorKind {
    /// `null`, which is the origin of every sandboxed frame.
    Null,
    /// `file:`, whose pages have no origin of their own.
    File,
    /// The origin of an extension that is another one in each installation. Only a list cannot hold it:
    /// [`Origin::parse`](crate::Origin::parse) reads it.
    Installation,
    /// A `*` where none may stand.
    WildcardElsewhere,
    /// An origin that no browser sends.
    Unserialisable(OriginFlaw),
}

/// The bytes of a text that an error shows.
const MAX_SHOWN: usize = 64;

impl OriginError {
    pub(crate) fn new(text: &str, kind: OriginErrorKind) -> Self {
        // Of what is too long only the beginning is kept: strangers choose it.
        let kept = if text.len() > Origin::MAX_LENGTH { start(text, MAX_SHOWN) } else { text };
        Self { text: kept.to_owned(), kind, suggestion: None }
    }

    /// The same error with the text that the author surely meant.
    pub(crate) fn suggesting(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }

    /// What is wrong.
    pub const fn kind(&self) -> OriginErrorKind {
        self.kind
    }

    /// The text that was read; of one that is too long only the first 64 bytes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text to write instead, where there is one that the author surely meant.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// The text, the kind and the suggestion.
    pub(crate) fn into_parts(self) -> (String, OriginErrorKind, Option<String>) {
        (self.text, self.kind, self.suggestion)
    }
}

impl fmt::Display for OriginErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Null => "is the origin of every sandboxed frame, so it names nobody",
            Self::File => "is not an origin of its own: every file on the disk shares it",
            Self::Installation => "differs in every installation of the extension, so no list can hold it",
            Self::WildcardElsewhere => "has a wildcard where none may stand",
            Self::Unserialisable(flaw) => return flaw.fmt(formatter),
        })
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            kind @ OriginErrorKind::Unserialisable(OriginFlaw::Empty) => write!(formatter, "an empty text {kind}"),
            kind @ OriginErrorKind::Unserialisable(OriginFlaw::TooLong { length }) => {
                write!(formatter, "a text of {length} bytes that begins with {:?} {kind}", self.text)
            }
            kind => write!(formatter, "{} {kind}", Quoted { text: &self.text, max_bytes: MAX_SHOWN }),
        }
    }
}

impl Error for OriginError {}
