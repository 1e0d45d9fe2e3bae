//! A policy can be written in several ways: with the methods of a draft, as TOML, JSON or YAML, in variables, or in
//! source. Each way has the same mistakes, with the same words and places, and the same policy. Source is in
//! `tests/tests/doors.rs`.

use std::collections::{BTreeMap, BTreeSet};

use cors_core::{Issue, Key, Policy, PolicyDraft};
use serde_json::{Map, Value};

use crate::support::{all_keys, built};

type Keys = Map<String, Value>;

/// A way to write a policy: its name, and a function that makes a draft of keys; `None` if it has no form for them.
type Door = (&'static str, fn(&Keys) -> Option<PolicyDraft>);

/// All ways besides JSON.
const DOORS: [Door; 4] = [("builder", built), ("TOML", from_toml), ("YAML", from_yaml), ("variables", from_variables)];

fn from_json(keys: &Keys) -> PolicyDraft {
    serde_json::from_str(&Value::Object(keys.clone()).to_string()).expect("no content is an error")
}

/// TOML has no null, and no integer beyond 64 bits with a sign.
fn from_toml(keys: &Keys) -> Option<PolicyDraft> {
    Some(toml::from_str(&toml::to_string(keys).ok()?).expect("no content is an error"))
}

fn from_yaml(keys: &Keys) -> Option<PolicyDraft> {
    Some(yaml_serde::from_str(&yaml_serde::to_string(keys).ok()?).expect("no content is an error"))
}

fn from_variables(keys: &Keys) -> Option<PolicyDraft> {
    let variable = |(name, value): (&String, &Value)| {
        Some((format!("CORS_{}", name.to_ascii_uppercase()), text_of_variable(name, value)?))
    };
    let variables = keys.iter().map(variable).collect::<Option<Vec<_>>>()?;
    Some(PolicyDraft::from_variables("CORS_", variables))
}

/// Returns the text of a variable. The key alone gives its type. White space and commas separate values, and a single
/// `*` or `none` is not an item.
fn text_of_variable(name: &str, value: &Value) -> Option<String> {
    let is_one = |text: &str| !text.is_empty() && text.trim() == text && !text.contains(',');
    let one = |value: &Value| value.as_str().filter(|text| is_one(text)).map(str::to_owned);
    let key = Key::from_name(name).or_else(|error| error.suggestion().cloned().ok_or(()));
    let is_list = key.as_ref().is_ok_and(Key::takes_list);
    match value {
        Value::Array(items)
            if (is_list || key.is_err()) && !items.is_empty() && *items != ["none"] && *items != ["*"] =>
        {
            items.iter().map(one).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        Value::String(text) if is_list && text != "*" && (key != Ok(Key::Origins) || text != "none") => None,
        Value::String(text) if key == Ok(Key::Credentials) && matches!(text.as_str(), "true" | "false") => None,
        Value::String(_) if key != Ok(Key::Rules) => one(value),
        Value::Bool(flag) if key == Ok(Key::Credentials) => Some(flag.to_string()),
        Value::Number(number) if key == Ok(Key::MaxAge) => number.as_i64().map(|number| number.to_string()),
        _ => None,
    }
}

/// A mistake: its place, its code and the whole text.
type Mistake = (String, &'static str, String);

fn checked(draft: &PolicyDraft) -> Result<Policy, Vec<Mistake>> {
    let mistake = |issue: &Issue| (issue.place().to_string(), issue.kind().code(), issue.to_string());
    draft.validate().map_err(|issues| issues.iter().map(mistake).collect())
}

/// Returns the result in the words of this way: variables have other messages, and names in capitals.
fn in_the_words_of(door: &str, checked: Result<Policy, Vec<Mistake>>) -> Result<Policy, Vec<Mistake>> {
    let without_words = |(place, code, _): Mistake| (place.to_ascii_lowercase(), code, String::new());
    checked.map_err(|mistakes| match door {
        "variables" => mistakes.into_iter().map(without_words).collect(),
        _ => mistakes,
    })
}

#[test]
fn every_row_has_the_same_policy_or_mistakes_by_every_door_but_those_listed_that_have_no_form_for_it() {
    let listed: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_str(include_str!("../data/doors.json")).expect("the list is JSON");
    let mut without_form: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (row, keys) in all_keys() {
        for (door, draft_of) in DOORS {
            let Some(draft) = draft_of(&keys) else {
                without_form.entry(door.to_owned()).or_default().insert(row.clone());
                continue;
            };
            let [found, expected] = [draft, from_json(&keys)].map(|draft| in_the_words_of(door, checked(&draft)));
            assert_eq!(found, expected, "{row} by the door {door}: {keys:?}");
        }
    }
    for door in listed.keys().chain(without_form.keys()) {
        let [listed, found] = [&listed, &without_form].map(|rows| rows.get(door).cloned().unwrap_or_default());
        assert_eq!(
            &found - &listed,
            BTreeSet::new(),
            "{door} has no form for these rows, and data/doors.json does not list them"
        );
        assert_eq!(
            &listed - &found,
            BTreeSet::new(),
            "data/doors.json lists these rows, and {door} has a form for them"
        );
    }
}

#[test]
fn every_mistake_in_a_variable_names_it_and_shows_no_quotes_to_copy() {
    for draft in all_keys().values().filter_map(from_variables) {
        for issue in draft.validate().err().iter().flatten() {
            let text = issue.to_string();
            let (summary, rest) = text.split_once("\nhelp: ").expect("every mistake has help");
            let (help, _) = rest.split_once("\nnote: ").unwrap_or((rest, ""));
            assert!(summary.contains("CORS_"), "{text}");
            assert!(!help.contains('"'), "{text}");
            for key in Key::ALL {
                let as_in_a_file = [format!("{}: ", key.name()), format!("`{}`", key.name())];
                assert!(!as_in_a_file.iter().any(|form| text.contains(form)), "{text}");
            }
        }
    }
}
