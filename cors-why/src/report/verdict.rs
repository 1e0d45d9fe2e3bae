//! What it comes to.

use std::fmt;
use std::process::ExitCode;

use serde::Serialize;

use crate::investigation::Outcome;

/// Whether the page may read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Readable,
    Blocked,
    Unknown,
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Readable => Self::Readable,
            Outcome::Blocked => Self::Blocked,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Readable => "readable",
            Self::Blocked => "blocked",
            Self::Unknown => "could not tell",
        })
    }
}

impl Verdict {
    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Readable => 0,
            Self::Blocked => 1,
            Self::Unknown => 3,
        })
    }
}
