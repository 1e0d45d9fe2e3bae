//! Draft to policy: every rule of the policy language, once.

mod dangers;
mod former;
mod known;
mod names;
mod origins;
mod rule;

use std::borrow::Cow;

use crate::draft::{Entry, List, Listed};
use crate::{Issue, IssueKind, Issues, Key, OnDenied, Origins, Place, Policy, PolicyDraft, Rule, SuffixList};
use former::Former;
use rule::Context;

/// Every mistake, or the policy.
pub(crate) fn validate(draft: &PolicyDraft, suffixes: Option<&dyn SuffixList>) -> Result<Policy, Issues> {
    let mut issues = Vec::new();
    let on_denied = check_on_denied(&draft.on_denied, &mut issues);
    let rules = check_rules(draft, suffixes, &mut issues);
    let answers_all = |rule: &Rule| matches!(rule.origins, Origins::Any);
    if on_denied == Some(OnDenied::Reject) && rules.iter().flatten().any(answers_all) {
        issues.push(Issue::new(Place::of(Key::OnDenied), IssueKind::NeverActs));
    }
    issues = issues.into_iter().map(|issue| where_written(issue, draft)).collect();
    if let Some(prefix) = &draft.variables {
        issues = issues.into_iter().map(|issue| issue.in_variables(prefix)).collect();
    }
    issues.extend(draft.found.iter().cloned());

    let rules: Option<Vec<Rule>> = rules.into_iter().collect();
    match (rules, on_denied) {
        (Some(mut rules), Some(on_denied)) if issues.is_empty() && draft.rules != Entry::Broken => {
            if asks(draft) {
                add_asked(&mut rules);
            }
            Ok(Policy::__checked(Cow::Owned(rules), on_denied))
        }
        _ => {
            issues.sort_by(|left, right| left.place().cmp(right.place()));
            Err(Issues::new(issues))
        }
    }
}

/// The mistake at the name that stands there, where that is a misspelling of the key.
fn where_written(issue: Issue, draft: &PolicyDraft) -> Issue {
    let of = match issue.place().rule() {
        Some(rule) => draft.rules.given().and_then(|rules| rules.get(rule)),
        None => Some(draft),
    };
    let misspelt = of.into_iter().flat_map(|draft| &draft.misspelt);
    match misspelt.into_iter().find(|(key, _)| key == issue.place().key()) {
        Some((_, name)) => issue.at_misspelt(name),
        None => issue,
    }
}

/// None when it cannot be told, which was reported.
fn check_on_denied(entry: &Entry<String>, issues: &mut Vec<Issue>) -> Option<OnDenied> {
    match entry {
        Entry::Absent => Some(OnDenied::default()),
        Entry::Broken => None,
        Entry::Given(name) => OnDenied::from_name(name).or_else(|| {
            let kind = IssueKind::UnknownValue { value: name.clone() };
            issues.push(Issue::new(Place::of(Key::OnDenied), kind));
            None
        }),
    }
}

/// The rules, `None` for one that is mistaken or has a broken part.
fn check_rules(draft: &PolicyDraft, suffixes: Option<&dyn SuffixList>, issues: &mut Vec<Issue>) -> Vec<Option<Rule>> {
    let context = |asks| Context { asks, suffixes };
    let asks = draft.asks_for_other_origins;
    let drafts = match &draft.rules {
        Entry::Absent => return vec![rule::check(draft, &context(asks), &mut Former::default(), issues)],
        Entry::Broken => [].as_slice(),
        Entry::Given(drafts) => drafts,
    };
    if draft.has_keys_of_a_rule() {
        issues.push(Issue::new(Place::of(Key::Rules), IssueKind::BesideKeysOfOneRule));
        let beside = PolicyDraft { origins: draft.origins.clone().or_broken(), ..draft.clone() };
        rule::check(&beside, &context(false), &mut Former::default(), issues);
    } else if draft.rules != Entry::Broken && drafts.is_empty() {
        issues.push(Issue::new(Place::of(Key::Rules), IssueKind::EmptyList));
    }

    let mut former = Former::default();
    let check = |(index, rule): (usize, &PolicyDraft)| {
        let mut of_rule = rule.found.clone();
        for (key, is_absent) in
            [(Key::OnDenied, rule.on_denied == Entry::Absent), (Key::Rules, rule.rules == Entry::Absent)]
        {
            if !is_absent {
                of_rule.push(Issue::new(Place::of(key), IssueKind::MisplacedKey));
            }
        }
        let is_last = index + 1 == drafts.len();
        if rule.asks_for_other_origins && !is_last {
            of_rule.push(Issue::new(Place::of(Key::Origins), IssueKind::AskedBeforeOthers));
        }
        let asks = is_last && (asks || rule.asks_for_other_origins);
        let checked = rule::check(rule, &context(asks), &mut former, &mut of_rule);
        let is_right = of_rule.is_empty();
        issues.extend(of_rule.into_iter().map(|issue| issue.in_rule(index)));
        checked.filter(|_| is_right)
    };
    drafts.iter().enumerate().map(check).collect()
}

/// Whether the last rule is also for origins that a source allows.
fn asks(draft: &PolicyDraft) -> bool {
    let last = draft.rules.given().and_then(|rules| rules.last());
    draft.asks_for_other_origins || last.is_some_and(|rule| rule.asks_for_other_origins)
}

/// The rule of the origins that a source allows is the last one once more; instead of it, if that has no origins of its own.
fn add_asked(rules: &mut Vec<Rule>) {
    if let Some(last) = rules.last().filter(|rule| !matches!(rule.origins, Origins::Asked)) {
        let asked = Rule { origins: Origins::Asked, ..last.clone() };
        rules.push(asked);
    }
}

/// The items of a list that can be read, with their indices. A list that is empty, or a text where a list belongs, is a mistake;
/// whoever takes `"*"` has looked for it before.
fn given_items<'e>(key: Key, entry: &'e Entry<List>, issues: &mut Vec<Issue>) -> Vec<(usize, &'e str)> {
    let kind = match entry {
        Entry::Absent | Entry::Broken | Entry::Given(List(Listed::Unset)) => return Vec::new(),
        Entry::Given(List(Listed::One(text))) => IssueKind::WrongType { found: format!("{text:?}") },
        Entry::Given(List(Listed::Items(items))) if items.is_empty() => IssueKind::EmptyList,
        Entry::Given(List(Listed::Items(items))) => {
            let with_text = |(index, item): (usize, &'e Option<String>)| Some((index, item.as_deref()?));
            return items.iter().enumerate().filter_map(with_text).collect();
        }
    };
    issues.push(Issue::new(Place::of(key), kind));
    Vec::new()
}
