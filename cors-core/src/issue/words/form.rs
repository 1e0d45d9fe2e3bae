//! The accepted values of each key, for help.

use super::{APP, Literal, Part, origins_of_app, parts, value};
use crate::policy::Dangers;
use crate::{Key, OnDenied};

/// Returns the form of a value of the key.
pub(super) fn form(key: &Key) -> Vec<Part> {
    match key {
        Key::Origins => parts!["a list: ", Literal::list([APP])],
        Key::Credentials => parts!["true or false"],
        Key::Methods => parts!["a list: ", Literal::list(["GET", "PUT"])],
        Key::AllowHeaders => parts!["a list: ", Literal::list(["Content-Type", "Authorization"])],
        Key::ExposeHeaders => parts!["a list: ", Literal::list(["X-Request-Id"])],
        Key::MaxAge => [parts!["a duration: "], one_of(&DURATIONS)].concat(),
        Key::OnDenied => one_of(&OnDenied::NAMES),
        Key::DangerouslyAllow => [parts!["a list of "], one_of(&Dangers::NAMES)].concat(),
        Key::Rules => parts!["a list of rules: [{ ", origins_of_app(), " }]"],
        Key::Unknown(_) => parts!["keys and their values, as ", origins_of_app()],
    }
}

/// Returns the form of an item in the list of the key.
pub(super) fn item_form(key: &Key) -> Vec<Part> {
    match key {
        Key::Origins => parts!["an origin in quotes: ", value(APP)],
        Key::Methods => parts!["the name of a method: ", value("PUT")],
        Key::AllowHeaders => parts!["the name of a header in quotes: ", value("Authorization")],
        Key::ExposeHeaders => parts!["the name of a header in quotes: ", value("X-Request-Id")],
        Key::Rules => parts!["the keys of a rule in braces: { ", origins_of_app(), " }"],
        _ => one_of(&Dangers::NAMES),
    }
}

/// Examples of durations.
pub(super) const DURATIONS: [&str; 5] = ["600", "600s", "10min", "2h", "1d"];

/// Returns words or numbers with commas and an "or" between them.
pub(super) fn one_of(values: &[&'static str]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (index, value) in values.iter().enumerate() {
        match values.len() - index {
            _ if index == 0 => {}
            1 => parts.push(" or ".into()),
            _ => parts.push(", ".into()),
        }
        parts.push(Literal::bare(*value).into());
    }
    parts
}
