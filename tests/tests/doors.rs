//! A policy may come in by several doors: by the methods of a draft, as TOML, JSON or YAML, or in source. Each has the same mistakes,
//! in the same words, at the same places, and the same policy where there are none.

use std::collections::BTreeMap;

use cors_core::{Policy, PolicyDraft};
use cors_tests::{Package, Source, built, drafts, policies, policy_keys};
use serde_json::{Map, Value};

type Keys = Map<String, Value>;

/// What the table does not have, since no draft can hold it: values of other types, misspelt keys with values, and more of them.
const UNREADABLE: &str = r#"[
    {},
    {"origin": ["https://app.example.com/"]},
    {"origin": "https://app.example.com"},
    {"origin": []},
    {"orgin": [5, "https://app.example.com"]},
    {"origin": ["https://app.example.com"], "orgins": ["https://b.example.com"]},
    {"origins": ["https://app.example.com"], "allowed_origins": ["null", 5]},
    {"origins": ["https://app.example.com"], "maxAge": "5x", "supports_credentials": 1},
    {"origins": ["https://app.example.com"], "colour": {"red": 1}},
    {"origins": [true, 1.5, ["https://app.example.com"], {"a": 1}, null, "https://app.example.com/"]},
    {"origins": {"0": "https://app.example.com"}},
    {"origins": null, "credentials": null, "max_age": null},
    {"origins": "https://app.example.com"},
    {"origins": "https://app.example.com/"},
    {"origins": ["https://app.example.com"], "credentials": "true"},
    {"origins": ["https://app.example.com"], "credentials": [true]},
    {"origins": ["https://app.example.com"], "methods": "PUT"},
    {"origins": ["https://app.example.com"], "allow_headers": "X-A, X-B", "expose_headers": 7},
    {"origins": ["https://app.example.com"], "allow_headers": [null, "X-A", {}]},
    {"origins": ["https://app.example.com"], "max_age": true},
    {"origins": ["https://app.example.com"], "max_age": 1.5},
    {"origins": ["https://app.example.com"], "max_age": 18446744073709551615},
    {"origins": ["https://app.example.com"], "max_age": [600]},
    {"origins": ["https://app.example.com"], "on_denied": 5},
    {"origins": ["https://app.example.com"], "on_denied": "rejects"},
    {"origins": ["https://app.example.com"], "dangerously_allow": "insecure_origins"},
    {"origins": ["https://app.example.com"], "dangerously_allow": ["insecure_origin", 5]},
    {"origins": ["http://app.example.com"], "credentials": true, "dangerously_allow": [5]},
    {"rules": {"origins": ["https://app.example.com"]}},
    {"rules": "*"},
    {"rules": [3, {"origins": ["https://app.example.com/"]}]},
    {"rules": [{"origins": ["https://app.example.com"]}, {"credentials": true}]},
    {"rules": [{"origin": ["https://app.example.com"], "methods": [5]}, {"origins": "*", "colour": "red"}]},
    {"rules": [{"origins": ["https://app.example.com"], "on_denied": 5}]},
    {"rules": [{"origins": ["https://app.example.com"], "rules": [{"origins": "*"}]}]},
    {"rules": [{"origins": ["https://app.example.com"]}], "credentials": true, "methods": ["put"]},
    {"rule": [{"origins": ["https://app.example.com"]}]}
]"#;

fn rows() -> Vec<Keys> {
    let unreadable: Vec<Keys> = serde_json::from_str(UNREADABLE).expect("the rows are JSON");
    drafts().into_iter().map(|row| row.draft).chain(unreadable).collect()
}

fn from_json(keys: &Keys) -> PolicyDraft {
    serde_json::from_str(&Value::Object(keys.clone()).to_string()).expect("no content is an error")
}

fn from_toml(keys: &Keys) -> PolicyDraft {
    let text = toml::to_string(keys).expect("the row can be written as TOML");
    toml::from_str(&text).expect("no content is an error")
}

fn from_yaml(keys: &Keys) -> PolicyDraft {
    let text = yaml_serde::to_string(keys).expect("the row can be written as YAML");
    yaml_serde::from_str(&text).expect("no content is an error")
}

/// Whether TOML has a word for every value: it has no null, and no integer beyond 64 bits with a sign.
fn is_toml(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => number.is_i64() || number.is_f64(),
        Value::Array(items) => items.iter().all(is_toml),
        Value::Object(keys) => keys.values().all(is_toml),
        _ => true,
    }
}

