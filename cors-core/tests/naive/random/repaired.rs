//! Policies without mistakes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::naive::mistakes::Mistake;

/// The policy without what is mistaken in it.
pub(crate) fn repaired(mut written: Value, mistakes: &BTreeSet<Mistake>) -> Value {
    // The last items first, so that the numbers of the others stay.
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
