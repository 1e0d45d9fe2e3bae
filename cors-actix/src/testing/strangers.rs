//! What an app answers to origins that resemble an allowed one.

use std::fmt;

use cors_core::browser::{Browser, Page, ScriptRequest, Stranger, Verdict};
use cors_core::{Answered, Policy};

use super::Outcome;
use super::wire::host;
use crate::finding::policy_only;

/// What pages of strangers get, from [`Browser::strangers`](super::Browser::strangers). Displayed, it tells each hole: what is wrong,
/// and the whole story of the request that shows it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Strangers {
    /// Each with whether the app lets it read what the page's policy does not.
    pub(super) outcomes: Vec<(Stranger, Outcome, bool)>,
}

impl Strangers {
    /// Each stranger, and what its page gets.
    pub fn outcomes(&self) -> impl Iterator<Item = (&Stranger, &Outcome)> {
        self.outcomes.iter().map(|(stranger, outcome, _)| (stranger, outcome))
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
        self.outcomes.iter().filter_map(|(stranger, outcome, exceeds)| {
            let answer = &outcome.exchanges().last()?.response;
            let more = || exceeds.then(|| exceeding(stranger.origin()));
            Some((outcome, stranger.hole(answer).or_else(more)?))
        })
    }
}

fn exceeding(origin: &str) -> String {
    format!(
        "the app lets {origin} read, and the policy does not: look for another policy, a handler, middleware or a proxy that sets \
         `Access-Control-Allow-Origin`"
    )
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

/// What a page gets from a server that is this policy and an empty 200.
pub(super) fn verdict(policy: &Policy, mut browser: Browser, page: &Page, request: &ScriptRequest) -> Verdict {
    browser.run(page, request, |outgoing| {
        let host = host(&outgoing.url).unwrap_or_default();
        policy_only::answer(policy, outgoing, &host, Answered::Denied).response
    })
}
