//! Words for mistakes in the form of a policy: its keys, and what may stand at them.

use super::Words;
use crate::policy::Dangers;
use crate::spelling::nearest;
use crate::{Key, OnDenied, OriginPattern, Place};

pub(super) fn allows_nothing(name: &str) -> Words {
    Words::new(
        format!("the policy does not need dangerously_allow: [{name:?}]"),
        "remove it",
        "left standing, it would let a dangerous origin in later without a word",
    )
}

pub(super) fn missing(place: &Place) -> Words {
    let key = place.key().name();
    Words::new(
        format!("the {} has no `{key}`", owner(place)),
        format!("say who may read, as {key}: [\"https://app.example.com\"]"),
        "without them no page of another origin could read anything",
    )
}

pub(super) fn empty_list(key: &Key) -> Words {
    match key {
        Key::Origins => Words::new(
            "the list of `origins` is empty",
            "write at least one origin, as \"https://app.example.com\"",
            "with none, browsers would show no page of another origin anything",
        ),
        Key::Rules => Words::new(
            "the list of `rules` is empty",
            "write at least one rule, as { origins: [\"https://app.example.com\"] }",
            "with none, browsers would show no page of another origin anything",
        ),
        _ => {
            let name = key.name();
            Words::without_note(
                format!("the list of `{name}` is empty"),
                format!("remove `{name}`, or write {}", item_form(key)),
            )
        }
    }
}

/// What a value of the key looks like.
pub(super) fn form(key: &Key) -> &'static str {
    match key {
        Key::Origins => "a list: [\"https://app.example.com\"]",
        Key::Credentials => "true or false",
        Key::Methods => "a list: [\"GET\", \"PUT\"]",
        Key::AllowHeaders => "a list: [\"Content-Type\", \"Authorization\"]",
        Key::ExposeHeaders => "a list: [\"X-Request-Id\"]",
        Key::MaxAge => "a duration: 600, 600s, 10min, 2h or 1d",
        Key::OnDenied => "forward or reject",
        Key::DangerouslyAllow => "a list of insecure_origins or public_suffix_wildcards",
        Key::Rules => "a list of rules: [{ origins: [\"https://app.example.com\"] }]",
        Key::Unknown(_) => "keys and their values, as origins: [\"https://app.example.com\"]",
    }
}

pub(super) fn item_form(key: &Key) -> &'static str {
    match key {
        Key::Origins => "an origin in quotes: \"https://app.example.com\"",
        Key::Methods => "the name of a method: \"PUT\"",
        Key::AllowHeaders => "the name of a header in quotes: \"Authorization\"",
        Key::ExposeHeaders => "the name of a header in quotes: \"X-Request-Id\"",
        Key::Rules => "the keys of a rule in braces: { origins: [\"https://app.example.com\"] }",
        _ => "insecure_origins or public_suffix_wildcards",
    }
}

pub(super) fn wrong_type(place: &Place, found: &str) -> Words {
    let key = place.key();
    let what = match place.item() {
        Some(_) => format!("an item of `{}`", key.name()),
        None if place.is_whole() => "a policy".to_owned(),
        None => format!("a value of `{}`", key.name()),
    };
    let help = match (corrected(place, found), place.item()) {
        (Some(text), _) => text,
        (None, Some(_)) => item_form(key).to_owned(),
        (None, None) => form(key).to_owned(),
    };
    Words::without_note(format!("{found} is not {what}"), format!("write {help}"))
}

/// What was surely meant by a value of another type.
fn corrected(place: &Place, found: &str) -> Option<String> {
    let key = place.key();
    let is_name = found.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_environment = found.starts_with("env!") || found.starts_with("option_env!");
    let quoted = found.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match (key, quoted, place.item()) {
        (Key::Credentials, Some("true" | "false"), _) => quoted.map(|bare| format!("{bare} without quotes")),
        (Key::MaxAge, Some(bare), _) => crate::MaxAge::parse(bare).is_ok().then(|| format!("{bare} without quotes")),
        (Key::OnDenied, Some(bare), _) => OnDenied::from_name(bare).map(|_| format!("{bare} without quotes")),
        (Key::Credentials | Key::MaxAge | Key::OnDenied, ..) => None,
        (Key::Origins, Some(origin), None) => match OriginPattern::parse(origin) {
            Ok(_) => Some(format!("[{found}]")),
            Err(kind) => kind.suggestion().map(|origin| format!("[{origin:?}]")),
        },
        (Key::DangerouslyAllow, Some(bare), None) if is_danger(bare) => Some(format!("[{found}]")),
        (Key::DangerouslyAllow, None, None) if is_danger(found) => Some(format!("[{found:?}]")),
        (Key::Methods | Key::AllowHeaders | Key::ExposeHeaders, Some(names), None) => {
            let names: Vec<&str> = names.split(',').map(str::trim).collect();
            Some(format!("{names:?}"))
        }
        (Key::Methods, None, None) if is_name && !is_flag(found) => Some(format!("[{found:?}]")),
        (_, None, None) if is_environment => Some(format!("[{found}]")),
        (Key::AllowHeaders | Key::ExposeHeaders, None, Some(_)) if is_name && !is_flag(found) => {
            let begins_with_letter = found.starts_with(|first: char| first.is_ascii_alphabetic());
            begins_with_letter.then(|| format!("{found:?} in quotes"))
        }
        (Key::Rules, None, None) if found.starts_with('{') => Some(format!("[{found}]")),
        (Key::DangerouslyAllow | Key::Rules, ..) => None,
        _ if found == "*" => Some("\"*\" in quotes".to_owned()),
        _ => None,
    }
}

fn is_flag(found: &str) -> bool {
    matches!(found, "true" | "false")
}

fn is_danger(found: &str) -> bool {
    Dangers::NAMES.contains(&found)
}

pub(super) fn unknown_key(name: &str, suggestion: Option<&Key>) -> Words {
    let help = match suggestion {
        Some(key) => format!("did you mean `{}`?", key.name()),
        None => format!("the keys are {}", Key::ALL.each_ref().map(Key::name).join(", ")),
    };
    Words::without_note(format!("a policy has no key `{}`", name.escape_debug()), help)
}

pub(super) fn unknown_value(key: &Key, value: &str) -> Words {
    let values = match key {
        Key::OnDenied => OnDenied::NAMES,
        _ => Dangers::NAMES,
    };
    let help = match nearest(value, &values) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("write {}", values.join(" or ")),
    };
    Words::without_note(format!("`{}` does not know `{}`", key.name(), value.escape_debug()), help)
}

pub(super) fn key_twice(place: &Place) -> Words {
    Words::without_note(
        format!("`{}` stands in the {} twice", place.key().name(), owner(place)),
        "put both into one, or remove one of the two",
    )
}

/// Whose key it is.
const fn owner(place: &Place) -> &'static str {
    match place.rule() {
        Some(_) => "rule",
        None => "policy",
    }
}
