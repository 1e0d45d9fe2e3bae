//! The accepted values of each key, for help.

use super::{APP, Literal, Part, code, origins_of_app, parts, value};
use crate::Key;

/// Returns the form of a value of the key.
pub(super) fn form(key: &Key) -> Vec<Part> {
    match key {
        Key::Origins => parts!["a list: ", Literal::list([APP])],
        Key::Credentials => parts!["true or false"],
        Key::Methods => parts!["a list: ", Literal::list(["GET", "PUT"])],
        Key::AllowHeaders => parts!["a list: ", Literal::list(["Content-Type", "Authorization"])],
        Key::ExposeHeaders => parts!["a list: ", Literal::list(["X-Request-Id"])],
        Key::MaxAge => parts!["a duration: 600, 600s, 10min, 2h or 1d"],
        Key::OnDenied => parts!["forward or reject"],
        Key::DangerouslyAllow => parts!["a list of insecure_origins or public_suffix_wildcards"],
        Key::Rules => parts!["a list of rules: ", code(format!("[{{ origins: [{APP:?}] }}]"))],
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
        Key::Rules => parts!["the keys of a rule in braces: ", code(format!("{{ origins: [{APP:?}] }}"))],
        _ => parts!["insecure_origins or public_suffix_wildcards"],
    }
}
