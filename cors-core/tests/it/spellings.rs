//! Keys and values as people write them, in files and variables.

use cors_core::{IssueKind, Key, PolicyDraft};
use serde_json::json;

fn variables(variables: &[(&str, &str)]) -> PolicyDraft {
    PolicyDraft::from_variables("CORS_", variables.iter().copied())
}

const ORIGINS: (&str, &str) = ("CORS_ORIGINS", "https://app.example.com");

/// Returns the place and code of every mistake.
fn mistakes(draft: &PolicyDraft) -> Vec<String> {
    let issues = draft.validate().expect_err("the draft has mistakes");
    issues.iter().map(|issue| format!("{} {}", issue.place(), issue.kind().code())).collect()
}

#[test]
fn keys_of_other_libraries_are_known() {
    for (name, meant) in [
        ("allowedHeaders", Key::AllowHeaders),
        ("allowed_any_header", Key::AllowHeaders),
        ("headers", Key::AllowHeaders),
        ("exposedHeaders", Key::ExposeHeaders),
        ("expose_any_header", Key::ExposeHeaders),
        ("Access-Control-Expose-Headers", Key::ExposeHeaders),
        ("Access-Control-Allow-Headers", Key::AllowHeaders),
        ("Access-Control-Max-Age", Key::MaxAge),
        ("supports_credentials", Key::Credentials),
        ("withCredentials", Key::Credentials),
        ("Access-Control-Allow-Origin", Key::Origins),
        ("allowed_methods", Key::Methods),
        ("on-denyd", Key::OnDenied),
    ] {
        assert_eq!(Key::from_name(name).expect_err("it is no key").suggestion(), Some(&meant), "{name}");
    }
}

#[test]
fn a_hyphen_stands_for_an_underscore() {
    let with_underscore: Vec<&Key> = Key::ALL.iter().filter(|key| key.name().contains('_')).collect();
    assert_eq!(with_underscore.len(), 5);
    for key in with_underscore {
        let name = key.name().replace('_', "-");
        assert_eq!(Key::from_name(&name).expect_err("it is no key").suggestion(), Some(key), "{name}");
    }
}

#[test]
fn rules_at_a_misspelt_key_are_read() {
    let draft: PolicyDraft =
        serde_json::from_value(json!({ "rule": [{ "origins": ["null"] }, 7] })).expect("any data is a draft");
    let codes: Vec<_> =
        mistakes(&draft).iter().filter_map(|place| place.rsplit(' ').next().map(str::to_owned)).collect();
    assert_eq!(codes, ["wrong-type", "unknown-key", "unsafe-origin"]);
    let draft: PolicyDraft = serde_json::from_value(json!({ "rule": 7 })).expect("any data is a draft");
    assert_eq!(mistakes(&draft), ["rule unknown-key"]);
}

#[test]
fn a_value_of_a_wrong_type_is_shown_as_it_is_written() {
    for (value, shown) in [
        (json!({}), "{}"),
        (json!({ "a": [1, true], "b": null }), "{ a: [1, true], b: null }"),
        (json!(7), "7"),
        (json!("x"), "\"x\""),
    ] {
        let draft: PolicyDraft = serde_json::from_value(json!({ "origins": value })).expect("any data is a draft");
        let issues = draft.validate().expect_err("it is no list");
        let kinds: Vec<_> = issues.iter().map(|issue| issue.kind().clone()).collect();
        assert_eq!(kinds, [IssueKind::WrongType { found: shown.to_owned() }]);
    }
}

#[test]
fn a_number_of_seconds_stays_one() {
    for max_age in [json!(600), json!(-1), json!("2h")] {
        let written = json!({ "origins": "*", "max_age": max_age });
        let draft: PolicyDraft = serde_json::from_value(written.clone()).expect("any data is a draft");
        assert_eq!(serde_json::to_value(&draft).expect("it is a draft"), written);
    }
}

#[test]
fn quotes_and_brackets_enclose_a_value_where_there_are_two() {
    for (text, code) in [
        ("[]", "wrong-type"),
        ("\"\"", "wrong-type"),
        ("''", "wrong-type"),
        ("[PUT]", "wrong-type"),
        ("PUT,'PATCH'", "wrong-type"),
        ("[PUT, PATCH]", "wrong-type"),
        ("\"", "not-a-token"),
        ("[", "not-a-token"),
        ("PUT]", "not-a-token"),
    ] {
        let issues = variables(&[ORIGINS, ("CORS_METHODS", text)]).validate().expect_err("it is no list of methods");
        let codes: Vec<&str> = issues.iter().map(|issue| issue.kind().code()).collect();
        assert_eq!(codes, [code], "{text}");
    }
}

#[test]
fn credentials_are_true_or_false() {
    let with = |text| variables(&[ORIGINS, ("CORS_CREDENTIALS", text)]).validate();
    let draft = PolicyDraft::new().origins(["https://app.example.com"]);
    assert_eq!(with(" false"), draft.clone().credentials(false).validate());
    assert_eq!(with("true "), draft.credentials(true).validate());
    for text in ["TRUE", "1", "yes", "'true'"] {
        let issues = with(text).expect_err("it is neither");
        assert_eq!(issues.iter().map(|issue| issue.kind().code()).collect::<Vec<_>>(), ["wrong-type"], "{text}");
    }
}

#[test]
fn no_variable_says_several_rules_however_it_is_spelt() {
    for (name, place) in [("CORS_RULES", "rules"), ("CORS_RULE", "RULE"), ("CORS_RULSE", "RULSE")] {
        let issues = variables(&[(name, "x")]).validate().expect_err("variables have no rules");
        let found: Vec<_> = issues.iter().map(|issue| (issue.place().to_string(), issue.kind().code())).collect();
        assert_eq!(found, [(place.to_owned(), "unknown-key")], "{name}");
    }
}
