//! Texts for mistakes of form: keys, and the types of their values.

use super::correction::correction;
use super::form::{form, item_form, one_of};
use super::syntax::not_a_literal;
use super::{APP, Literal, Message, code, entry, in_backticks, origins_of_app, parts, value};
use crate::policy::Dangers;
use crate::spelling::nearest;
use crate::{Key, OnDenied, Place};

pub(super) fn allows_nothing(name: &str) -> Message {
    let danger = entry(&Key::DangerouslyAllow, Literal::list([name.to_owned()]));
    Message::new(
        parts!["the policy does not need ", danger],
        parts!["remove it"],
        parts!["left standing, it would let a dangerous origin in later without a word"],
    )
}

pub(super) fn missing(place: &Place) -> Message {
    let key = place.key();
    Message::new(
        parts!["the ", owner(place), " has no ", key],
        parts!["say who may read, as ", entry(key, Literal::list([APP]))],
        parts!["without them no page of another origin could read anything"],
    )
}

pub(super) fn empty_list(key: &Key) -> Message {
    let summary = parts!["the list of ", key, " is empty"];
    let nobody_reads = "with none, browsers would show no page of another origin anything";
    match key {
        Key::Origins => Message::new(
            summary,
            parts![
                "write at least one origin, as ",
                value(APP),
                "; for nobody write ",
                entry(&Key::Origins, Literal::bare("none")),
            ],
            parts![nobody_reads],
        ),
        Key::Rules => Message::new(
            summary,
            parts!["write at least one rule, as { ", origins_of_app(), " }"],
            parts![nobody_reads],
        ),
        _ => {
            let mut help = parts!["remove ", key, ", or write "];
            help.extend(item_form(key));
            Message::without_note(summary, help)
        }
    }
}

pub(super) fn wrong_type(place: &Place, found: &str) -> Message {
    let key = place.key();
    let correction = correction(place, found);
    if correction.is_none() && *key == Key::Origins && is_a_name_of_a_value(found) {
        return not_a_literal(place, found);
    }
    let mut summary = parts![code(found.to_owned()), " is not "];
    summary.extend(match place.item() {
        Some(_) => parts!["an item of ", key],
        None if place.is_whole() => parts!["a policy"],
        None => parts!["a value of ", key],
    });
    let mut help = parts!["write "];
    help.extend(correction.unwrap_or_else(|| match place.item() {
        Some(_) => item_form(key),
        None => form(key),
    }));
    Message::without_note(summary, help)
}

/// Whether the text is the name of a variable or function. A policy cannot have its value.
fn is_a_name_of_a_value(found: &str) -> bool {
    let is_word = found.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_value_of_a_file = matches!(found, "true" | "false" | "null" | "inf" | "nan" | "NaN");
    is_word && !is_value_of_a_file && !found.starts_with(|first: char| first.is_ascii_digit())
}

pub(super) fn unknown_key(name: &str, suggestion: Option<&Key>) -> Message {
    let mut summary = parts!["a policy has no key "];
    summary.extend(in_backticks(&name.escape_debug().to_string()));
    let help = match suggestion {
        Some(key) => parts!["did you mean ", key, "?"],
        None => parts!["the keys are ", code(Key::ALL.iter().map(Key::name).collect::<Vec<_>>().join(", "))],
    };
    Message::without_note(summary, help)
}

pub(super) fn unknown_value(key: &Key, value: &str) -> Message {
    let mut summary = parts![key, " does not know "];
    summary.extend(in_backticks(&value.escape_debug().to_string()));
    let values = match key {
        Key::OnDenied => OnDenied::NAMES,
        _ => Dangers::NAMES,
    };
    let help = match nearest(value, &values) {
        Some(name) => parts!["did you mean ", Literal::bare(name), "?"],
        None => [parts!["write "], one_of(&values)].concat(),
    };
    Message::without_note(summary, help)
}

pub(super) fn duplicate_key(place: &Place) -> Message {
    Message::without_note(
        parts![place.key(), " stands in the ", owner(place), " twice"],
        parts!["put both into one, or remove one of the two"],
    )
}

/// Returns what has the key.
const fn owner(place: &Place) -> &'static str {
    match place.rule() {
        Some(_) => "rule",
        None => "policy",
    }
}
