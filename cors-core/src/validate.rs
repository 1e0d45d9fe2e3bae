//! Validates a document. Each rule of the policy language is here once.

mod dangers;
mod earlier;
mod index;
mod names;
mod origins;
mod rule;

use std::borrow::Cow;

use crate::document::{Document, FieldItem, FieldList, Fields, Notation, read};
use crate::{Issue, IssueKind, Issues, Key, OnDenied, Origins, Place, Policy, Rule, SuffixList};
use earlier::EarlierRules;
use rule::RuleContext;

/// Returns the policy, or every mistake.
pub(crate) fn validate(document: &Document, suffixes: Option<&dyn SuffixList>) -> Result<Policy, Issues> {
    match check(document, suffixes) {
        (Some(policy), issues) if issues.is_empty() => Ok(policy),
        (_, issues) => Err(Issues::new(issues)),
    }
}

/// Returns every mistake. Returns the policy if there is no mistake, or only dangers that the policy does not need.
pub(crate) fn check(document: &Document, suffixes: Option<&dyn SuffixList>) -> (Option<Policy>, Vec<Issue>) {
    let (fields, mut issues) = read(document);
    let has_source = fields.asks_for_other_origins;
    let context = RuleContext { has_source, suffixes, allows_repetition: document.allows_repetition };
    let mut policy_issues = Vec::new();
    let on_denied = check_on_denied(&fields, &mut policy_issues);
    let rules = check_rules(&fields, &context, &mut policy_issues);
    let mut rule_fields = fields.rules.given().map_or(std::slice::from_ref(&fields), Vec::as_slice).iter();
    if on_denied == Some(OnDenied::Reject) && rule_fields.any(Fields::allows_any_origin) {
        policy_issues.push(Issue::new(fields.on_denied.place_of_value(Key::OnDenied), IssueKind::NeverActs));
    }
    issues.extend(policy_issues.into_iter().map(|issue| at_written_key(issue, &fields)));
    let in_notation = |issue: Issue| match &document.notation {
        Notation::Source => issue,
        Notation::Data => issue.in_data(),
        Notation::Variables { prefix } => issue.in_variables(prefix),
    };
    issues = issues.into_iter().map(in_notation).collect();
    issues.sort_by(|left, right| left.place().cmp(right.place()));

    let is_valid = !fields.rules.is_broken() && issues.iter().all(is_needless_danger);
    let rules = rules.into_iter().collect::<Option<Vec<Rule>>>().filter(|_| is_valid);
    let policy = rules.zip(on_denied).map(|(mut rules, on_denied)| {
        if allows_no_origin(&fields) {
            rules.clear();
        } else if has_source {
            add_source_rule(&mut rules);
        }
        Policy::from_checked(Cow::Owned(rules), on_denied)
    });
    (policy, issues)
}

fn is_needless_danger(issue: &Issue) -> bool {
    matches!(issue.kind(), IssueKind::AllowsNothing { .. })
}

/// Whether the policy is `origins: none` (SRV-26).
fn allows_no_origin(fields: &Fields) -> bool {
    fields.origins.given() == Some(&FieldList::NoOrigin)
}

/// Puts the misspelt names of the keys into the place of a mistake.
fn at_written_key(issue: Issue, fields: &Fields) -> Issue {
    let named = |issue: Issue, fields: &Fields, key: &Key| match fields.misspelt.iter().find(|(other, _)| other == key)
    {
        Some((_, name)) => issue.at_misspelt(key, name),
        None => issue,
    };
    let key = issue.place().key().clone();
    let Some(index) = issue.place().rule() else { return named(issue, fields, &key) };
    let issue = named(issue, fields, &Key::Rules);
    match fields.rules.given().and_then(|rules| rules.iter().find(|rule| rule.index == index)) {
        Some(rule) => named(issue, rule, &key),
        None => issue,
    }
}

/// Returns `None` if the value is broken or unknown, which is reported.
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

/// Returns the rules; `None` for a rule with a mistake or a broken part.
fn check_rules(fields: &Fields, context: &RuleContext<'_>, issues: &mut Vec<Issue>) -> Vec<Option<Rule>> {
    if fields.rules.is_absent() {
        return vec![rule::check(fields, context, &mut EarlierRules::default(), issues)];
    }
    let rules = fields.rules.given().map_or(&[][..], Vec::as_slice);
    if fields.has_keys_of_a_rule() {
        issues.push(Issue::new(fields.rules.place_of_name(Key::Rules), IssueKind::BesideKeysOfOneRule));
        // The rules have the origins, so none are missing here.
        let origins = if fields.origins.is_absent() { Fields::unreadable().origins } else { fields.origins.clone() };
        let context = RuleContext { has_source: false, ..*context };
        rule::check(&Fields { origins, ..fields.clone() }, &context, &mut EarlierRules::default(), issues);
    } else if fields.rules.given().is_some_and(Vec::is_empty) {
        issues.push(Issue::new(fields.rules.place_of_value(Key::Rules), IssueKind::EmptyList));
    }

    let mut earlier = EarlierRules::default();
    let check = |rule: &Fields| {
        let mut rule_issues = Vec::new();
        if allows_no_origin(rule) {
            rule_issues.push(Issue::new(rule.origins.place_of_value(Key::Origins), IssueKind::NoneInRule));
        }
        let context = RuleContext { has_source: context.has_source && !allows_no_origin(rule), ..*context };
        let checked = rule::check(rule, &context, &mut earlier, &mut rule_issues);
        issues.extend(rule_issues.into_iter().map(|issue| issue.in_rule(rule.index)));
        checked
    };
    rules.iter().map(check).collect()
}

/// Adds the rule for the origins of a source: a copy of the last rule, unless that rule has no other origins.
fn add_source_rule(rules: &mut Vec<Rule>) {
    if let Some(last) = rules.last().filter(|rule| !matches!(rule.origins, Origins::FromSource)) {
        let source_rule = Rule { origins: Origins::FromSource, ..last.clone() };
        rules.push(source_rule);
    }
}

impl FieldItem {
    /// Returns a mistake at this item of a key.
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
    use crate::document::{Document, Entry, Item, Keys, RawValue};

    fn checked(origin: &str, dangers: &[&str]) -> (Option<Policy>, Vec<Issue>) {
        let list = |texts: &[&str]| {
            let item =
                |text: &&str| Item { index: 0, mark: 0, variable: None, value: RawValue::Text((*text).to_owned()) };
            RawValue::List(texts.iter().map(item).collect())
        };
        let entry =
            |(name, value): (&str, RawValue)| Entry { name: name.to_owned(), name_mark: 0, value_mark: 0, value };
        let mut entries = vec![("origins", list(&[origin])), ("credentials", RawValue::Flag(true))];
        entries.extend((!dangers.is_empty()).then(|| ("dangerously_allow", list(dangers))));
        let content = RawValue::Keys(Keys { entries: entries.into_iter().map(entry).collect(), ..Keys::default() });
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
