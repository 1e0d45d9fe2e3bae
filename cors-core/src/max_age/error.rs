//! Errors of durations.

use std::error::Error;
use std::fmt;

use crate::quote::Quoted;

/// The error of a text that is not a [`MaxAge`](crate::MaxAge). Prints as one line with at most 64 bytes of the text.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{MaxAge, MaxAgeErrorKind};
///
/// let error = MaxAge::parse("2d").unwrap_err();
/// assert_eq!(error.kind(), MaxAgeErrorKind::TooLong);
/// assert_eq!(error.to_string(), "\"2d\" is more than a day");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaxAgeError {
    text: String,
    kind: MaxAgeErrorKind,
}

/// The kind of a [`MaxAgeError`]. Prints as a predicate of the text: `is more than a day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAgeErrorKind {
    /// Not a whole number with one of the known units.
    NotADuration,
    /// A number with a minus sign.
    Negative,
    /// More than a day, the maximum of any browser.
    TooLong,
}

/// Maximum number of bytes of the text in the printed error.
const MAX_SHOWN: usize = 64;

impl MaxAgeError {
    pub(super) fn new(text: &str, kind: MaxAgeErrorKind) -> Self {
        Self { text: text.to_owned(), kind }
    }

    /// Returns the kind of the error.
    pub const fn kind(&self) -> MaxAgeErrorKind {
        self.kind
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl MaxAgeErrorKind {
    /// Returns the kind for a text that does not begin with digits and a known unit.
    pub(crate) fn of_unreadable(text: &str) -> Self {
        if text.starts_with('-') { Self::Negative } else { Self::NotADuration }
    }
}

impl fmt::Display for MaxAgeErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotADuration => "is not a duration",
            Self::Negative => "is negative",
            Self::TooLong => "is more than a day",
        })
    }
}

impl fmt::Display for MaxAgeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", Quoted { text: &self.text, max_bytes: MAX_SHOWN }, self.kind)
    }
}

impl Error for MaxAgeError {}
