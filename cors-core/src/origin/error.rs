//! Errors of origins and patterns.

use std::error::Error;
use std::fmt;

use super::{Origin, OriginFlaw};
use crate::quote::{Quoted, start};

/// The error of a text that is not an [`Origin`](crate::Origin) or [`OriginPattern`](crate::OriginPattern).
///
/// Prints as one line with at most 64 bytes of the text, escaped, so that untrusted text can be logged. `Debug` adds
/// the suggestion as a second line, because a `main` that returns an error prints `Debug`.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Origin, OriginErrorKind, OriginFlaw};
///
/// let error = Origin::parse("https://app.example.com/").unwrap_err();
/// assert_eq!(error.to_string(), "\"https://app.example.com/\" ends with a slash");
/// assert_eq!(error.kind(), OriginErrorKind::Unserialisable(OriginFlaw::TrailingSlash));
/// assert_eq!(error.suggestion(), Some("https://app.example.com"));
/// assert!(format!("{error:?}").ends_with("ends with a slash\nhelp: write \"https://app.example.com\""));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OriginError {
    text: String,
    kind: OriginErrorKind,
    suggestion: Option<String>,
}

/// The kind of an [`OriginError`]. Prints as a predicate of the text: `ends with a slash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginErrorKind {
    /// `null`, the origin of every sandboxed frame.
    Null,
    /// `file:`. Such pages have no origin of their own.
    File,
    /// The origin of a browser extension that is different in every installation. Only an error of patterns;
    /// [`Origin::parse`](crate::Origin::parse) accepts it.
    Installation,
    /// A `*` in a position that does not allow it.
    WildcardElsewhere,
    /// An origin that no browser sends.
    Unserialisable(OriginFlaw),
}

/// Maximum number of bytes of the text in the printed error.
const MAX_SHOWN: usize = 64;

impl OriginError {
    pub(crate) fn new(text: &str, kind: OriginErrorKind) -> Self {
        // Only the beginning of a long untrusted text is kept.
        let kept = if text.len() > Origin::MAX_LENGTH { start(text, MAX_SHOWN) } else { text };
        Self { text: kept.to_owned(), kind, suggestion: None }
    }

    /// Returns the error with a suggestion.
    pub(crate) fn suggesting(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }

    /// Returns the kind of the error.
    pub const fn kind(&self) -> OriginErrorKind {
        self.kind
    }

    /// Returns the text; only its first 64 bytes if it is longer than
    /// [`Origin::MAX_LENGTH`](crate::Origin::MAX_LENGTH).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text to write instead, if the intention is clear.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// Returns the text, the kind and the suggestion.
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

impl fmt::Debug for OriginError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)?;
        self.suggestion.as_ref().map_or(Ok(()), |suggestion| write!(formatter, "\nhelp: write {suggestion:?}"))
    }
}

impl Error for OriginError {}
