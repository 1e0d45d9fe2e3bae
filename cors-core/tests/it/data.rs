//! A policy as data: cases that the JSON tables cannot have, writing, and files with other content.

mod anything;
mod helps;
mod issues;

use crate::support::drafts;
use cors_core::{Issue, Policy, PolicyDraft};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{BytesDeserializer, Error};
use serde_json::Value;

/// Returns the place and first line of every mistake.
fn mistakes(draft: &PolicyDraft) -> Vec<String> {
    let first = |issue: &Issue| {
        let text = issue.to_string();
        format!("{}: {}", issue.place(), text.lines().next().unwrap_or_default())
    };
    draft.validate().err().iter().flatten().map(first).collect()
}

fn json(text: &str) -> PolicyDraft {
    serde_json::from_str(text).expect("no content is an error")
}

fn yaml(text: &str) -> PolicyDraft {
    yaml_serde::from_str(text).expect("no content is an error")
}

#[test]
fn what_is_no_map_is_a_mistake_of_the_whole_policy() {
    #[derive(Deserialize)]
    struct Configuration {
        cors: PolicyDraft,
    }
    let read = |text: &str| toml::from_str::<Configuration>(text).expect("no content is an error").cors.validate();
    for (text, found) in [("3", "3"), ("\"*\"", "\"*\""), ("[1, \"a\"]", "[1, \"a\"]"), ("1979-05-27", "1979-05-27")] {
        let issues = read(&format!("cors = {text}")).expect_err("it is no map");
        let expected = format!(
            "1 mistake in the CORS policy\n  cors: {found} is not a policy\n    \
             help: write keys and their values, as `origins` = [\"https://app.example.com\"]"
        );
        assert_eq!(issues.clone().within("cors").to_string(), expected);
        assert_eq!(issues.to_string(), expected.replace("cors: ", ""));
    }
    assert_eq!(mistakes(&json("null")), [": null is not a policy"]);
    let issues = read("cors = { rules = [{ origins = [\"null\"] }] }").expect_err("an unsafe origin");
    assert!(issues.within("services.api.cors").to_string().contains("\n  services.api.cors.rules[0].origins[0]: "));
}

#[test]
fn a_key_that_stands_there_twice_is_a_mistake_and_the_first_value_counts() {
    let twice = r#"{"origins": ["https://a.example"], "methods": ["PUT"], "origins": ["null", 5], "methods": ["put"]}"#;
    let expected = [
        "origins: `origins` stands in the policy twice",
        "origins[1]: 5 is not an item of `origins`",
        "methods: `methods` stands in the policy twice",
    ];
    assert_eq!(mistakes(&json(twice)), expected);
    let in_rule = r#"{"rules": [{"origins": "*", "max_age": 60, "max_age": 60}]}"#;
    assert_eq!(mistakes(&json(in_rule)), ["rules[0].max_age: `max_age` stands in the rule twice"]);
}

