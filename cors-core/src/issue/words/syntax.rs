//! Texts for mistakes of form in source text.

use super::form::{form, item_form};
use super::{Literal, Message, Part, code, entry, in_backticks, origins_of_app, parts, user, value};
use crate::issue::SyntaxIssue;
use crate::{Key, Place};

pub(super) fn of(place: &Place, syntax: &SyntaxIssue) -> Message {
    let key = place.key();
    match syntax {
        SyntaxIssue::MissingComma => plain("a comma is missing before this", "write a comma between the two"),
        SyntaxIssue::NeedlessComma => plain("there is nothing before this comma", "remove the comma"),
        SyntaxIssue::Semicolon => plain("a semicolon stands where a comma belongs", "write a comma"),
        SyntaxIssue::NoValue => {
            let mut help = parts!["after ", code(format!("`{}:`", key.name())), " write "];
            help.extend(form(key));
            Message::without_note(parts![key, " has no value"], help)
        }
        SyntaxIssue::NoColon { found, value } => {
            let summary = match found {
                Some(found) => parts![code(found.clone()), " stands after ", key, " where a colon belongs"],
                None => parts!["a colon is missing between ", key, " and its value"],
            };
            Message::without_note(summary, parts!["write ", entry(key, Literal::bare(value.clone()))])
        }
        SyntaxIssue::QuotedKey => Message::without_note(
            parts!["the key ", key, " stands in quotes"],
            parts!["write ", code(key.name().to_owned()), " without quotes"],
        ),
        SyntaxIssue::NoKey { found } => Message::without_note(
            parts![code(found.clone()), " is not a key of a policy"],
            parts!["write a key, a colon and a value, as ", origins_of_app()],
        ),
        SyntaxIssue::NotALiteral { found } => not_a_literal(place, found),
        SyntaxIssue::NotCfg => plain("only #[cfg(..)] may stand here", "remove the attribute"),
        SyntaxIssue::DocComment => Message::without_note(
            parts!["a documentation comment documents nothing here"],
            parts!["write a plain comment: ", code("`//`")],
        ),
        SyntaxIssue::MisplacedAttribute => Message::without_note(
            parts!["an attribute stands before the value of ", key],
            parts!["write it before ", key, ", or in the list before an item"],
        ),
        SyntaxIssue::LoneAttribute => {
            plain("nothing follows this attribute", "remove it, or write after it what it is about")
        }
        SyntaxIssue::MalformedCfg { found } => Message::without_note(
            match found.as_str() {
                "" => parts!["a configuration predicate is missing"],
                found => parts![code(found.to_owned()), " is not a configuration predicate"],
            },
            parts!["write a name, name = \"value\", not(..), all(..) or any(..), as #[cfg(debug_assertions)]"],
        ),
        SyntaxIssue::TooManyOptions => Message::new(
            parts!["the policy depends on more than four configuration options"],
            parts!["make one policy for each kind of build, each under a #[cfg(..)] of its own"],
            parts![
                "every combination is checked, whichever is active; more than four options are more than anybody can \
                 review"
            ],
        ),
        SyntaxIssue::MalformedEnvironment { macro_name } => Message::without_note(
            parts![code(format!("{macro_name}!(..)")), " takes the name of one variable, in quotes"],
            parts!["write ", code(format!("{macro_name}!(\"NAME\")"))],
        ),
        SyntaxIssue::Unset { variable } => Message::without_note(
            of_variable(variable, " is not set while this is compiled"),
            parts![
                "set it, or write ",
                code(format!("option_env!({variable:?})")),
                " where the policy is right without it"
            ],
        ),
        SyntaxIssue::NotUnicode { variable } => Message::without_note(
            of_variable(variable, " holds bytes that are no text"),
            parts!["set it to plain text"],
        ),
        SyntaxIssue::EmptyVariable { variable } => Message::without_note(
            of_variable(variable, " is set to nothing"),
            parts!["set it to a value; for none write option_env! here and leave the variable unset"],
        ),
        SyntaxIssue::EmptyPart { variable } => Message::without_note(
            of_variable(variable, " has an empty part between its commas"),
            parts!["set it to values with one comma between two of them, and none at the end"],
        ),
        SyntaxIssue::WildcardInVariable { variable } => {
            let mut summary = of_variable(variable, " holds ");
            summary.push(user("*"));
            Message::new(
                summary,
                parts!["set it to the values that are meant, each written out"],
                parts!["what opens a policy to all must be visible where the policy is read"],
            )
        }
    }
}

fn plain(summary: &'static str, help: &'static str) -> Message {
    Message::without_note(parts![summary], parts![help])
}

fn of_variable(name: &str, what: &'static str) -> Vec<Part> {
    parts!["the environment variable ", code(name.to_owned()), what]
}

/// Returns the message for a value that only a running program has.
pub(super) fn not_a_literal(place: &Place, found: &str) -> Message {
    let key = place.key();
    let mut summary = parts!["a policy cannot read "];
    summary.extend(in_backticks(found));
    let mut help = parts!["write "];
    help.extend(literal_in(key, found).map(|part| vec![part]).unwrap_or_else(|| match place.item() {
        Some(_) => item_form(key),
        None => form(key),
    }));
    if key.takes_list() {
        let variable = if place.item().is_some() { "env!(\"NAME\")" } else { "[env!(\"NAME\")]" };
        help.extend(parts!["; for what an environment variable holds while this is compiled, ", code(variable)]);
    }
    Message::new(
        summary,
        help,
        parts![
            "a macro sees the words of its source, not the values of constants and functions; a policy of such values \
             is a PolicyDraft, as in the example `run_time`"
        ],
    )
}

/// Returns the literal in an expression, or the value of a well-known constant.
fn literal_in(key: &Key, found: &str) -> Option<Part> {
    if let Some(list) = found.find("[\"").map(|start| &found[start..])
        && list.ends_with(']')
    {
        return Some(code(list.to_owned()));
    }
    if let Some((text, _)) = found.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        return Some(value(text.to_owned()));
    }
    let (path, name) = found.rsplit_once("::").unwrap_or(("", found));
    let is_constant = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    match key {
        Key::Methods if is_constant && !path.is_empty() => Some(code(name.replace('_', "-"))),
        Key::AllowHeaders | Key::ExposeHeaders if is_constant && (!path.is_empty() || is_header(name)) => {
            let word = |word: &str| format!("{}{}", &word[..1], word[1..].to_ascii_lowercase());
            let words: Vec<String> = name.split('_').filter(|part| !part.is_empty()).map(word).collect();
            Some(value(words.join("-")))
        }
        _ => None,
    }
}

/// Whether a name is probably a constant of the crate `http`, imported by its last segment.
fn is_header(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "ACCEPT",
        "ACCEPT_LANGUAGE",
        "AUTHORIZATION",
        "CACHE_CONTROL",
        "ETAG",
        "IF_MATCH",
        "IF_NONE_MATCH",
        "LINK",
        "LOCATION",
        "RANGE",
        "RETRY_AFTER",
        "WWW_AUTHENTICATE",
    ];
    name.starts_with("CONTENT_") || NAMES.contains(&name)
}
