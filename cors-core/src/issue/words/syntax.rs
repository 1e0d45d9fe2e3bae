//! Words for mistakes that only source text can have.

use super::Words;
use super::grammar::{form, item_form};
use crate::issue::Syntax;
use crate::{Key, Place};

pub(super) fn of(place: &Place, syntax: &Syntax) -> Words {
    let key = place.key();
    match syntax {
        Syntax::MissingComma => Words::without_note("a comma is missing before this", "write a comma between the two"),
        Syntax::NeedlessComma => Words::without_note("there is nothing before this comma", "remove the comma"),
        Syntax::Semicolon => Words::without_note("a semicolon stands where a comma belongs", "write a comma"),
        Syntax::NoValue => Words::without_note(
            format!("`{}` has no value", key.name()),
            format!("after `{}:` write {}", key.name(), form(key)),
        ),
        Syntax::NoColon { found, value } => {
            let name = key.name();
            let summary = match found {
                Some(found) => format!("{found} stands after `{name}` where a colon belongs"),
                None => format!("a colon is missing between `{name}` and its value"),
            };
            Words::without_note(summary, format!("write {name}: {value}"))
        }
        Syntax::QuotedKey => Words::without_note(
            format!("the key `{}` stands in quotes", key.name()),
            format!("write {} without quotes", key.name()),
        ),
        Syntax::NoKey { found } => Words::without_note(
            format!("{found} is not a key of a policy"),
            "write a key, a colon and a value, as origins: [\"https://app.example.com\"]",
        ),
        Syntax::NotALiteral { found } => not_a_literal(place, found),
        Syntax::NotCfg => Words::without_note("only #[cfg(..)] may stand here", "remove the attribute"),
        Syntax::DocComment => {
            Words::without_note("a documentation comment documents nothing here", "write a plain comment: `//`")
        }
        Syntax::MisplacedAttribute => Words::without_note(
            format!("an attribute stands before the value of `{}`", key.name()),
            format!("write it before `{}`, or in the list before an item", key.name()),
        ),
        Syntax::LoneAttribute => {
            Words::without_note("nothing follows this attribute", "remove it, or write after it what it is about")
        }
        Syntax::MalformedCfg { found } => Words::without_note(
            match found.as_str() {
                "" => "a configuration predicate is missing".to_owned(),
                found => format!("{found} is not a configuration predicate"),
            },
            "write a name, name = \"value\", not(..), all(..) or any(..), as #[cfg(debug_assertions)]",
        ),
        Syntax::TooManyAtoms => Words::new(
            "the policy depends on more than four configuration options",
            "make one policy for each kind of build, each under a #[cfg(..)] of its own",
            "every combination is checked, whichever is active; more than four options are more than anybody can review",
        ),
        Syntax::MalformedEnvironment { macro_name } => Words::without_note(
            format!("{macro_name}!(..) takes the name of one variable, in quotes"),
            format!("write {macro_name}!(\"NAME\")"),
        ),
        Syntax::Unset { variable } => Words::without_note(
            format!("the environment variable {variable} is not set while this is compiled"),
            format!("set it, or write option_env!({variable:?}) where the policy is right without it"),
        ),
        Syntax::NotUnicode { variable } => Words::without_note(
            format!("the environment variable {variable} holds bytes that are no text"),
            "set it to plain text",
        ),
        Syntax::EmptyVariable { variable } => Words::without_note(
            format!("the environment variable {variable} is set to nothing"),
            "set it to a value; for none write option_env! here and leave the variable unset",
        ),
        Syntax::EmptyPart { variable } => Words::without_note(
            format!("the environment variable {variable} has an empty part between its commas"),
            "set it to values with one comma between two of them, and none at the end",
        ),
        Syntax::WildcardInVariable { variable } => Words::new(
            format!("the environment variable {variable} holds \"*\""),
            "set it to the values that are meant, each written out",
            "what opens a policy to all must be visible where the policy is read",
        ),
    }
}

fn not_a_literal(place: &Place, found: &str) -> Words {
    let key = place.key();
    let written_out = literal_in(key, found).unwrap_or_else(|| {
        match place.item() {
            Some(_) => item_form(key),
            None => form(key),
        }
        .to_owned()
    });
    let from_outside = match place.item() {
        _ if !key.takes_list() => "",
        Some(_) => "; for a value from outside the source, env!(\"NAME\")",
        None => "; for values from outside the source, [env!(\"NAME\")]",
    };
    Words::new(
        format!("a policy cannot read `{found}`"),
        format!("write {written_out}{from_outside}"),
        "a macro sees the words of its source, not the values of constants and functions; a policy of such \
         values is a PolicyDraft, as in the example `run_time`",
    )
}

/// The literal that an expression holds, or that a well-known constant stands for.
fn literal_in(key: &Key, found: &str) -> Option<String> {
    if let Some(list) = found.find("[\"").map(|start| &found[start..])
        && list.ends_with(']')
    {
        return Some(list.to_owned());
    }
    if let Some((text, _)) = found.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        return Some(format!("{text:?}"));
    }
    let (_, name) = found.rsplit_once("::")?;
    let is_constant = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    match key {
        Key::Methods if is_constant => Some(name.replace('_', "-")),
        Key::AllowHeaders | Key::ExposeHeaders if is_constant => {
            let word = |word: &str| format!("{}{}", &word[..1], word[1..].to_ascii_lowercase());
            let words: Vec<String> = name.split('_').filter(|part| !part.is_empty()).map(word).collect();
            Some(format!("{:?}", words.join("-")))
        }
        _ => None,
    }
}