#[test]
fn a_misspelt_key_shows_the_place_where_its_value_stands() {
    let alone = json(r#"{"origin": ["https://a.example/", 5], "maxAge": "2d"}"#);
    let expected = [
        "origin[0]: \"https://a.example/\" ends with a slash",
        "origin[1]: 5 is not an item of `origins`",
        "maxAge: `max_age` = \"2d\" is more than a day",
        "maxAge: a policy has no key `maxAge`",
        "origin: a policy has no key `origin`",
    ];
    assert_eq!(mistakes(&alone), expected);
    let beside = json(r#"{"rules": [{"origins": ["https://a.example"], "allowed_origins": ["null", 5]}]}"#);
    let expected = [
        "rules[0].allowed_origins[1]: 5 is not an item of `origins`",
        "rules[0].allowed_origins: a policy has no key `allowed_origins`",
    ];
    assert_eq!(mistakes(&beside), expected);
    let rules = json(
        r#"{"rule": [3, {"orgins": ["https://a.example", 5], "rules": []}, {"origins": ["https://a.example"], "max_age": "2d"}]}"#,
    );
    let expected = [
        "rule[0]: 3 is not an item of `rules`",
        "rule: a policy has no key `rule`",
        "rule[1].orgins[1]: 5 is not an item of `origins`",
        "rule[1].rules: a rule has rules of its own",
        "rule[1].orgins: a policy has no key `orgins`",
        "rule[2].origins[0]: \"https://a.example\" stands in rule[1] already, so it never gets to this rule",
        "rule[2].max_age: `max_age` = \"2d\" is more than a day",
    ];
    assert_eq!(mistakes(&rules), expected);
}

#[test]
fn what_only_yaml_can_say_is_a_mistake_at_its_place() {
    let draft = yaml("origins: [https://a.example, null, !secret x, ~]\n5: x\ntrue: x\n? [a]\n: x\nmax_age: .nan\n");
    let expected = [
        "origins[1]: \"null\" is the origin of every sandboxed frame, so it names nobody",
        "origins[2]: !secret \"x\" is not an item of `origins`",
        "origins[3]: \"null\" is the origin of every sandboxed frame, so it names nobody",
        "max_age: `max_age` = \"NaN\" is not a duration",
        "5: a policy has no key `5`",
        "[\\\"a\\\"]: a policy has no key `[\\\"a\\\"]`",
        "true: a policy has no key `true`",
    ];
    assert_eq!(mistakes(&draft), expected);
}

#[test]
fn what_only_toml_can_say_is_a_mistake_at_its_place() {
    let read = |text: &str| toml::from_str::<PolicyDraft>(text).expect("no content is an error");
    let draft = read("origins = [1979-05-27, inf]\nmax_age = 07:32:00\n[methods]\n0 = \"PUT\"\n");
    let expected = [
        "origins[0]: 1979-05-27 is not an item of `origins`",
        "origins[1]: inf is not an item of `origins`",
        "methods: { 0: \"PUT\" } is not a value of `methods`",
        "max_age: 07:32:00 is not a value of `max_age`",
    ];
    assert_eq!(mistakes(&draft), expected);
    assert_eq!(mistakes(&read("")), ["origins: the policy has no `origins`"]);
    let one_table = read("[rules]\norigins = \"*\"\n");
    assert_eq!(mistakes(&one_table), ["rules: { origins: \"*\" } is not a value of `rules`"]);
}

#[test]
fn a_number_is_read_however_the_format_hands_it_over() {
    // With the feature `arbitrary_precision`, serde_json passes a number like this.
    let draft = json(r#"{"origins": "*", "max_age": {"$serde_json::private::Number": "600"}}"#);
    assert_eq!(draft.validate(), json(r#"{"origins": "*", "max_age": 600}"#).validate());
    for (number, mistake) in [
        ("-1", "`max_age` = -1 is negative"),
        ("600.0", "`max_age` = 600.0 is not a duration"),
        ("1e3", "`max_age` = 1000.0 is not a duration"),
        ("123456789012345678901234567890", "`max_age` = 1.2345678901234568e29 is not a duration"),
        ("9223372036854775808", "`max_age` = 9223372036854775808 is more than a day"),
    ] {
        let draft = json(&format!(r#"{{"origins": "*", "max_age": {number}}}"#));
        assert_eq!(mistakes(&draft), [format!("max_age: {mistake}")]);
    }
}

#[test]
fn bytes_are_no_policy() {
    let bytes: BytesDeserializer<'_, Error> = b"*".as_slice().into_deserializer();
    let draft = PolicyDraft::deserialize(bytes).expect("no content is an error");
    assert_eq!(mistakes(&draft), [": a text of bytes is not a policy"]);
}

#[test]
fn a_policy_may_stand_among_other_keys() {
    #[derive(Deserialize)]
    struct Configuration {
        port: u16,
        #[serde(flatten)]
        cors: PolicyDraft,
    }
    let configuration: Configuration =
        toml::from_str("port = 80\norigins = [\"https://a.example\"]\nmax_age = 60").expect("no content is an error");
    assert_eq!(configuration.port, 80);
    let expected = PolicyDraft::new().origins(["https://a.example"]).max_age("60");
    assert_eq!(configuration.cors, expected);
}

#[test]
fn the_schema_of_a_file_is_no_key_of_its_policy() {
    let draft = json(r#"{"$schema": "policy.schema.json", "origins": "*"}"#);
    assert_eq!(draft, PolicyDraft::new().origins("*"));
    let in_rule = json(r#"{"rules": [{"$schema": "policy.schema.json", "origins": "*"}]}"#);
    assert_eq!(mistakes(&in_rule), ["rules[0].$schema: a policy has no key `$schema`"]);
}

#[test]
fn what_is_written_reads_as_the_same_draft() {
    let mut written = 0;
    for row in drafts() {
        let draft: PolicyDraft = serde_json::from_value(Value::Object(row.draft)).expect("no content is an error");
        let Ok(text) = serde_json::to_string(&draft) else {
            let is_of_type_or_key = |class: &str| matches!(class, "misplaced-key" | "unknown-key" | "wrong-type");
            assert!(row.mistakes.iter().any(|mistake| is_of_type_or_key(&mistake.class)), "{:?}", row.mistakes);
            continue;
        };
        written += 1;
        assert_eq!(json(&text), draft, "{text}");
        let text = toml::to_string(&draft).expect("what is JSON is TOML");
        assert_eq!(toml::from_str(&text), Ok(draft.clone()), "{text}");
        let text = yaml_serde::to_string(&draft).expect("what is JSON is YAML");
        assert_eq!(yaml(&text), draft, "{text}");
        if let Ok(policy) = draft.validate() {
            let text = serde_json::to_string(&policy.to_draft()).expect("a policy has no mistakes");
            assert_eq!(json(&text).validate(), Ok(policy), "{text}");
        }
    }
    // A text that is almost a number stays a text.
    let with_zero = json(r#"{"origins": "*", "max_age": "060"}"#);
    assert_eq!(serde_json::to_value(&with_zero).map(|keys| keys["max_age"].clone()).ok(), Some("060".into()));
    assert!(written > 150, "{written}");
}

#[test]
fn what_was_read_with_mistakes_of_type_or_key_is_not_written() {
    for text in [
        "3",
        r#"{"origins": "*", "colour": "red"}"#,
        r#"{"origins": [5]}"#,
        r#"{"rules": [{"origins": "*"}, 3]}"#,
        r#"{"rules": [{"origins": "*", "credential": true}]}"#,
    ] {
        let error = serde_json::to_string(&json(text)).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("a draft that was read with mistakes does not hold what stood there".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_source_is_asked_by_the_program_not_by_the_file() {
    let draft = PolicyDraft::new().ask_for_other_origins().credentials(true);
    let text = serde_json::to_string(&draft).expect("it has no mistakes");
    assert_eq!(text, r#"{"credentials":true}"#);
    assert_eq!(json(&text).ask_for_other_origins(), draft);
    let policy: Policy = json(&text).ask_for_other_origins().validate().unwrap_or_else(|issues| panic!("{issues}"));
    assert_eq!(policy.to_draft(), draft);
}

#[test]
fn a_misspelt_key_of_a_rule_is_not_taken_for_one_that_must_not_stand_there() {
    let rule = |key: &str| json(&format!(r#"{{"rules": [{{"origins": ["https://app.example.com"], {key}}}]}}"#));
    let unknown = |name: &str| vec![format!("rules[0].{name}: a policy has no key `{name}`")];
    assert_eq!(mistakes(&rule(r#""rule": []"#)), unknown("rule"));
    assert_eq!(mistakes(&rule(r#""on_denid": "reject""#)), unknown("on_denid"));
    let misplaced = ["rules[0].on_denied: `on_denied` is of the policy, not of a rule"];
    assert_eq!(mistakes(&rule(r#""on_denied": 5"#)), misplaced);
}

#[test]
fn what_stands_in_a_file_never_makes_a_line_of_its_own() {
    let draft = json(r#"{"origins": ["https://app.example.com"], "x\u001b[31m\ny": 1, "on_denied": "a\nb"}"#);
    let text = draft.validate().expect_err("it has mistakes").to_string();
    assert!(text.contains(r"x\u{1b}[31m\ny: a policy has no key `x\u{1b}[31m\ny`"), "{text}");
    assert!(text.contains(r"does not know `a\nb`"), "{text}");
}
