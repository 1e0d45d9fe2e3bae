//! What a policy decides about a request, and what to write in it.

use super::{Cause, Facts};
use cors_core::__private::in_source;
use cors_core::names::is_non_wildcard_request_header;
use cors_core::{
    Advice, Decision, Forward, Issue, Key, Lines, List, OnDenied, Origin, Origins, Place, Policy, PolicyDraft, Request,
    Rule, RuleDraft, decide,
};

/// The changes to a policy, and the changed policy. [`Explanation::with_policy`](super::Explanation::with_policy) has
/// an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    changes: Vec<(Place, String)>,
    policy: Policy,
}

impl Fix {
    /// Returns the places, each with the entry to write there, such as `methods: [PUT, DELETE],`.
    pub fn changes(&self) -> &[(Place, String)] {
        &self.changes
    }

    /// Returns the whole policy with these changes.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}

/// What a policy decides about the blocked request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PolicyCheck {
    /// Why the policy denies the origin, if it does.
    pub(super) denied: Option<Advice>,
    pub(super) remedy: Remedy,
    /// Whether the policy may have `origins: "*"`.
    pub(super) can_be_for_all: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    Fix(Box<Fix>),
    /// The change would be this mistake in the policy.
    Mistake(Box<Issue>),
    /// No text can be added: the origin is `null`, or a source knows the origins.
    None,
    /// The policy allows the request, so something else made the response.
    Needless,
}

/// Checks the request against the policy; `None` if a policy has no effect, or the origin is not known.
pub(super) fn check_policy(policy: &Policy, cause: Cause, facts: &Facts) -> Option<PolicyCheck> {
    let origin = facts.origin.as_deref().filter(|_| cause.is_about_cors_headers())?;
    // Some messages do not name the method or header.
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
        Decision::Ask(_) => (None, policy.rules().len().saturating_sub(1)),
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
    let can_be_for_all = policy.written_rules().len() <= 1 && policy.to_draft().origins("*").validate().is_ok();
    Some(PolicyCheck { denied, remedy, can_be_for_all })
}

/// Changes the rule with this index, or the last rule.
fn remedy(policy: &Policy, index: usize, addition: Option<&Origin>, facts: &Facts) -> Remedy {
    let rules = policy.written_rules();
    // A rule from a source is written as the rule before it.
    let index = index.min(rules.len().saturating_sub(1));
    let Some(rule) = rules.get(index) else {
        return Remedy::None;
    };
    let (changed_rule, changed) = change(rule, addition, facts);
    if changed.is_empty() {
        return Remedy::Needless;
    }
    let mut drafts: Vec<RuleDraft> = rules.iter().map(Rule::to_draft).collect();
    let splits = matches!(rule.origins(), Origins::Any) && changed.contains(&Key::Credentials);
    if splits {
        drafts.insert(index, for_one_origin(rule, changed_rule, facts));
    } else {
        drafts[index] = changed_rule;
    }
    match with_rules(policy, drafts).validate() {
        Ok(policy) if splits => {
            let changes = vec![(Place::of(Key::Rules), policy.to_string())];
            Remedy::Fix(Box::new(Fix { changes, policy }))
        }
        Ok(policy) => {
            let index = (policy.written_rules().len() > 1).then_some(index);
            let changes = changed.into_iter().map(|key| written(&policy, index, key)).collect();
            Remedy::Fix(Box::new(Fix { changes, policy }))
        }
        Err(issues) => issues.iter().next().map_or(Remedy::None, |issue| Remedy::Mistake(Box::new(in_source(issue)))),
    }
}

/// Returns the draft of the policy with other rules.
fn with_rules(policy: &Policy, mut rules: Vec<RuleDraft>) -> PolicyDraft {
    let draft = match (rules.len(), rules.pop()) {
        (1, Some(rule)) => rule.into(),
        (_, last) => PolicyDraft::new().rules(rules.into_iter().chain(last)),
    };
    let draft = if policy.on_denied() == OnDenied::default() { draft } else { draft.on_denied(policy.on_denied()) };
    if policy.has_source() { draft.ask_for_other_origins() } else { draft }
}

/// Returns a separate rule for one origin, so that all other origins keep what `"*"` grants.
fn for_one_origin(rule: &Rule, changed: RuleDraft, facts: &Facts) -> RuleDraft {
    let changed = changed.origins([facts.origin.clone().unwrap_or_default()]);
    if rule.expose_headers().iter().any(|name| name == "*") { changed.expose_headers(List::default()) } else { changed }
}

/// Adds everything that the request needs, not only the first part that is missing. Returns the changed keys.
fn change(rule: &Rule, addition: Option<&Origin>, facts: &Facts) -> (RuleDraft, Vec<Key>) {
    let mut draft = rule.to_draft();
    let mut changed = Vec::new();
    if let Some(origin) = addition {
        let listed = match rule.origins() {
            Origins::Listed(list) => list.iter().map(|item| item.to_string()).collect(),
            _ => Vec::new(),
        };
        draft = draft.origins(listed.iter().map(String::as_str).chain([origin.as_str()]).collect::<List>());
        changed.push(Key::Origins);
    }
    let credentials = rule.credentials() || facts.with_credentials();
    let mut allow_headers: Vec<&str> = rule.allow_headers().iter().collect();
    if credentials && !rule.credentials() {
        draft = draft.credentials(true);
        changed.push(Key::Credentials);
        // Without credentials, a name may stand beside `*`. With credentials it may not, and `*` covers
        // `Authorization`.
        if allow_headers.len() > 1 && allow_headers.contains(&"*") {
            allow_headers = vec!["*"];
            changed.push(Key::AllowHeaders);
        }
    }
    if let Some(method) = &facts.needs.method
        && !rule.methods().iter().any(|item| item == "*" || item == method)
    {
        draft = draft.methods(rule.methods().iter().chain([method.as_str()]).collect::<List>());
        changed.push(Key::Methods);
    }
    for name in &facts.needs.headers {
        let by_wildcard = credentials || !is_non_wildcard_request_header(name.to_ascii_lowercase());
        let covers = |item: &&str| item.eq_ignore_ascii_case(name) || (*item == "*" && by_wildcard);
        if !allow_headers.iter().any(covers) {
            allow_headers.push(name);
            changed.push(Key::AllowHeaders);
        }
    }
    if changed.contains(&Key::AllowHeaders) {
        draft = match allow_headers.as_slice() {
            ["*"] => draft.allow_headers("*"),
            names => draft.allow_headers(names),
        };
    }
    changed.dedup();
    (draft, changed)
}

/// Returns the entry as the policy prints it.
fn written(policy: &Policy, rule: Option<usize>, key: Key) -> (Place, String) {
    let entries = policy.rules().get(rule.unwrap_or_default()).map(ToString::to_string).unwrap_or_default();
    let is_of_key = |line: &&str| line.split_once(':').is_some_and(|(name, _)| name == key.name());
    let entry = entries.lines().find(is_of_key).unwrap_or_default().to_owned();
    let place = Place::of(key);
    (rule.map_or(place.clone(), |rule| place.in_rule(rule)), entry)
}
