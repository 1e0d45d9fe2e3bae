//! Draft to policy: every rule of the policy language, once.

mod dangers;
mod former;
mod known;
mod names;
mod origins;
mod rule;

use std::borrow::Cow;

use crate::document::{Document, FieldItem, FieldList, Fields, read};
use crate::{Issue, IssueKind, Issues, Key, OnDenied, Origins, Place, Policy, Rule, SuffixList};
use former::Former;
use rule::RuleContext;

/// The policy, or every mistake.
pub(crate) fn validate(document: &Document, suffixes: Option<&dyn SuffixList>) -> Result<Policy, Issues> {
    match check(document, suffixes) {
        (Some(policy), issues) if issues.is_empty() => Ok(policy),
        (_, issues) => Err(Issues::new(issues)),
    }
}

/// Every mistake; and the policy, where none is graver than a danger that is not needed.
pub(crate) fn check(document: &Document, suffixes: Option<&dyn SuffixList>) -> (Option<Policy>, Vec<Issue>) {
    let (fields, mut issues) = read(document);
    let context = RuleContext { asks: false, suffixes, allows_repetition: document.allows_repetition };
    let mut of_policy = Vec::new();
    let on_denied = check_on_denied(&fields, &mut of_policy);
    let rules = check_rules(&fields, &context, &mut of_policy);
    let mut of_rules = fields.rules.given().map_or(std::slice::from_ref(&fields), Vec::as_slice).iter();
    if on_denied == Some(OnDenied::Reject) && of_rules.any(Fields::is_for_everybody) {
        of_policy.push(Issue::new(fields.on_denied.place_of_value(Key::OnDenied), IssueKind::NeverActs));
    }
    issues.extend(of_policy.into_iter().map(|issue| where_written(issue, &fields)));
    if let Some(prefix) = document.notation.prefix() {
        issues = issues.into_iter().map(|issue| issue.in_variables(prefix)).collect();
    }
    issues.sort_by(|left, right| left.place().cmp(right.place()));

    let is_right = !fields.rules.is_broken() && issues.iter().all(is_needless_danger);
    let rules = rules.into_iter().collect::<Option<Vec<Rule>>>().filter(|_| is_right);
    let policy = rules.zip(on_denied).map(|(mut rules, on_denied)| {
        if is_for_nobody(&fields) {
            rules.clear();
        } else if asks(&fields) {
            add_asked(&mut rules);
        }
        Policy::__checked(Cow::Owned(rules), on_denied)
    });
    (policy, issues)
}

/// [`check`] with the list of public suffixes that comes with the feature.
#[cfg(feature = "public-suffix")]
pub fn check_with_suffixes(document: &Document) -> (Option<Policy>, Vec<Issue>) {
    check(document, Some(&crate::PublicSuffixes))
}

fn is_needless_danger(issue: &Issue) -> bool {
    matches!(issue.kind(), IssueKind::AllowsNothing { .. })
}

/// SRV-26
fn is_for_nobody(fields: &Fields) -> bool {
    fields.origins.given() == Some(&FieldList::Nobody)
}

/// The mistake at the name that stands there, where that is a misspelling of the key.
fn where_written(issue: Issue, fields: &Fields) -> Issue {
    let of = match issue.place().rule() {
        Some(index) => fields.rules.given().and_then(|rules| rules.iter().find(|rule| rule.index == index)),
        None => Some(fields),
    };
    let misspelt = of.into_iter().flat_map(|fields| &fields.misspelt);
    match misspelt.into_iter().find(|(key, _)| key == issue.place().key()) {
        Some((_, name)) => issue.at_misspelt(name),
        None => issue,
    }
}

/// None when it cannot be told, which was reported.
fn check_on_denied(fields: &Fields, issues: &mut Vec<Issue>) -> Option<OnDenied> {
    if fields.on_denied.is_absent() {
        return Some(OnDenied::default());
    }
    let name = fields.on_denied.given()?;
    let found = OnDenied::from_name(name);
    if found.is_none() {
        let kind = IssueKind::UnknownValue { value: name.clone() };
        issues.push(Issue::new(fields.on_denied.place_of_value(Key::OnDenied), kind));
    }
    found
}

