//! One policy in each of its notations.

use cors_actix::Policy;
use cors_core::Key;
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Notations {
    /// In Rust, checked while compiling.
    source: String,
    /// Environment variables; `None` for several rules, which they cannot express.
    variables: Option<String>,
}

impl Notations {
    pub(crate) fn of(policy: &Policy) -> Self {
        let keys = policy.to_string().replace('\n', "\n    ");
        Self { source: format!("cors_policy! {{\n    {keys}\n}}"), variables: variables(policy) }
    }
}

/// As a TOML file.
pub(crate) fn toml(policy: &Policy) -> String {
    toml::to_string(&policy.to_draft()).unwrap_or_default()
}

fn variables(policy: &Policy) -> Option<String> {
    let written = serde_json::to_value(policy.to_draft()).ok()?;
    if written.get(Key::Rules.name()).is_some() {
        return None;
    }
    let keys = Key::ALL.iter().filter_map(|key| Some((key.name(), written.get(key.name())?)));
    let lines = keys.map(|(name, value)| format!("CORS_{}={}", name.to_ascii_uppercase(), in_variable(value)));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn in_variable(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_variable).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use cors_actix::{PolicyDraft, RuleDraft};

    use super::*;

    #[test]
    fn all_notations_have_the_same_meaning() {
        let origins = ["http://localhost:3000", "https://*.example.com"];
        let policy = PolicyDraft::new().origins(origins).methods(["PUT", "DELETE"]).max_age("2h").validate().unwrap();
        let Notations { source, variables } = Notations::of(&policy);
        assert_eq!(
            source,
            "cors_policy! {\n    origins: [\"http://localhost:3000\", \"https://*.example.com\"],\n    \
             methods: [PUT, DELETE],\n    max_age: 2h,\n}"
        );
        let pairs = variables.as_ref().unwrap().lines().map(|line| line.split_once('=').unwrap());
        assert_eq!(PolicyDraft::from_variables("CORS_", pairs).validate().as_ref(), Ok(&policy));
        let read: PolicyDraft = toml::from_str(&toml(&policy)).unwrap();
        assert_eq!(read.validate(), Ok(policy));
    }

    #[test]
    fn several_rules_have_no_environment_variables() {
        let rules = [RuleDraft::new().origins(["https://a.example"]).credentials(true), RuleDraft::new().origins("*")];
        let policy = PolicyDraft::new().rules(rules).validate().unwrap();
        assert_eq!(Notations::of(&policy).variables, None);
        let read: PolicyDraft = toml::from_str(&toml(&policy)).unwrap();
        assert_eq!(read.validate(), Ok(policy));
    }
}
