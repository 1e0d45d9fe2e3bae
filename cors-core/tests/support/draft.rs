//! The keys of a table's row as a program would write them, with the methods of a draft.

use cors_core::{Key, List, PolicyDraft};
use serde_json::{Map, Value};

/// The draft with these keys. None where a value has a type that no method takes, or no method has the name: the compiler would
/// say so.
pub fn built(keys: &Map<String, Value>) -> Option<PolicyDraft> {
    keys.iter().try_fold(PolicyDraft::new(), |draft, (name, value)| {
        Some(match Key::from_name(name).ok()? {
            Key::Origins => draft.origins(list(value)?),
            Key::Credentials => draft.credentials(value.as_bool()?),
            Key::Methods => draft.methods(list(value)?),
            Key::AllowHeaders => draft.allow_headers(list(value)?),
            Key::ExposeHeaders => draft.expose_headers(list(value)?),
            Key::MaxAge => match value {
                Value::Number(number) => draft.max_age(number.to_string()),
                value => draft.max_age(value.as_str()?),
            },
            Key::OnDenied => draft.on_denied(value.as_str()?),
            Key::DangerouslyAllow => draft.dangerously_allow(list(value)?),
            Key::Rules => {
                let rules = value.as_array()?.iter().map(|rule| built(rule.as_object()?));
                draft.rules(rules.collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        })
    })
}

fn list(value: &Value) -> Option<List> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Array(items) => Some(items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.into()),
        _ => None,
    }
}
