//! A source that allows origins of strangers.

use std::fmt;

use cors_core::{Origin, Stranger};

use crate::unanswered::Unanswered;

/// A source that allows an origin that nobody can own, so it would also allow an attacker's. Checked in debug builds.
///
/// `Observer::careless` gets it.
#[derive(Clone, Debug)]
pub struct CarelessSource {
    pub(crate) stranger: Stranger,
    pub(crate) with_credentials: bool,
}

impl CarelessSource {
    /// Returns the origin that the source allows by mistake.
    pub fn origin(&self) -> &str {
        self.stranger.origin()
    }

    /// Returns whether the rule that the source chose has credentials. Then the policy denies everything from the
    /// source.
    pub const fn with_credentials(&self) -> bool {
        self.with_credentials
    }
}

/// Writes what is wrong, and what to do.
impl fmt::Display for CarelessSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&warning(&self.stranger, self.with_credentials))
    }
}

/// Returns what is wrong with a source that allows this origin.
pub(crate) fn warning(stranger: &Stranger, with_credentials: bool) -> String {
    stranger.warning("the source of origins", "`origins: \"*\"`", with_credentials)
}

/// A report about a source.
#[allow(dead_code, reason = "the feature `source` tells")]
pub(crate) enum SourceReport<'t> {
    /// The source has no answer for an origin.
    Unanswered(&'t Origin, &'t Unanswered),
    Careless(&'t CarelessSource),
}
