//! Why a source gave no answer.

use std::error::Error;
use std::fmt;

/// Why a source gave no answer for an origin. The request is denied, and the next one asks again.
///
/// `Observer::unanswered` gets each one.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unanswered {
    /// The source's error.
    Failed(Box<dyn Error + Send + Sync>),
    /// The source panicked.
    Panicked,
    /// The source did not answer within the time limit.
    TimedOut,
    /// The source was not asked: the queue was full, or the time limit was over before the request's turn.
    TooMany,
    /// The source chose a rule that the policy does not have.
    NoSuchRule(usize),
}

impl Unanswered {
    /// Returns a short name that stays the same when wording changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::Panicked => "panicked",
            Self::TimedOut => "timed-out",
            Self::TooMany => "too-many",
            Self::NoSuchRule(_) => "no-such-rule",
        }
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => write!(formatter, "the source failed: {error}"),
            Self::Panicked => formatter.write_str("the source panicked"),
            Self::TimedOut => formatter.write_str("the source did not answer within the time limit"),
            Self::TooMany => {
                formatter.write_str("the source was not asked, since too many origins wait for their turn")
            }
            Self::NoSuchRule(rule) => {
                write!(formatter, "the source named rule {rule}, counted from 0, and the policy does not have it")
            }
        }
    }
}

impl Error for Unanswered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error.as_ref()),
            Self::Panicked | Self::TimedOut | Self::TooMany | Self::NoSuchRule(_) => None,
        }
    }
}
