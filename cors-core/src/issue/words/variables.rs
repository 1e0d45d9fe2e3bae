//! Texts for values in environment variables.

use super::{APP, Literal, Message, Part, Rendering, code, entry, parts};
use crate::issue::{Place, SyntaxIssue};
use crate::{IssueKind, Key};

/// Returns the message for a mistake in a variable that holds items of a list.
pub(crate) fn in_variable(variable: &str, mut message: Message) -> Message {
    message.summary.extend(parts![" (from the environment variable ", code(variable.to_owned()), ")"]);
    message.help.insert(0, "in the variable, ".into());
    message
}

/// Returns the message for a mistake in a policy with a variable for each key, such as
/// `CORS_ORIGINS=https://a.example,https://b.example`.
pub(crate) fn in_variables(prefix: &str, place: &Place, kind: &IssueKind) -> Message {
    let mut message = of_variables(prefix, place, kind).unwrap_or_else(|| {
        let mut message = super::of(place, kind);
        let own = variable_of(prefix, place);
        if !message.summary.iter().any(|part| names(part, prefix, &own)) {
            message.summary.splice(0..0, parts![code(own), ": "]);
        }
        message
    });
    message.rendering = Rendering::Variables { prefix: prefix.to_owned() };
    message
}

/// Returns the name of the variable for a place.
pub(crate) fn variable_of(prefix: &str, place: &Place) -> String {
    match place.as_misspelt() {
        Some(name) => format!("{prefix}{name}"),
        None => Rendering::variable(prefix, place.key()),
    }
}

/// Whether a part shows the name of a variable.
fn names(part: &Part, prefix: &str, variable: &str) -> bool {
    match part {
        Part::Key(key) | Part::Entry { key, .. } => Rendering::variable(prefix, key) == variable,
        Part::Code(name) => name == variable,
        _ => false,
    }
}

/// Returns the message for a kind whose text is different for variables.
fn of_variables(prefix: &str, place: &Place, kind: &IssueKind) -> Option<Message> {
    let own = || code(variable_of(prefix, place));
    let key = place.key();
    Some(match kind {
        IssueKind::Missing => Message {
            summary: parts!["the environment variable ", own(), " is not set"],
            help: who_may_read(key),
            ..super::of(place, kind)
        },
        IssueKind::UnknownKey { .. } if *key == Key::Rules => Message::without_note(
            parts![own(), " is set, but variables cannot say several rules"],
            parts!["remove it, and write a policy with rules into a file: TOML, JSON or YAML"],
        ),
        IssueKind::UnknownKey { name, suggestion } => Message::without_note(
            parts!["a policy has no variable ", code(format!("{prefix}{name}"))],
            match suggestion {
                Some(key) => parts!["did you mean ", key, "?"],
                None => {
                    let keys = Key::ALL.iter().filter(|key| **key != Key::Rules);
                    let names: Vec<_> = keys.map(|key| Rendering::variable(prefix, key)).collect();
                    parts!["the variables are ", code(names.join(", "))]
                }
            },
        ),
        IssueKind::WrongType { found } => {
            let form = match key {
                Key::Credentials => "true or false, without quotes",
                key if key.takes_list() => "values with a comma between two of them, without quotes or brackets",
                _ => "the value without quotes",
            };
            Message::without_note(parts![own(), " cannot be ", code(found.clone())], parts!["write ", form])
        }
        IssueKind::Syntax(SyntaxIssue::EmptyVariable { .. }) => Message {
            help: match key {
                Key::Origins => who_may_read(key),
                _ => parts!["set it to a value, or leave it unset"],
            },
            ..super::of(place, kind)
        },
        _ => return None,
    })
}

fn who_may_read(key: &Key) -> Vec<Part> {
    parts![
        "set it to the origins that may read: ",
        entry(key, Literal::list([APP])),
        "; or, for nobody, ",
        entry(key, Literal::bare("none")),
    ]
}
