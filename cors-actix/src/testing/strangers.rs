//! What an app answers to pages that it does not mean.

use std::fmt;

use cors_core::browser::Stranger;

use super::Outcome;

/// What pages of strangers get, from [`Browser::strangers`](super::Browser::strangers). Displayed, it tells each hole: what is wrong,
/// and the whole story of the request that shows it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Strangers {
    pub(super) outcomes: Vec<(Stranger, Outcome)>,
}

impl Strangers {
    /// Each stranger, and what its page gets.
    pub fn outcomes(&self) -> &[(Stranger, Outcome)] {
        &self.outcomes
    }

    /// Asserts that no stranger is allowed.
    ///
    /// # Panics
    ///
    /// When one is, with the hole and its story.
    #[track_caller]
    pub fn assert_refused(&self) {
        assert!(self.holes().next().is_none(), "{self}");
    }

    /// The stories of those whom an answer names, each with what is wrong.
    fn holes(&self) -> impl Iterator<Item = (&Outcome, String)> {
        self.outcomes.iter().filter_map(|(stranger, outcome)| {
            let answer = &outcome.exchanges().last()?.response;
            Some((outcome, stranger.hole(answer)?))
        })
    }
}

impl fmt::Display for Strangers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.holes().next().is_none() {
            return formatter.write_str("no stranger is allowed");
        }
        for (index, (outcome, hole)) in self.holes().enumerate() {
            let separator = if index > 0 { "\n\n" } else { "" };
            write!(formatter, "{separator}{outcome}\nwarning: {hole}")?;
        }
        Ok(())
    }
}
