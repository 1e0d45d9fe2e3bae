//! Why a source gave no answer.

use std::error::Error;
use std::fmt;

/// Why a source gave no answer for an origin. The request is denied, and the next one asks again.
///
/// [`DynamicCors::on_unanswered`](crate::DynamicCors::on_unanswered) tells of each.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unanswered {
    /// The source's error.
    Failed(Box<dyn Error + Send + Sync>),
    /// The source panicked.
    Panicked,
    /// The source was asked, and the time limit was over before it answered.
    TimedOut,
    /// The source was not asked: there was no place to wait, or no turn within the time limit.
    TooMany,
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
        }
    }
}

impl Error for Unanswered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error.as_ref()),
            Self::Panicked | Self::TimedOut | Self::TooMany => None,
        }
    }
}
