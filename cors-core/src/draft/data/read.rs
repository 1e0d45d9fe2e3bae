//! Data to draft.

use super::tree::Data;
use crate::draft::filling::{Filling, Read, Value};
use crate::{Issue, IssueKind, Key, List, Place, PolicyDraft};

/// What the keys are of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Policy,
    Rule,
}

/// The draft that the data says. What cannot be held is a mistake of it, never the end of reading.
pub(super) fn draft(data: &Data) -> PolicyDraft {
    match data {
        Data::Keys(entries) => filled(entries, Level::Policy),
        other => {
            let mut draft = unreadable();
            draft.report(Issue::new(Place::whole(), IssueKind::WrongType { found: other.to_string() }));
            draft
        }
    }
}

/// A policy or rule of which nothing is known, so that nothing is missed in it.
fn unreadable() -> PolicyDraft {
    PolicyDraft::new().__broken(&Key::Origins)
}

fn filled(entries: &[(Data, Data)], level: Level) -> PolicyDraft {
    let mut filling = Filling::default();
    for (name, data) in entries {
        let name = name.as_key();
        // With this key a JSON file names the schema that an editor checks it against.
        if name == "$schema" && level == Level::Policy {
            continue;
        }
        let found = match level {
            Level::Policy => Key::from_name(&name),
            Level::Rule => Key::__from_name_in_rule(&name),
        };
        filling.entry(&name, found, |key| match (key, level) {
            // There both are mistakes, whatever they say.
            (Key::Rules, Level::Rule) => Read::right(Value::Broken),
            (Key::OnDenied, Level::Rule) => Read::right(value(key, data).value),
            _ => value(key, data),
        });
    }
    filling.finish()
}

fn value(key: &Key, data: &Data) -> Read {
    match (key, data) {
        (Key::Credentials, Data::Flag(flag)) => Read::right(Value::Flag(*flag)),
        (Key::MaxAge, Data::Number(text) | Data::Text(text)) | (Key::OnDenied, Data::Text(text)) => {
            Read::right(Value::Text(text.clone()))
        }
        (Key::Rules, Data::Items(items)) => rules(items),
        (key, Data::Text(text)) if key.takes_list() => Read::right(Value::List(List::from(text.as_str()))),
        (key, Data::Items(items)) if key.takes_list() => list(key, items),
        (key, other) => Read::broken(key, wrong_type(other)),
    }
}

fn list(key: &Key, items: &[Data]) -> Read {
    let mut mistakes = Vec::new();
    let text = |(index, item): (usize, &Data)| match (key, item) {
        (_, Data::Text(text)) => Some(text.clone()),
        // Without quotes it is the origin all the same.
        (Key::Origins, Data::Nothing) => Some(item.to_string()),
        _ => {
            mistakes.push(Issue::new(Place::item_of(key.clone(), index), wrong_type(item)));
            None
        }
    };
    let items = items.iter().enumerate().map(text).collect();
    Read { value: Value::List(List::__items(items)), mistakes }
}

fn rules(items: &[Data]) -> Read {
    let mut mistakes = Vec::new();
    let rule = |(index, item): (usize, &Data)| match item {
        Data::Keys(entries) => filled(entries, Level::Rule),
        other => {
            mistakes.push(Issue::new(Place::item_of(Key::Rules, index), wrong_type(other)));
            unreadable()
        }
    };
    let rules = items.iter().enumerate().map(rule).collect();
    Read { value: Value::Rules(rules), mistakes }
}

fn wrong_type(data: &Data) -> IssueKind {
    IssueKind::WrongType { found: data.to_string() }
}
