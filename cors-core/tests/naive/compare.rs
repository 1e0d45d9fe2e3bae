//! Differences between the library and the naive model.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::answer::answer;
use super::mistakes::{Mistake, mistakes};
use super::real::{self, Real, SUFFIXES};
use super::{Answer, Policy, Request};

/// Returns the mistakes of both in a policy, if they differ.
pub(crate) fn about_policy(written: &Value) -> Option<(BTreeSet<Mistake>, BTreeSet<Mistake>)> {
    let expected = blurred(written, mistakes(written, &SUFFIXES));
    let found = blurred(written, real::check(written).err().unwrap_or_default());
    (expected != found).then_some((expected, found))
}

/// A text with a wildcard and two mistakes may have either class. The tables have texts with one mistake.
fn blurred(written: &Value, mistakes: BTreeSet<Mistake>) -> BTreeSet<Mistake> {
    let blur = |(place, class): Mistake| {
        let pointer = format!("/{}", place.replace(['.', '['], "/").replace(']', ""));
        let text = written.pointer(&pointer).and_then(Value::as_str).unwrap_or_default();
        let is_wild = place.contains("origins[") && text.contains('*') && text != "*";
        (place, if is_wild && class == "wildcard-elsewhere" { "unserialisable-origin" } else { class })
    };
    mistakes.into_iter().map(blur).collect()
}

/// Returns both answers, if they differ.
pub(crate) fn about_request(real: &Real, policy: &Policy, request: &Request) -> Option<(Answer, Answer)> {
    let (expected, found) = (answer(policy, request), real.answer(request));
    (expected != found).then_some((expected, found))
}

/// Returns the policy without its mistakes.
pub(crate) fn repaired(mut written: Value, mistakes: &BTreeSet<Mistake>) -> Value {
    // The last items first, so that the indices of the others stay.
    for (place, _) in mistakes.iter().rev() {
        let (rule, place) = match place.strip_prefix("rules[") {
            Some(rest) => {
                let (index, place) = rest.split_once("].").expect("a place in a rule");
                (&mut written["rules"][index.parse::<usize>().expect("a number")], place)
            }
            None => (&mut written, place.as_str()),
        };
        let (key, index) = match place.split_once('[') {
            Some((key, index)) => (key, index.trim_end_matches(']').parse::<usize>().ok()),
            None => (place, None),
        };
        match (index, rule[key].as_array_mut()) {
            (Some(index), Some(list)) if list.len() > 1 && index < list.len() => drop(list.remove(index)),
            _ if key == "origins" => rule[key] = json!(["https://app.example.com"]),
            _ => drop(rule.as_object_mut().expect("a rule is an object").remove(key)),
        }
    }
    written
}
