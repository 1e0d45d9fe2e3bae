//! One rule of a policy: its keys, and the checks across them.

use super::dangers::RequestedDangers;
use super::earlier::EarlierRules;
use super::is_needless_danger;
use super::names::{self, NameList};
use super::origins::{self, CheckedOrigins};
use crate::document::Fields;
use crate::{Issue, Key, MaxAge, MaxAgeError, Rule, SuffixList};

/// What the validation of a rule depends on besides the rule.
pub(super) struct RuleContext<'c> {
    /// Whether the source may name the rule for an origin.
    pub(super) has_source: bool,
    /// The public suffixes; `None` without a list.
    pub(super) suffixes: Option<&'c dyn SuffixList>,
    /// Whether repetition is left out instead of reported.
    pub(super) allows_repetition: bool,
}

/// Returns the rule; `None` if it has a mistake or a broken part.
pub(super) fn check(
    fields: &Fields,
    context: &RuleContext<'_>,
    earlier: &mut EarlierRules,
    issues: &mut Vec<Issue>,
) -> Option<Rule> {
    let found_before = issues.len();
    let credentials = fields.credentials.given().copied();
    let requested = RequestedDangers::read(&fields.dangerously_allow, issues);
    let input = origins::OriginsInput {
        fields,
        credentials: credentials == Some(true),
        allowed: requested.allowed(),
        context,
        earlier,
    };
    let CheckedOrigins { origins, needs, may_need_more } = origins::check(&input, issues);
    earlier.add(origins.as_ref(), fields.index);
    // If an origin or `credentials` is broken, the needed dangers are unknown.
    let known = !fields.origins.has_broken_part() && !fields.credentials.is_broken();
    let needs = needs.filter(|_| known);
    if let Some(needs) = needs.filter(|_| !may_need_more) {
        requested.report_unneeded(needs, issues);
    }

    let mut names =
        |list: NameList, entry| names::check(list, entry, credentials == Some(true), context.allows_repetition, issues);
    let methods = names(NameList::Methods, &fields.methods);
    let allow_headers = names(NameList::AllowHeaders, &fields.allow_headers);
    let expose_headers = names(NameList::ExposeHeaders, &fields.expose_headers);
    let report_max_age = |error: MaxAgeError| {
        issues.push(Issue::new(fields.max_age.place_of_value(Key::MaxAge), error.into()));
    };
    let max_age = fields.max_age.given().and_then(|text| MaxAge::parse(text).map_err(report_max_age).ok());

    let is_valid = issues[found_before..].iter().all(is_needless_danger) && !fields.has_broken_part();
    origins.filter(|_| is_valid).map(|origins| Rule {
        origins,
        credentials: credentials.unwrap_or(false),
        methods,
        allow_headers,
        expose_headers,
        max_age,
        dangerously_allow: requested.allowed().needed(needs),
    })
}
