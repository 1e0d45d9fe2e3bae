//! What a policy says of a request, and what to write in it.

use super::{Cause, Facts};
use crate::draft::{Entry, List, Listed};
use crate::names::is_non_wildcard_request_header;
use crate::{
    Advice, Decision, Forward, Issue, Key, Lines, Origin, Origins, Place, Policy, PolicyDraft, Request, decide,
};

/// What to write in a policy, and the policy with it. [`Explanation::with_policy`](super::Explanation::with_policy) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    changes: Vec<(Place, String)>,
    policy: Policy,
}

impl Fix {
    /// The places, each with the entry to write there, such as `methods: [PUT, DELETE],`.
    pub fn changes(&self) -> &[(Place, String)] {
        &self.changes
    }

    /// The whole policy with these changes.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}

/// What a policy says of the request that was blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Consulted {
    /// Why the origin gets nothing, if so.
    pub(super) denied: Option<Advice>,
    pub(super) remedy: Remedy,
    /// Whether `origins: "*"` would be no mistake.
    pub(super) can_be_for_all: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    Fix(Box<Fix>),
    /// The policy would have this mistake.
    Mistake(Box<Issue>),
    /// No text can be added: the origin names nobody, or a source knows the origins.
    None,
    /// The policy allows the request, so the answer is not its own.
    Needless,
}

/// None where a policy has no say, or nothing is known of the origin.
pub(super) fn consult(policy: &Policy, cause: Cause, facts: &Facts) -> Option<Consulted> {
    let origin = facts.origin.as_deref().filter(|_| cause.is_about_cors_headers())?;
    // Some messages do not say which method or header they miss, and what is not known cannot be looked up.
    let is_unknown = match cause {
        Cause::MethodNotAllowed => facts.needs.method.is_none(),
        Cause::HeaderNotAllowed => facts.needs.headers.is_empty(),
        _ => false,
    };
    if is_unknown {
        return None;
    }
    let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
    let (denied, index) = match decide(policy, &request) {
        Decision::Forward(Forward::Granted(grants)) => (None, grants.rule_index()),
        Decision::Ask(ask) => (None, ask.index),
        Decision::Forward(Forward::Denied(denial)) | Decision::Reject(denial) => {
            (Some(policy.advice(denial, &request)), policy.rules().len())
        }
        Decision::Forward(Forward::NotCors | Forward::SameOrigin) | Decision::Answer(_) => return None,
    };
    let remedy = match &denied {
        None => remedy(policy, index, None, facts),
        Some(advice) => match advice.addition() {
            Some(origin) => remedy(policy, index, Some(origin), facts),
            None => Remedy::None,
        },
    };
    let can_be_for_all = !policy.has_written_rules() && policy.to_draft().origins("*").validate().is_ok();
    Some(Consulted { denied, remedy, can_be_for_all })
}

/// Changes the rule with this index, or the last.
fn remedy(policy: &Policy, index: usize, addition: Option<&Origin>, facts: &Facts) -> Remedy {
    let is_for_all = matches!(policy.rules().get(index).map(|rule| rule.origins()), Some(Origins::Any));
    let mut draft = policy.to_draft();
    let (rule, index) = match &mut draft.rules {
        Entry::Given(rules) => {
            // The rule of a source is written as the one before it.
            let index = index.min(rules.len().saturating_sub(1));
            (rules.get_mut(index), Some(index))
        }
        Entry::Absent | Entry::Broken => (None, None),
    };
    let rule = match rule {
        Some(rule) => rule,
        None => &mut draft,
    };
    let changed = change(rule, addition, facts);
    if changed.is_empty() {
        return Remedy::Needless;
    }
    let splits = is_for_all && changed.contains(&Key::Credentials);
    if splits {
        draft = with_rule_before(policy.to_draft(), index, rule.clone(), facts);
    }
    match draft.validate() {
        Ok(policy) if splits => {
            let changes = vec![(Place::of(Key::Rules), policy.to_string())];
            Remedy::Fix(Box::new(Fix { changes, policy }))
        }
        Ok(policy) => {
            let changes = changed.into_iter().map(|key| written(&policy, index, key)).collect();
            Remedy::Fix(Box::new(Fix { changes, policy }))
        }
        Err(issues) => issues.iter().next().map_or(Remedy::None, |issue| Remedy::Mistake(Box::new(issue.clone()))),
    }
}

/// A rule of its own for one origin, so that everybody else keeps what `"*"` grants.
fn with_rule_before(draft: PolicyDraft, index: Option<usize>, rule: PolicyDraft, facts: &Facts) -> PolicyDraft {
    let mut rule = rule.origins([facts.origin.clone().unwrap_or_default()]);
    if items(&rule.expose_headers).any(|name| name == "*") {
        rule.expose_headers = Entry::Absent;
    }
    match (draft.rules.clone(), index) {
        (Entry::Given(mut rules), Some(index)) => {
            rules.insert(index, rule);
            draft.rules(rules)
        }
        _ => PolicyDraft::new().rules([rule, draft]),
    }
}

/// Adds everything that the request needs, not only what the browser missed first, and says where.
fn change(rule: &mut PolicyDraft, addition: Option<&Origin>, facts: &Facts) -> Vec<Key> {
    let mut changed = Vec::new();
    if let Some(origin) = addition {
        add(&mut rule.origins, origin.as_str());
        changed.push(Key::Origins);
    }
    let mut credentials = rule.credentials.given() == Some(&true);
    if facts.with_credentials() && !credentials {
        rule.credentials = Entry::Given(true);
        credentials = true;
        changed.push(Key::Credentials);
        // `*` alone covers Authorization then, and nothing may stand beside it.
        if items(&rule.allow_headers).count() > 1 && items(&rule.allow_headers).any(|name| name == "*") {
            rule.allow_headers = Entry::Given("*".into());
            changed.push(Key::AllowHeaders);
        }
    }
    if let Some(method) = &facts.needs.method
        && !items(&rule.methods).any(|item| item == "*" || item == method)
    {
        add(&mut rule.methods, method);
        changed.push(Key::Methods);
    }
    for name in &facts.needs.headers {
        let by_wildcard = credentials || !is_non_wildcard_request_header(&name.to_ascii_lowercase());
        let covers = |item: &str| item.eq_ignore_ascii_case(name) || (item == "*" && by_wildcard);
        if !items(&rule.allow_headers).any(covers) {
            add(&mut rule.allow_headers, name);
            changed.push(Key::AllowHeaders);
        }
    }
    changed.dedup();
    changed
}

fn items(entry: &Entry<List>) -> impl Iterator<Item = &str> {
    let (one, several) = match entry.given() {
        Some(List(Listed::One(text))) => (Some(text.as_str()), [].as_slice()),
        Some(List(Listed::Items(items))) => (None, items.as_slice()),
        Some(List(Listed::Unset)) | None => (None, [].as_slice()),
    };
    one.into_iter().chain(several.iter().flatten().map(String::as_str))
}

fn add(entry: &mut Entry<List>, item: &str) {
    *entry = Entry::Given(items(entry).chain([item]).map(str::to_owned).collect());
}

/// The entry as the policy prints it.
fn written(policy: &Policy, rule: Option<usize>, key: Key) -> (Place, String) {
    let entries = policy.rules().get(rule.unwrap_or_default()).map(ToString::to_string).unwrap_or_default();
    let is_of_key = |line: &&str| line.split_once(':').is_some_and(|(name, _)| name == key.name());
    let entry = entries.lines().find(is_of_key).unwrap_or_default().to_owned();
    let place = Place::of(key);
    (rule.map_or(place.clone(), |rule| place.in_rule(rule)), entry)
}
