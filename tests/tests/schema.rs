//! The JSON Schema of a policy as data: the one in the repository is generated, refuses nothing that is right, and much that is not.
//!
//! After a change, `SCHEMA=overwrite cargo test -p cors-tests --test schema` writes the file anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use cors_core::{IssueKind, Key, PolicyDraft};
use cors_tests::{drafts, policy_keys, schema};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cors-core/policy.schema.json");

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::options().build(&schema()).expect("the schema is one"));

#[test]
fn the_schema_is_the_one_in_the_repository() {
    let text = format!("{:#}\n", schema());
    if std::env::var("SCHEMA").is_ok_and(|what| what == "overwrite") {
        fs::write(FILE, &text).expect("the file can be written");
    }
    let file = fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(file, text, "write it anew: SCHEMA=overwrite cargo test -p cors-tests --test schema");
}

#[test]
fn the_schema_is_one_of_draft_2020_12_and_describes_every_key() {
    let schema = schema();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    for key in Key::ALL {
        let description = schema["properties"][key.name()]["description"].as_str();
        assert!(description.is_some_and(|text| text.ends_with('.')), "{key:?}");
    }
}

#[test]
fn no_right_policy_is_refused() {
    let right = drafts().into_iter().filter(|row| row.mistakes.is_empty()).map(|row| row.draft);
    for keys in right.chain(policy_keys().into_values()) {
        let keys = Value::Object(keys);
        assert!(VALIDATOR.is_valid(&keys), "{keys}: {:?}", VALIDATOR.validate(&keys));
    }
    for longest in ["86400", "86400s", "1440min", "24h", "1d", "0024h", "00000"] {
        let keys = json!({ "origins": "*", "max_age": longest });
        let draft: PolicyDraft = serde_json::from_value(keys.clone()).expect("no content is an error");
        assert!(draft.validate().is_ok() && VALIDATOR.is_valid(&keys), "{keys}");
    }
    let with_schema = json!({ "$schema": "policy.schema.json", "origins": "*" });
    assert!(VALIDATOR.is_valid(&with_schema));
}

/// Of the rows that have one class of mistakes only.
#[test]
fn what_a_pattern_can_tell_is_refused() {
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in drafts().into_iter().filter(|row| !row.mistakes.is_empty()) {
        let of_row: BTreeSet<String> = row.mistakes.iter().map(|mistake| mistake.class.clone()).collect();
        if let (Some(class), 1) = (of_row.first(), of_row.len()) {
            let (refused, rows) = classes.entry(class.clone()).or_default();
            *rows += 1;
            *refused += usize::from(!VALIDATOR.is_valid(&Value::Object(row.draft)));
        }
    }
    let share = |(class, (refused, rows)): (&String, &(usize, usize))| match refused {
        0 => format!("{class}: none"),
        _ if refused == rows => format!("{class}: all"),
        _ => format!("{class}: some"),
    };
    let found: Vec<_> = classes.iter().map(share).collect();
    let expected = [
        "allows-nothing: none",
        "beside-keys-of-one-rule: all",
        "empty-list: all",
        "forbidden-name: none",
        "insecure-with-credentials: none",
        "max-age: all",
        "max-age-too-long: all",
        "method-case: none",
        "misplaced-key: all",
        "misplaced-name: none",
        "missing: all",
        "never-acts: none",
        "not-a-token: all",
        "public-suffix-with-credentials: none",
        "repetition: some",
        "unknown-key: all",
        "unknown-value: all",
        "unsafe-origin: all",
        "unserialisable-origin: some",
        "wildcard-elsewhere: some",
        "wildcard-with-credentials: all",
        "wrong-type: all",
    ];
    assert_eq!(found, expected);
}

proptest! {
    // The same texts each time.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(0), failure_persistence: None, ..ProptestConfig::default() })]

    /// Texts near the edge of what the language takes.
    #[test]
    fn the_patterns_refuse_no_origin_name_or_duration_that_the_language_takes(
        origin in "(https?|tauri|chrome-extension|wss|a)(://|:/)(\\*\\.)?([a-z0-9._-]{1,8}|\\[[0-9a-f:.]{2,8}\\])(:([0-9]{1,5}|\\*))?",
        method in "[ -~]{1,4}",
        max_age in "[0-9]{1,4}(s|min|h|d|x)?",
    ) {
            for (key, value) in [("origins", json!([origin])), ("methods", json!([method])), ("max_age", json!(max_age))] {
            let mut keys = json!({ "origins": ["https://app.example.com"] });
            keys[key] = value;
            let draft: PolicyDraft = serde_json::from_value(keys.clone()).expect("no content is an error");
            if draft.validate().is_ok() {
                prop_assert!(VALIDATOR.is_valid(&keys), "{keys}");
            }
        }
    }
}

#[test]
fn an_unknown_key_is_refused_by_both() {
    let keys = json!({ "origins": "*", "colour": "red" });
    assert!(!VALIDATOR.is_valid(&keys));
    let draft: PolicyDraft = serde_json::from_value(keys).expect("no content is an error");
    let issues = draft.validate().expect_err("it has no such key");
    assert!(matches!(issues.iter().next().map(cors_core::Issue::kind), Some(IssueKind::UnknownKey { .. })));
}
