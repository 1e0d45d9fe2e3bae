//! Any file gives a draft, and any draft gives a policy or mistakes.

use cors_core::{Key, PolicyDraft};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use crate::random::config;

/// Returns texts of policies, of almost policies, and other texts.
fn text() -> impl Strategy<Value = String> {
    let near = vec![
        "*",
        "https://app.example.com",
        "https://*.example.com",
        "http://a.example",
        "null",
        "PUT",
        "put",
        "Cookie",
        "Authorization",
        "2h",
        "2d",
        "reject",
        "insecure_origins",
        "public_suffix_wildcards",
        "true",
        "",
    ];
    prop_oneof![4 => select(near).prop_map(str::to_owned), 1 => any::<String>()]
}

fn name() -> impl Strategy<Value = String> {
    let other =
        vec!["origin", "allowed_origins", "maxAge", "credential", "rule", "$schema", "$__toml_private_datetime"];
    prop_oneof![
        6 => select(Key::ALL.to_vec()).prop_map(|key| key.name().to_owned()),
        2 => select(other).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::from),
        2 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (0..100_000i64).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let map = vec((name(), inner.clone()), 0..5).prop_map(|entries| Value::Object(Map::from_iter(entries)));
        prop_oneof![vec(inner, 0..4).prop_map(Value::from), map]
    })
}

fn policy() -> impl Strategy<Value = Value> {
    vec((name(), value()), 0..6).prop_map(|entries| Value::Object(Map::from_iter(entries)))
}

/// Checks that there is a policy or at least one mistake, and that writing and reading a policy returns the same
/// policy.
fn hold(draft: &PolicyDraft) -> Result<(), TestCaseError> {
    match draft.validate() {
        Err(issues) => prop_assert!(issues.iter().next().is_some(), "refused without a word: {draft:?}"),
        Ok(policy) => {
            let text = serde_json::to_string(draft).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let again: PolicyDraft = serde_json::from_str(&text).expect("no content is an error");
            prop_assert_eq!(again.validate(), Ok(policy));
        }
    }
    let _ = format!("{:?}", draft.validate().map_err(|issues| issues.to_string()));
    Ok(())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_data_is_a_policy_or_has_mistakes(value in prop_oneof![4 => policy(), 1 => value()]) {
        hold(&serde_json::from_value(value.clone()).expect("no content is an error"))?;
        let yaml = yaml_serde::to_string(&value).expect("JSON can be written as YAML");
        if let Ok(draft) = yaml_serde::from_str(&yaml) {
            hold(&draft)?;
        }
        if let Ok(draft) = toml::to_string(&value).map_err(drop).and_then(|text| toml::from_str(&text).map_err(drop)) {
            hold(&draft)?;
        }
    }

    #[test]
    fn any_toml_is_refused_by_its_format_or_is_a_policy_or_has_mistakes(
        text in vec(("(origins|methods|credentials|max_age|\\[\\[rules\\]\\]|\\[x\\]|[a-z]{1,3})", "( ?= ?[^\n]{0,12})?"), 0..5)
    ) {
        let text: String = text.into_iter().map(|(key, value)| format!("{key}{value}\n")).collect();
        if let Ok(draft) = toml::from_str(&text) {
            hold(&draft)?;
        }
    }

    #[test]
    fn any_variables_are_a_policy_or_have_mistakes(
        variables in vec((prop_oneof![3 => name().prop_map(|name| name.to_uppercase()), 1 => any::<String>()], text()), 0..6)
    ) {
        let variables = variables.into_iter().map(|(name, value)| (format!("CORS_{name}"), value));
        let draft = PolicyDraft::from_variables("CORS_", variables);
        hold(&draft)?;
    }
}
