//! Answers of an app to origins that look like an allowed one.

use std::fmt;

use cors_browser::{Browser, Page, ScriptRequest, Stranger, Verdict};
use cors_core::{Answered, Policy};

use super::Outcome;
use super::wire::host;
use crate::finding::policy_only;

/// The outcomes for pages of origins that must not be allowed, from
/// [`Browser::strangers`](super::Browser::strangers). Its `Display` lists each security hole: what is wrong, and all
/// requests and answers.
#[derive(Clone, Debug)]
#[must_use]
pub struct Strangers {
    /// Each with whether the app lets it read an answer that the policy of the page does not.
    pub(super) outcomes: Vec<(Stranger, Outcome, bool)>,
}

impl Strangers {
    /// Returns each stranger, and the outcome for its page.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let page = Browser::at("https://app.example.com");
    /// let strangers = page.strangers(&app, ScriptRequest::new("https://api.example.com/")).await;
    /// for (stranger, outcome) in strangers.outcomes() {
    ///     println!("{}: {:?}", stranger.origin(), outcome.verdict());
    /// }
    /// # });
    /// ```
    pub fn outcomes(&self) -> impl Iterator<Item = (&Stranger, &Outcome)> {
        self.outcomes.iter().map(|(stranger, outcome, _)| (stranger, outcome))
    }

    /// Asserts that no stranger is allowed.
    ///
    /// # Panics
    ///
    /// Panics if one is. The message is the text of this value.
    #[track_caller]
    pub fn assert_refused(&self) {
        assert!(self.holes().next().is_none(), "{self}");
    }

    /// Returns the outcomes in which a stranger is allowed, each with what is wrong.
    fn holes(&self) -> impl Iterator<Item = (&Outcome, String)> {
        self.outcomes.iter().filter_map(|(stranger, outcome, exceeds)| {
            let answer = &outcome.exchanges().last()?.response;
            let more = || exceeds.then(|| exceeding(stranger.origin()));
            Some((outcome, answer.warning_about(stranger).or_else(more)?))
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
        let holes = self.holes().map(|(outcome, hole)| format!("{outcome}\nwarning: {hole}"));
        formatter.write_str(&listed(holes, "\n\n"))
    }
}

/// Returns what is wrong with the strangers that are allowed.
pub(super) fn listed(holes: impl Iterator<Item = String>, separator: &str) -> String {
    let holes: Vec<String> = holes.collect();
    if holes.is_empty() { "no stranger is allowed".to_owned() } else { holes.join(separator) }
}

/// Returns the verdict for a server with this policy and an empty 200.
pub(super) fn verdict(policy: &Policy, mut browser: Browser, page: &Page, request: &ScriptRequest) -> Verdict {
    browser
        .run(page, request, |outgoing| {
            let host = host(&outgoing.url).unwrap_or_default();
            policy_only::answer(policy, outgoing, &host, Answered::Denied).response
        })
        .verdict
}
