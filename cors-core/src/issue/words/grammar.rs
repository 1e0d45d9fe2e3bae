//! Words for mistakes in the form of a policy.

use super::Words;
use crate::issue::Syntax;
use crate::{Key, Place};

pub(super) fn allows_nothing(name: &str) -> Words {
    Words::new(
        format!("the policy does not need dangerously_allow: [{name}]"),
        "remove it",
        "left standing, it would let a dangerous origin in later without a word",
    )
}

pub(super) fn missing(key: &Key) -> Words {
    let key = key.name();
    Words::new(
        format!("the policy has no `{key}`"),
        format!("say who may read: {key}: [\"https://app.example.com\"], or {key}: \"*\" for answers that are public"),
        "without them no page of another origin could read anything",
    )
}

pub(super) fn empty_list(key: &Key) -> Words {
    let name = key.name();
    match key {
        Key::Origins => Words::new(
            "the list of `origins` is empty",
            "write at least one origin, as \"https://app.example.com\"",
            "with none the policy would match nobody",
        ),
        _ => {
            Words::without_note(format!("the list of `{name}` is empty"), format!("remove `{name}`, or write an item"))
        }
    }
}

/// What a value of the key looks like.
fn form(key: &Key) -> &'static str {
    match key {
        Key::Origins => "\"*\" or a list: [\"https://app.example.com\"]",
        Key::Credentials => "true or false",
        Key::Methods => "\"*\" or a list: [GET, PUT]",
        Key::AllowHeaders => "\"*\" or a list: [\"Content-Type\", \"Authorization\"]",
        Key::ExposeHeaders => "\"*\" or a list: [\"X-Request-Id\"]",
        Key::MaxAge => "a duration: 600, 600s, 10min, 2h or 1d",
        Key::DangerouslyAllow => "a list: [insecure_origins] or [public_suffix_wildcards]",
        Key::Unknown(_) => "a key of the policy",
    }
}

fn item_form(key: &Key) -> &'static str {
    match key {
        Key::Origins => "an origin in quotes: \"https://app.example.com\"",
        Key::Methods => "the name of a method: PUT or \"PUT\"",
        Key::AllowHeaders | Key::ExposeHeaders => "the name of a header in quotes: \"X-Request-Id\"",
        _ => "insecure_origins or public_suffix_wildcards",
    }
}

pub(super) fn wrong_type(place: &Place, found: &str) -> Words {
    let key = place.key();
    let (what, form) = match place.item() {
        Some(_) => (format!("an item of `{}`", key.name()), item_form(key)),
        None => (format!("a value of `{}`", key.name()), form(key)),
    };
    let help = match (key, found.strip_prefix('"'), place.item()) {
        // A single text where a list belongs, a quoted word where a bare one does: the fix is known.
        (Key::Origins | Key::Methods | Key::AllowHeaders | Key::ExposeHeaders, Some(_), None) => {
            format!("write [{found}]")
        }
        (Key::Credentials | Key::MaxAge, Some(quoted), None) => {
            let bare = quoted.trim_end_matches('"');
            if is_value(key, bare) { format!("write {bare} without quotes") } else { format!("write {form}") }
        }
        _ => format!("write {form}"),
    };
    Words::without_note(format!("{found} is not {what}"), help)
}

fn is_value(key: &Key, bare: &str) -> bool {
    match key {
        Key::MaxAge => crate::MaxAge::parse(bare).is_ok(),
        _ => matches!(bare, "true" | "false"),
    }
}

pub(super) fn unknown_key(name: &str, suggestion: Option<&Key>) -> Words {
    let help = match suggestion {
        Some(key) => format!("did you mean `{}`?", key.name()),
        None => format!("the keys are {}", Key::ALL.each_ref().map(Key::name).join(", ")),
    };
    Words::without_note(format!("a policy has no key `{name}`"), help)
}

pub(super) fn unknown_value(value: &str) -> Words {
    Words::without_note(
        format!("dangerously_allow does not know `{value}`"),
        "write insecure_origins or public_suffix_wildcards",
    )
}

pub(super) fn key_twice(key: &Key) -> Words {
    let name = key.name();
    Words::without_note(format!("`{name}` stands in the policy twice"), "put both into one, or remove one of the two")
}

pub(super) fn syntax(place: &Place, syntax: &Syntax) -> Words {
    let key = place.key();
    match syntax {
        Syntax::MissingComma => Words::without_note("a comma is missing before this", "write a comma between the two"),
        Syntax::NeedlessComma => Words::without_note("there is nothing before this comma", "remove the comma"),
        Syntax::NoValue => {
            let name = key.name();
            Words::without_note(format!("`{name}` has no value"), format!("write {name}: and {}", form(key)))
        }
        Syntax::NoKey { found } => Words::without_note(
            format!("{found} is not a key of a policy"),
            format!("write a key, a colon and a value, as origins: {}", "[\"https://app.example.com\"]"),
        ),
        Syntax::NotALiteral { found } => Words::new(
            format!("{found} cannot be read while the policy is compiled"),
            format!("{}; or for a value from outside the source: env!(\"NAME\")", literal_help(place)),
            "a macro sees the words of its source, not the values of constants or functions",
        ),
        Syntax::NotCfg => Words::without_note("only #[cfg(..)] may stand here", "remove the attribute or comment"),
        Syntax::MalformedCfg { found } => Words::without_note(
            format!("{found} is not a configuration predicate"),
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
        Syntax::EmptyPart { variable } => Words::without_note(
            format!("the environment variable {variable} has an empty part between its commas"),
            "set it to values with one comma between two of them",
        ),
        Syntax::WildcardInVariable { variable } => Words::new(
            format!("the environment variable {variable} holds \"*\""),
            format!("if everything is meant, write {}: \"*\" in the source", key.name()),
            "what opens a policy to all must be visible where the policy is read",
        ),
    }
}

fn literal_help(place: &Place) -> String {
    match place.item() {
        Some(_) => format!("write {}", item_form(place.key())),
        None => format!("write {}", form(place.key())),
    }
}
