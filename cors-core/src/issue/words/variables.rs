//! Words for values that stand in environment variables.

use super::Words;
use crate::issue::{Place, Syntax};
use crate::{IssueKind, Key};

/// The words for a mistake whose author looks into a variable, not into a list.
pub(crate) fn in_variable(variable: &str, words: Words) -> Words {
    Words {
        summary: format!("{} (from the environment variable {variable})", words.summary),
        help: format!("in the variable, {}", words.help),
        ..words
    }
}

/// The words for a mistake in a policy of which every key is a variable: whoever corrects it edits lines such as
/// `CORS_ORIGINS=https://a.example,https://b.example`.
pub(crate) fn in_variables(prefix: &str, place: &Place, kind: &IssueKind, words: Words) -> Words {
    let of = |key: &Key| variable(prefix, key);
    let own = place.as_misspelt().map_or_else(|| of(place.key()), |name| format!("{prefix}{name}"));
    match kind {
        IssueKind::Missing => Words {
            summary: format!("the environment variable {own} is not set"),
            help: format!("set it to the origins that may read: {own}=https://app.example.com"),
            ..words
        },
        IssueKind::UnknownKey { .. } if *place.key() == Key::Rules => Words::without_note(
            format!("{own} is set, but variables cannot say several rules"),
            "remove it, and write a policy with rules into a file: TOML, JSON or YAML",
        ),
        IssueKind::UnknownKey { name, suggestion } => Words::without_note(
            format!("a policy has no variable {prefix}{name}"),
            match suggestion {
                Some(key) => format!("did you mean {}?", of(key)),
                None => {
                    let keys = Key::ALL.iter().filter(|key| **key != Key::Rules);
                    format!("the variables are {}", keys.map(of).collect::<Vec<_>>().join(", "))
                }
            },
        ),
        IssueKind::WrongType { found } => {
            let form = match place.key() {
                Key::Credentials => "true or false, without quotes",
                key if key.takes_list() => "values with a comma between two of them, without quotes or brackets",
                _ => "the value without quotes",
            };
            Words::without_note(format!("{own} cannot be {found}"), format!("write {form}"))
        }
        IssueKind::Syntax(Syntax::EmptyVariable { .. }) => {
            Words { help: "set it to a value, or leave it unset".to_owned(), ..words }
        }
        _ => {
            let summary = as_variables(prefix, &words.summary);
            Words {
                summary: if summary.contains(&own) { summary } else { format!("{own}: {summary}") },
                // Quotes in a variable would be a part of its value.
                help: as_variables(prefix, &words.help).replace('"', ""),
                note: words.note.map(|note| as_variables(prefix, &note)),
            }
        }
    }
}

/// The name of the variable of a key.
fn variable(prefix: &str, key: &Key) -> String {
    format!("{prefix}{}", key.name().to_ascii_uppercase())
}

/// `origins: ["https://a.example"]` and `` `origins` `` in words about a policy, said of its variables.
fn as_variables(prefix: &str, words: &str) -> String {
    Key::ALL.iter().fold(words.to_owned(), |words, key| {
        let variable = variable(prefix, key);
        let words = words.replace(&format!("`{}`", key.name()), &variable);
        let colon = format!("{}: ", key.name());
        let mut parts = words.split(&colon);
        let before = parts.next().unwrap_or_default().to_owned();
        parts.fold(before, |said, part| said + &variable + "=" + &bare(part))
    })
}

/// Text that begins with a value, now as a variable holds it: without the brackets of a list and its quotes.
fn bare(text: &str) -> String {
    let enclosed = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.split_once(close));
    match enclosed('[', ']').or_else(|| enclosed('"', '"')) {
        Some((value, rest)) => value.replace('"', "").replace(", ", ",") + rest,
        None => text.to_owned(),
    }
}
