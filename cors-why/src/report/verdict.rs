//! The verdict.

use std::fmt;
use std::process::ExitCode;

use cors_browser::explain::{Cause, Explanation};
use cors_browser::{ResponseType, Verdict as Decided};
use serde::Serialize;

use crate::investigation::{Investigation, Missing, Outcome};

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
    /// Returns the verdict, and a stable short name of its cause.
    pub(crate) fn of(investigation: &Investigation) -> (Self, &'static str) {
        match (&investigation.transcript.verdict, &investigation.missing) {
            (Decided::Readable(readable), _) => match readable.response_type {
                ResponseType::Basic => (Self::Readable, "same-origin"),
                ResponseType::Cors => (Self::Readable, "allowed"),
            },
            (Decided::RefusedByApi(refusal), _) => (Self::Blocked, refusal.code()),
            (_, Some(Missing::Barred(barred))) => (Self::Blocked, barred.code()),
            (_, Some(Missing::Withheld | Missing::MadeUp)) => (Self::Unknown, "not-sent"),
            (_, Some(Missing::Failed(_))) => (Self::Unknown, "no-answer"),
            (_, Some(Missing::NotRecorded)) => (Self::Unknown, "not-recorded"),
            (_, None) => match Explanation::of(&investigation.transcript) {
                Some(explanation) => (Self::of_cause(explanation.cause()), explanation.cause().code()),
                // Unreachable: only other modes end so, and `why` uses mode cors and follows redirects.
                None => (Self::Unknown, "not-decided"),
            },
        }
    }

    pub(super) fn of_cause(cause: Cause) -> Self {
        match cause {
            // A message about another problem does not say whether the page can read the answer.
            Cause::ErrorStatus | Cause::CrossSiteCookie | Cause::SaidElsewhere | Cause::NoAnswer => Self::Unknown,
            _ => Self::Blocked,
        }
    }

    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Readable => 0,
            Self::Blocked => 1,
            Self::Unknown => 3,
        })
    }
}
