//! Prints a policy in the notation of `cors_policy!`.

use std::fmt;

use super::Dangers;
use crate::{Names, OnDenied, Origins, Policy, Rule};

impl Dangers {
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let insecure = self.insecure_origins.then_some(Self::INSECURE_ORIGINS);
        insecure.into_iter().chain(self.public_suffix_wildcards.then_some(Self::PUBLIC_SUFFIX_WILDCARDS))
    }
}

/// Prints the keys and values in the notation of `cors_policy!`.
impl fmt::Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.on_denied != OnDenied::default() {
            writeln!(formatter, "on_denied: {},", self.on_denied.name())?;
        }
        match self.written_rules() {
            [] => write!(formatter, "origins: none,")?,
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
        if self.has_source() { write!(formatter, "\n// a source is asked for other origins") } else { Ok(()) }
    }
}

impl Policy {
    /// Returns the rules as written: without the rule of a source, which `validate` adds, if it repeats the last one.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// let draft = PolicyDraft::new().origins(["https://app.example.com"]).ask_for_other_origins();
    /// let policy = draft.validate()?;
    /// assert!(policy.has_source());
    /// assert_eq!((policy.rules().len(), policy.written_rules().len()), (2, 1));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn written_rules(&self) -> &[Rule] {
        match self.rules() {
            [rules @ .., before, last] if matches!(last.origins, Origins::FromSource) => {
                let repeats = Rule { origins: Origins::FromSource, ..before.clone() } == *last;
                let is_written = matches!(before.origins, Origins::FromSource) || !repeats;
                if is_written { self.rules() } else { &self.rules()[..=rules.len()] }
            }
            rules => rules,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origins {
            Origins::Any => write!(formatter, "origins: \"*\",")?,
            Origins::Listed(list) => write!(formatter, "origins: [{}],", joined(list.texts(), true))?,
            Origins::FromSource => write!(formatter, "// origins: those that a source allows")?,
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
                Names::Unset => {}
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

/// Whether the names need no quotes, unlike a method such as `VERSION-CONTROL`.
fn are_words(names: &Names) -> bool {
    names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn joined<T: fmt::Display>(items: impl Iterator<Item = T>, quoted: bool) -> String {
    let quote = if quoted { "\"" } else { "" };
    items.map(|item| format!("{quote}{item}{quote}")).collect::<Vec<_>>().join(", ")
}