/// A mistake: its place, its code and the whole text.
type Mistake = (String, &'static str, String);

fn checked(draft: &PolicyDraft) -> Result<Policy, Vec<Mistake>> {
    let mistake = |issue: &cors_core::Issue| (issue.place().to_string(), issue.kind().code(), issue.to_string());
    draft.validate().map_err(|issues| issues.iter().map(mistake).collect())
}

#[test]
fn data_of_every_format_has_the_same_mistakes_in_the_same_words() {
    let mut in_toml = 0;
    for keys in rows() {
        let json = checked(&from_json(&keys));
        assert_eq!(checked(&from_yaml(&keys)), json, "{keys:?}");
        if keys.values().all(is_toml) {
            assert_eq!(checked(&from_toml(&keys)), json, "{keys:?}");
            in_toml += 1;
        }
    }
    assert_eq!(rows().len() - in_toml, 4, "rows with null or a number that TOML does not have");
}

#[test]
fn a_draft_that_a_program_builds_has_the_same_mistakes_in_the_same_words() {
    for keys in rows() {
        if let Some(draft) = built(&keys) {
            assert_eq!(checked(&draft), checked(&from_json(&keys)), "{keys:?}");
        }
    }
    for row in drafts().iter().filter(|row| built(&row.draft).is_none()) {
        let refused_by_the_compiler = |class: &str| matches!(class, "unknown-key" | "wrong-type" | "misplaced-key");
        assert!(row.mistakes.iter().any(|mistake| refused_by_the_compiler(&mistake.class)), "{:?}", row.draft);
    }
}

/// The lines of each row in one file, and where they begin.
fn program(rows: &[Keys], name: impl Fn(usize) -> String, end: &str) -> (String, Vec<(usize, Source)>) {
    let mut text = "use cors_actix::{Cors, cors_policy};\n".to_owned();
    let mut sources = Vec::new();
    for (index, keys) in rows.iter().enumerate() {
        text.push_str(&format!("const {}: Cors = cors_policy! {{\n", name(index)));
        let source = Source::of(keys);
        let line = text.lines().count();
        text.push_str(&source.text);
        text.push_str("};\n");
        sources.push((line, source));
    }
    (text + end, sources)
}

/// The line, from 0, and the text of every error of the compiler.
fn errors(text: &str) -> Vec<(usize, String)> {
    let package = Package::of_text(env!("CARGO_TARGET_TMPDIR"), "wrong", text).expect("the package can be written");
    let output = package.cargo("build").arg("--message-format=json").output().expect("cargo runs");
    let lines = String::from_utf8_lossy(&output.stdout);
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let error = |message: Value| {
        let message = &message["message"];
        // What concerns no token of the policy points to the invocation, through the macro that it is in.
        let mut span = &message["spans"][0];
        while span["expansion"]["span"].is_object() {
            span = &span["expansion"]["span"];
        }
        let line = usize::try_from(span["line_start"].as_u64()?).ok()? - 1;
        (message["level"] == "error").then(|| (line, message["message"].as_str().unwrap_or_default().to_owned()))
    };
    messages.filter_map(error).collect()
}

#[test]
fn a_policy_in_source_has_the_same_mistakes_in_the_same_words_at_the_same_places() {
    let rows: Vec<Keys> = rows().into_iter().filter(|keys| checked(&from_json(keys)).is_err()).collect();
    let (text, sources) = program(&rows, |_| "_".to_owned(), "fn main() {}\n");
    let mut found: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for (line, message) in errors(&text) {
        let row = sources.partition_point(|(begin, _)| *begin <= line + 1).saturating_sub(1);
        found.entry(row).or_default().push((line.max(sources[row].0), message));
    }
    let mut wrong = Vec::new();
    for (index, (keys, (begin, source))) in rows.iter().zip(&sources).enumerate() {
        let mistakes = checked(&from_json(keys)).err().unwrap_or_default();
        let mut expected: Vec<(usize, String)> =
            mistakes.into_iter().map(|(place, _, text)| (begin + source.line_of(&place), text)).collect();
        expected.sort();
        let mut found = found.remove(&index).unwrap_or_default();
        found.sort();
        if found != expected {
            wrong.push(format!("{}\n  data   {expected:#?}\n  source {found:#?}", Value::Object(keys.clone())));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_right_policy_is_the_same_by_every_door() {
    let right = rows().into_iter().filter(|keys| checked(&from_json(keys)).is_ok());
    let rows: Vec<Keys> = right.chain(policy_keys().into_values()).collect();
    let mut end = "fn main() {\n".to_owned();
    for index in 0..rows.len() {
        end.push_str(&format!("println!(\"{{:?}}\", ROW_{index}.policy());\n"));
    }
    let (text, _) = program(&rows, |index| format!("ROW_{index}"), &(end + "}\n"));
    let package = Package::of_text(env!("CARGO_TARGET_TMPDIR"), "right", &text).expect("the package can be written");
    let output = package.cargo("run").output().expect("cargo runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let in_source: Vec<&str> = printed.lines().collect();
    assert_eq!(in_source.len(), rows.len(), "{}", String::from_utf8_lossy(&output.stderr));
    for (keys, in_source) in rows.iter().zip(in_source) {
        let policy = checked(&built(keys).expect("a right policy has values of the right types")).expect("it is right");
        assert_eq!(format!("{policy:?}"), in_source, "{keys:?}");
        for draft in [from_json(keys), from_toml(keys), from_yaml(keys)] {
            assert_eq!(checked(&draft).as_ref(), Ok(&policy), "{keys:?}");
        }
    }
    let of_requests = policy_keys().values().map(|keys| checked(&from_toml(keys))).collect::<Result<Vec<_>, _>>();
    assert_eq!(
        of_requests,
        Ok(policies().into_values().collect()),
        "every row of requests holds for policies of a file"
    );
}
