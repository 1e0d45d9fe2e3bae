//! A policy as one would write it: as text, and as a draft.

use std::fmt;

use super::Dangers;
use crate::{List, Names, OnDenied, Origins, Place, Policy, PolicyDraft, Rule};

impl Rule {
    pub(crate) fn to_draft(&self) -> PolicyDraft {
        let mut draft = PolicyDraft::new();
        draft = match &self.origins {
            Origins::Any => draft.origins("*"),
            // Items that are not set in this build: no mistake, as it was none when they were written.
            Origins::Listed(list) if list.is_empty() => draft.origins(List::__unset()),
            Origins::Listed(list) => draft.origins(list.texts().collect::<Vec<_>>()),
            Origins::Asked => draft,
        };
        if self.credentials {
            draft = draft.credentials(true);
        }
        let items = |names: &Names| names.iter().map(str::to_owned).collect::<Vec<_>>();
        if self.methods != Names::Unsaid {
            draft = draft.methods(items(&self.methods));
        }
        if self.allow_headers != Names::Unsaid {
            draft = draft.allow_headers(items(&self.allow_headers));
        }
        if self.expose_headers != Names::Unsaid {
            draft = draft.expose_headers(items(&self.expose_headers));
        }
        if let Some(max_age) = &self.max_age {
            draft = draft.max_age(max_age.to_string());
        }
        match self.dangerously_allow.names().collect::<Vec<_>>() {
            dangers if dangers.is_empty() => draft,
            dangers => draft.dangerously_allow(dangers),
        }
    }
}

impl Dangers {
    fn names(self) -> impl Iterator<Item = &'static str> {
        let insecure = self.insecure_origins.then_some(Self::INSECURE_ORIGINS);
        insecure.into_iter().chain(self.public_suffix_wildcards.then_some(Self::PUBLIC_SUFFIX_WILDCARDS))
    }
}

/// The keys and values as one would write them.
impl fmt::Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.on_denied != OnDenied::default() {
            writeln!(formatter, "on_denied: {},", self.on_denied.name())?;
        }
        let (rules, asked) = written_rules(self);
        match rules {
            [] => {}
            [rule] => write!(formatter, "{rule}")?,
            rules => {
                writeln!(formatter, "rules: [")?;
                for rule in rules {
                    let keys = rule.to_string().replace('\n', "\n        ");
                    writeln!(formatter, "    {{\n        {keys}\n    }},")?;
                }
                write!(formatter, "],")?;
            }
        }
        if asked { write!(formatter, "\n// a source is asked for other origins") } else { Ok(()) }
    }
}

/// The rules as somebody wrote them, and whether a source is asked: the rule of its origins is the last again, if that has others.
fn written_rules(policy: &Policy) -> (&[Rule], bool) {
    match policy.rules() {
        [rules @ .., last] if matches!(last.origins, Origins::Asked) => {
            let repeats = |before: &Rule| Rule { origins: Origins::Asked, ..before.clone() } == *last;
            let written = if rules.last().is_some_and(repeats) { rules } else { policy.rules() };
            (written, true)
        }
        rules => (rules, false),
    }
}

impl Policy {
    /// A place in a rule as the author of the policy would look for it: of an only rule without its index.
    pub(crate) fn place_in_rule(&self, place: Place, rule: usize) -> Place {
        if self.has_written_rules() { place.in_rule(rule) } else { place }
    }

    /// Whether the policy is written as several rules.
    pub(crate) fn has_written_rules(&self) -> bool {
        written_rules(self).0.len() > 1
    }
}

/// The draft that would give this policy.
pub(super) fn draft_of(policy: &Policy) -> PolicyDraft {
    let (rules, asked) = written_rules(policy);
    let mut draft = match rules {
        [] => PolicyDraft::new().origins(List::__unset()),
        [rule] => rule.to_draft(),
        rules => PolicyDraft::new().rules(rules.iter().map(Rule::to_draft)),
    };
    if policy.on_denied != OnDenied::default() {
        draft = draft.on_denied(policy.on_denied.name());
    }
    if asked { draft.ask_for_other_origins() } else { draft }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origins {
            Origins::Any => write!(formatter, "origins: \"*\",")?,
            Origins::Listed(list) => write!(formatter, "origins: [{}],", joined(list.texts(), true))?,
            Origins::Asked => write!(formatter, "// origins: those that a source allows")?,
        }
        if self.credentials {
            write!(formatter, "\ncredentials: true,")?;
        }
        let lists = [
            ("methods", &self.methods, false),
            ("allow_headers", &self.allow_headers, true),
            ("expose_headers", &self.expose_headers, true),
        ];
        for (key, names, quoted) in lists {
            match names {
                Names::Unsaid => {}
                Names::Any(text) if text == "*" => write!(formatter, "\n{key}: \"*\",")?,
                _ => write!(formatter, "\n{key}: [{}],", joined(names.iter(), quoted || !are_words(names)))?,
            }
        }
        if let Some(max_age) = &self.max_age {
            write!(formatter, "\nmax_age: {max_age},")?;
        }
        match joined(self.dangerously_allow.names(), false) {
            dangers if dangers.is_empty() => Ok(()),
            dangers => write!(formatter, "\ndangerously_allow: [{dangers}],"),
        }
    }
}

/// A method such as `VERSION-CONTROL` can only be written in quotes.
fn are_words(names: &Names) -> bool {
    names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn joined<T: fmt::Display>(items: impl Iterator<Item = T>, quoted: bool) -> String {
    let quote = if quoted { "\"" } else { "" };
    items.map(|item| format!("{quote}{item}{quote}")).collect::<Vec<_>>().join(", ")
}
