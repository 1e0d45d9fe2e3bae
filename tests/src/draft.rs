//! Data to draft. Mistakes of type and key, which no draft can hold, come out beside it.

use cors_core::{Key, List, PolicyDraft};
use serde_json::{Map, Value};

/// The draft with these keys, and the places and codes of what a draft cannot hold.
pub fn draft(keys: &Map<String, Value>) -> (PolicyDraft, Vec<(String, String)>) {
    let mut mistakes = Vec::new();
    let mut draft = PolicyDraft::new();
    for (name, value) in keys {
        let key = match Key::from_name(name) {
            Ok(key) => key,
            Err(kind) => {
                mistakes.push((name.clone(), kind.code().to_owned()));
                continue;
            }
        };
        draft = match (&key, value) {
            (Key::Credentials, Value::Bool(flag)) => draft.credentials(*flag),
            (Key::MaxAge, Value::Number(seconds)) => draft.max_age(seconds.to_string()),
            (Key::MaxAge, Value::String(text)) => draft.max_age(text),
            (Key::OnDenied, Value::String(text)) => draft.on_denied(text),
            (Key::Rules, Value::Array(rules)) => draft.rules(rules.iter().enumerate().map(|(index, rule)| {
                let (rule, of_rule) = self::draft(rule.as_object().expect("the tables have objects here"));
                mistakes.extend(of_rule.into_iter().map(|(place, code)| (format!("rules[{index}].{place}"), code)));
                rule
            })),
            (Key::Credentials | Key::MaxAge | Key::OnDenied | Key::Rules, _) => wrong_type(draft, &key, &mut mistakes),
            (_, Value::String(text)) => draft.__list(&key, text.as_str().into()),
            (_, Value::Array(items)) => {
                let text = |(index, item): (usize, &Value)| match item {
                    Value::String(text) => Some(text.clone()),
                    _ => {
                        mistakes.push((format!("{name}[{index}]"), "wrong-type".to_owned()));
                        None
                    }
                };
                let items = items.iter().enumerate().map(text).collect();
                draft.__list(&key, List::__items(items))
            }
            _ => wrong_type(draft, &key, &mut mistakes),
        };
    }
    (draft, mistakes)
}

fn wrong_type(draft: PolicyDraft, key: &Key, mistakes: &mut Vec<(String, String)>) -> PolicyDraft {
    mistakes.push((key.name().to_owned(), "wrong-type".to_owned()));
    draft.__broken(key)
}
