//! Mistakes of a policy in TOML, each with its place in the text, and what to write there.

use std::ops::Range;

use cors_actix::{Issue, IssueKind, Issues, Policy, PolicyDraft};
use serde::Serialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A mistake for the editor.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Mistake {
    /// Such as `origins[1]`; empty for invalid TOML.
    place: String,
    summary: String,
    help: String,
    notes: Vec<String>,
    at: Option<At>,
    /// The text to write there, if the intention is clear.
    replacement: Option<String>,
}

/// The range of a mistake, in the units of a string in JavaScript.
#[derive(Debug, PartialEq, Serialize)]
struct At {
    line: usize,
    from: usize,
    to: usize,
}

/// Returns the policy of a text, or every mistake in it.
pub(crate) fn read(text: &str) -> Result<Policy, Vec<Mistake>> {
    let draft: PolicyDraft = toml::from_str(text).map_err(|error| vec![Mistake::no_toml(text, &error)])?;
    draft.validate().map_err(|issues| located(text, &issues))
}

fn located(text: &str, issues: &Issues) -> Vec<Mistake> {
    let table = DeTable::parse(text).map(Spanned::into_inner).unwrap_or_default();
    issues.iter().map(|issue| Mistake::of(text, &table, issue)).collect()
}

impl Mistake {
    fn of(text: &str, table: &DeTable<'_>, issue: &Issue) -> Self {
        let (place, message) = (issue.place().to_string(), issue.message());
        let is_key = matches!(issue.kind(), IssueKind::UnknownKey { .. });
        let span = find(table, &place, is_key);
        let replacement = issue.kind().suggestion().filter(|_| span.is_some());
        Self {
            at: span.map(|span| At::of(text, &span)),
            replacement: replacement.map(|to| if is_key { to } else { format!("{to:?}") }),
            summary: message.summary(),
            help: message.help(),
            notes: message.notes(),
            place,
        }
    }

    fn no_toml(text: &str, error: &toml::de::Error) -> Self {
        Self {
            place: String::new(),
            summary: format!("this is not TOML: {}", error.message()),
            help: "write a key, an equals sign and a value on each line, such as credentials = true".to_owned(),
            notes: Vec::new(),
            at: error.span().map(|span| At::of(text, &span)),
            replacement: None,
        }
    }
}

impl At {
    fn of(text: &str, span: &Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let within = text.get(span.clone()).unwrap_or_default();
        let from = before.encode_utf16().count();
        Self { line: before.matches('\n').count() + 1, from, to: from + within.encode_utf16().count() }
    }
}

/// Returns the range of the value at a place such as `rules[1].origins[2]`, or of its key.
fn find(table: &DeTable<'_>, place: &str, is_key: bool) -> Option<Range<usize>> {
    let (first, rest) = place.split_once('.').map_or((place, None), |(first, rest)| (first, Some(rest)));
    let (name, index) = match first.strip_suffix(']').and_then(|first| first.split_once('[')) {
        Some((name, index)) => (name, Some(index.parse::<usize>().ok()?)),
        None => (first, None),
    };
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    let item = match (index, value.get_ref()) {
        (Some(index), DeValue::Array(items)) => items.get(index)?,
        // A text instead of a list is its only item.
        _ => value,
    };
    match (rest, item.get_ref()) {
        (None, _) if is_key => Some(key.span()),
        (None, _) => Some(item.span()),
        (Some(rest), DeValue::Table(table)) => find(table, rest, is_key),
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text of each mistake, its replacement, and its line.
    fn edits(text: &str) -> Vec<(&str, Option<String>, usize)> {
        let edit = |mistake: Mistake| {
            let At { line, from, to } = mistake.at.expect("a place");
            (&text[from..to], mistake.replacement, line)
        };
        read(text).unwrap_err().into_iter().map(edit).collect()
    }

    #[test]
    fn each_mistake_has_its_place_and_its_replacement() {
        let text = "origins = [\n  \"https://a.example\",\n  \"https://B.example/\",\n]\ncredential = true\n\
                    methods = [\"put\"]\nmax_age = \"2d\"\n";
        assert_eq!(
            edits(text),
            [
                ("\"https://B.example/\"", Some("\"https://b.example\"".to_owned()), 3),
                ("\"put\"", Some("\"PUT\"".to_owned()), 6),
                ("\"2d\"", Some("\"1d\"".to_owned()), 7),
                ("credential", Some("credentials".to_owned()), 5),
            ]
        );
    }

    #[test]
    fn a_mistake_in_a_rule_has_its_place_in_the_rule() {
        let text =
            "[[rules]]\norigins = [\"https://a.example\"]\n[[rules]]\norigins = [\"https://b.example/\", \"null\"]\n";
        assert_eq!(
            edits(text),
            [("\"https://b.example/\"", Some("\"https://b.example\"".to_owned()), 4), ("\"null\"", None, 4)]
        );
    }

    #[test]
    fn invalid_toml_is_a_mistake_with_a_place() {
        let mistakes = read("# ü\norigins = [").unwrap_err();
        assert!(mistakes[0].summary.starts_with("this is not TOML: "), "{mistakes:?}");
        assert_eq!(mistakes[0].at.as_ref().map(|at| at.line), Some(2), "{mistakes:?}");
    }

    #[test]
    fn places_count_as_in_javascript_and_not_bytes() {
        let mistakes = read("# ü😀\norigins = [\"null\"]").unwrap_err();
        assert_eq!(mistakes[0].at, Some(At { line: 2, from: 17, to: 23 }));
    }

    #[test]
    fn a_missing_key_has_no_place() {
        let mistakes = read("credentials = true").unwrap_err();
        assert_eq!((mistakes.len(), mistakes[0].at.is_none()), (1, true), "{mistakes:?}");
    }
}
