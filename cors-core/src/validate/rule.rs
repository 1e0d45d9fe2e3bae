//! One rule of a policy: its keys, and what they mean for each other.

use super::dangers::Requested;
use super::former::Former;
use super::names::{self, ListOf};
use super::origins::{self, CheckedOrigins};
use crate::draft::Entry;
use crate::{Issue, Key, MaxAge, Place, PolicyDraft, Rule, SuffixList};

/// What a rule cannot know of itself.
pub(super) struct Context<'c> {
    /// Whether the rule is also for origins that a source allows.
    pub(super) asks: bool,
    /// None when nobody knows them.
    pub(super) suffixes: Option<&'c dyn SuffixList>,
}

/// The rule; none when it has a mistake, or a part that was broken and has been reported.
pub(super) fn check(
    draft: &PolicyDraft,
    context: &Context<'_>,
    former: &mut Former,
    issues: &mut Vec<Issue>,
) -> Option<Rule> {
    let found_before = issues.len();
    let credentials = draft.credentials.given().copied();
    let requested = Requested::read(&draft.dangerously_allow, issues);
    let given = origins::Given {
        entry: &draft.origins,
        credentials: credentials == Some(true),
        allowed: requested.allowed(),
        context,
        former,
    };
    let CheckedOrigins { origins, needs } = origins::check(&given, issues);
    former.add(origins.as_ref());
    // What a broken value or a mistaken origin would have needed is not known.
    let known = !draft.origins.has_broken_part() && draft.credentials != Entry::Broken;
    if let Some(needs) = needs.filter(|_| known) {
        requested.report_unneeded(needs, issues);
    }

    let mut names = |of: ListOf, entry| names::check(of, entry, credentials == Some(true), issues);
    let methods = names(ListOf::Methods, &draft.methods);
    let allow_headers = names(ListOf::AllowHeaders, &draft.allow_headers);
    let expose_headers = names(ListOf::ExposeHeaders, &draft.expose_headers);
    let report_max_age = |kind| issues.push(Issue::new(Place::of(Key::MaxAge), kind));
    let max_age = draft.max_age.given().and_then(|text| MaxAge::parse(text).map_err(report_max_age).ok());

    let is_right = issues.len() == found_before && !draft.has_broken_part();
    origins.filter(|_| is_right).map(|origins| Rule {
        origins,
        credentials: credentials.unwrap_or(false),
        methods,
        allow_headers,
        expose_headers,
        max_age,
        dangerously_allow: requested.allowed(),
    })
}
