//! A policy in source has the same mistakes as by the other doors, in the same words, at the same places, and the same policy where
//! there are none. The other doors are in `cors-core/tests/it/doors.rs`.

use std::collections::BTreeMap;

use cors_core::__private::in_source;
use cors_core::{Issue, Policy, PolicyDraft};
use cors_tests::{Package, Source, all_keys};
use serde_json::{Map, Value};

type Keys = Map<String, Value>;

fn from_json(keys: &Keys) -> PolicyDraft {
    serde_json::from_str(&Value::Object(keys.clone()).to_string()).expect("no content is an error")
}

/// The rows of all tables that are right, or those that are wrong. Source can say each.
fn rows(right: bool) -> Vec<Keys> {
    all_keys().into_values().filter(|keys| checked(&from_json(keys)).is_ok() == right).collect()
}

/// A mistake: its place, its code and the whole text, in the notation of source.
type Mistake = (String, &'static str, String);

fn checked(draft: &PolicyDraft) -> Result<Policy, Vec<Mistake>> {
    let mistake = |issue: &Issue| (issue.place().to_string(), issue.kind().code(), in_source(issue).to_string());
    draft.validate().map_err(|issues| issues.iter().map(mistake).collect())
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
    let rows = rows(false);
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
fn a_right_policy_in_source_is_the_same_as_in_data() {
    let rows = rows(true);
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
        let policy = checked(&from_json(keys)).expect("it is right");
        assert_eq!(format!("{policy:?}"), in_source, "{keys:?}");
    }
}
