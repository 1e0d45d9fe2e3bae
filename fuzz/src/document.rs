//! What a file or the environment holds: a policy or mistakes, the same through every door, and a policy is written as it was read.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cors_core::PolicyDraft;
use serde_json::Value;

use crate::naive::mistakes::mistakes;

/// The whole list of public suffixes, as the naive model reads it.
static SUFFIXES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tables = [
        include_str!("../../cors-core/src/suffixes/icann.txt"),
        include_str!("../../cors-core/src/suffixes/private.txt"),
    ];
    let rules = tables.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with("//"));
    let written = |rule: &str| {
        let (mark, rule) = rule.strip_prefix('!').map_or(("", rule), |rule| ("!", rule));
        format!("{mark}{}", rule.rsplit('.').collect::<Vec<_>>().join("."))
    };
    rules.map(written).collect()
});

/// The first byte says which door; the rest is a text.
pub fn check(data: &[u8]) {
    let Some((door, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    match door % 3 {
        0 => json(text),
        1 => toml(text),
        _ => variables(text),
    }
}

fn json(text: &str) {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return };
    let draft: PolicyDraft = serde_json::from_value(value.clone()).expect("no content is an error");
    let suffixes: Vec<&str> = SUFFIXES.iter().map(String::as_str).collect();
    let expected = mistakes(&value, &suffixes);
    assert_eq!(hold(&draft), expected.is_empty(), "{value}: {expected:?}");
}

fn toml(text: &str) {
    let (Ok(draft), Ok(value)) = (toml::from_str::<PolicyDraft>(text), toml::from_str::<toml::Value>(text)) else {
        assert!(toml::from_str::<toml::Table>(text).is_err(), "the format is right, and no draft came: {text:?}");
        return;
    };
    // A draft that is written says the same in both formats. A date and a number that JSON lacks are mistakes in both.
    let is_policy = hold(&draft);
    if let Ok(value) = serde_json::to_value(&value) {
        let other: PolicyDraft = serde_json::from_value(value).expect("no content is an error");
        assert_eq!(other.validate().is_ok(), is_policy, "{text:?}");
    }
}

/// Lines of `NAME=value`.
fn variables(text: &str) {
    let lines: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let variables = lines.iter().map(|(name, value)| (format!("CORS_{name}"), value));
    let is_policy = hold(&PolicyDraft::from_variables("CORS_", variables));
    let names: BTreeSet<&str> = lines.iter().map(|(name, _)| *name).collect();
    assert!(!is_policy || names.len() == lines.len(), "a key stands there twice: {text:?}");
}

/// A policy, or at least one mistake with words; a policy is written and read as the same.
fn hold(draft: &PolicyDraft) -> bool {
    match draft.validate() {
        Err(issues) => {
            assert!(issues.iter().next().is_some(), "refused without a word: {draft:?}");
            for issue in issues.iter() {
                let text = issue.to_string();
                assert!(!text.is_empty() && !text.contains(['\r', '\u{1b}', '\0']), "{text:?}");
            }
            false
        }
        Ok(policy) => {
            let text = serde_json::to_string(draft).expect("a draft without mistakes can be written");
            let again: PolicyDraft = serde_json::from_str(&text).expect("no content is an error");
            assert_eq!(again.validate().as_ref(), Ok(&policy));
            assert_eq!(policy.to_draft().validate().as_ref(), Ok(&policy));
            true
        }
    }
}
