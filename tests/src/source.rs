//! The keys of a table's row as one would write them in `cors_policy!`.

use std::collections::BTreeMap;

use cors_core::Key;
use serde_json::{Map, Value};

/// A policy in source, each key and each item on a line of its own, so that a line tells the place in the policy.
#[derive(Default)]
pub struct Source {
    /// The lines.
    pub text: String,
    lines: BTreeMap<String, usize>,
}

impl Source {
    /// The keys in the order of the language, unknown ones at the end.
    pub fn of(keys: &Map<String, Value>) -> Self {
        let mut source = Self::default();
        source.keys(keys, "");
        source
    }

    /// The line of a place, from 0; where nothing stands at the place, the first of the rule or policy in which it would.
    pub fn line_of(&self, place: &str) -> usize {
        let rule = || self.lines.get(place.rsplit_once('.')?.0);
        self.lines.get(place).or_else(rule).copied().unwrap_or_default()
    }

    fn keys(&mut self, keys: &Map<String, Value>, within: &str) {
        let order = |name: &str| Key::ALL.iter().position(|key| key.name() == name).unwrap_or(usize::MAX);
        let mut entries: Vec<_> = keys.iter().collect();
        entries.sort_by_key(|(name, _)| order(name));
        for (name, value) in entries {
            let place = format!("{within}{name}");
            self.mark(&place);
            // What the value is written for: the key itself, or the one that a misspelling means.
            let key = Key::from_name(name).or_else(|error| error.suggestion().cloned().ok_or(()));
            let is_list = key.as_ref().is_ok_and(|key| key.takes_list() || *key == Key::Rules);
            match value {
                Value::Array(items) if items.is_empty() || !is_list => {
                    self.line(&format!("{name}: {},", written(value)));
                }
                Value::Array(items) => {
                    self.line(&format!("{name}: ["));
                    for (index, item) in items.iter().enumerate() {
                        self.item(item, &format!("{place}[{index}]"));
                    }
                    self.line("],");
                }
                Value::String(word) if matches!(key, Ok(Key::MaxAge | Key::OnDenied)) => {
                    self.line(&format!("{name}: {word},"));
                }
                Value::String(word) if key == Ok(Key::Origins) && word == "none" => {
                    self.line(&format!("{name}: none,"));
                }
                value => self.line(&format!("{name}: {},", written(value))),
            }
        }
    }

    fn item(&mut self, item: &Value, place: &str) {
        self.mark(place);
        match item {
            Value::Object(keys) if place.starts_with("rule") => {
                self.line("{");
                self.keys(keys, &format!("{place}."));
                self.line("},");
            }
            item => self.line(&format!("{},", written(item))),
        }
    }

    fn mark(&mut self, place: &str) {
        self.lines.insert(place.to_owned(), self.text.lines().count());
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A value on one line.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Object(keys) => {
            let keys: Vec<String> = keys.iter().map(|(name, value)| format!("{name}: {}", written(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        other => other.to_string(),
    }
}