/// The rules, `None` for one that is mistaken or has a broken part.
fn check_rules(fields: &Fields, context: &RuleContext<'_>, issues: &mut Vec<Issue>) -> Vec<Option<Rule>> {
    let asks = fields.asks_for_other_origins;
    if fields.rules.is_absent() {
        let context = RuleContext { asks, ..*context };
        return vec![rule::check(fields, &context, &mut Former::default(), issues)];
    }
    let rules = fields.rules.given().map_or(&[][..], Vec::as_slice);
    if fields.has_keys_of_a_rule() {
        issues.push(Issue::new(fields.rules.place_of_name(Key::Rules), IssueKind::BesideKeysOfOneRule));
        // Origins that are not there are not missed.
        let origins = if fields.origins.is_absent() { Fields::unreadable().origins } else { fields.origins.clone() };
        rule::check(&Fields { origins, ..fields.clone() }, context, &mut Former::default(), issues);
    } else if fields.rules.given().is_some_and(Vec::is_empty) {
        issues.push(Issue::new(fields.rules.place_of_value(Key::Rules), IssueKind::EmptyList));
    }

    let mut former = Former::default();
    let check = |(position, rule): (usize, &Fields)| {
        let mut of_rule = Vec::new();
        let is_last = position + 1 == rules.len();
        let place_of_origins = || Place::of(Key::Origins).marked(rule.mark);
        if rule.asks_for_other_origins && !is_last {
            of_rule.push(Issue::new(place_of_origins(), IssueKind::AskedBeforeOthers));
        }
        if is_for_nobody(rule) {
            of_rule.push(Issue::new(rule.origins.place_of_value(Key::Origins), IssueKind::NobodyInRule));
        }
        let context = RuleContext { asks: is_last && (asks || rule.asks_for_other_origins), ..*context };
        let checked = rule::check(rule, &context, &mut former, &mut of_rule);
        issues.extend(of_rule.into_iter().map(|issue| issue.in_rule(rule.index)));
        checked
    };
    rules.iter().enumerate().map(check).collect()
}

/// Whether the last rule is also for origins that a source allows.
fn asks(fields: &Fields) -> bool {
    let last = fields.rules.given().and_then(|rules| rules.last());
    fields.asks_for_other_origins || last.is_some_and(|rule| rule.asks_for_other_origins)
}

/// The rule of the origins that a source allows is the last one once more; instead of it, if that has no origins of its own.
fn add_asked(rules: &mut Vec<Rule>) {
    if let Some(last) = rules.last().filter(|rule| !matches!(rule.origins, Origins::Asked)) {
        let asked = Rule { origins: Origins::Asked, ..last.clone() };
        rules.push(asked);
    }
}

impl FieldItem {
    /// A mistake in the item of a key's list.
    fn issue(&self, key: Key, kind: IssueKind) -> Issue {
        let issue = Issue::new(Place::item_of(key, self.index).marked(self.mark), kind);
        match &self.variable {
            Some(variable) => issue.in_variable(variable),
            None => issue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Issue, Policy, check};
    use crate::document::{Document, Entry, Item, Keys, Value};

    fn checked(origin: &str, dangers: &[&str]) -> (Option<Policy>, Vec<Issue>) {
        let list = |texts: &[&str]| {
            let item = |text: &&str| Item { index: 0, mark: 0, variable: None, value: Value::Text((*text).to_owned()) };
            Value::List(texts.iter().map(item).collect())
        };
        let entry = |(name, value): (&str, Value)| Entry { name: name.to_owned(), name_mark: 0, value_mark: 0, value };
        let mut entries = vec![("origins", list(&[origin])), ("credentials", Value::Flag(true))];
        entries.extend((!dangers.is_empty()).then(|| ("dangerously_allow", list(dangers))));
        let content = Value::Keys(Keys { entries: entries.into_iter().map(entry).collect(), ..Keys::default() });
        check(&Document { content, ..Document::default() }, None)
    }

    fn codes(origin: &str, dangers: &[&str]) -> Vec<&'static str> {
        let (_, issues) = checked(origin, dangers);
        issues.iter().map(|issue| issue.kind().code()).collect()
    }

    #[test]
    fn where_nobody_knows_the_suffixes_any_host_with_subdomains_may_be_one() {
        let dangers = ["public_suffix_wildcards"];
        assert_eq!(codes("https://*.com", &[]), ["public-suffix-with-credentials"]);
        assert_eq!(codes("https://*.co.uk", &[]), [""; 0]);
        assert_eq!(codes("https://*.com", &dangers), [""; 0]);
        assert_eq!(codes("https://*.example.com", &dangers), [""; 0], "it may be needed");
        assert_eq!(codes("https://www.example.com", &dangers), ["allows-nothing"]);
        assert_eq!(codes("http://*.localhost", &dangers), [""; 0]);
        for (taken_on, is_printed) in [(&[][..], false), (&dangers[..], true)] {
            let printed = checked("https://*.example.com", taken_on).0.map(|policy| policy.to_string());
            assert_eq!(printed.map(|text| text.contains("public_suffix_wildcards")), Some(is_printed));
        }
    }
}
