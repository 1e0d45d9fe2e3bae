//! The keys of a row, written with the methods of a draft.

use cors_core::{Key, List, MaxAgeValue, PolicyDraft, RuleDraft};
use serde_json::{Map, Value};

/// Returns the draft with these keys; `None` if no method has the name or takes a value of this type. The compiler
/// would refuse it.
pub fn built(keys: &Map<String, Value>) -> Option<PolicyDraft> {
    let (of_policy, of_rule): (Map<_, _>, Map<_, _>) =
        keys.clone().into_iter().partition(|(name, _)| matches!(name.as_str(), "on_denied" | "rules"));
    let draft = PolicyDraft::from(rule(&of_rule)?);
    of_policy.iter().try_fold(draft, |draft, (name, value)| {
        Some(match name.as_str() {
            "on_denied" => draft.on_denied(value.as_str()?),
            _ => {
                let rules = value.as_array()?.iter().map(|keys| rule(keys.as_object()?));
                draft.rules(rules.collect::<Option<Vec<_>>>()?)
            }
        })
    })
}

fn rule(keys: &Map<String, Value>) -> Option<RuleDraft> {
    keys.iter().try_fold(RuleDraft::new(), |draft, (name, value)| {
        Some(match Key::from_name(name).ok()? {
            Key::Origins => draft.origins(list(value)?),
            Key::Credentials => draft.credentials(value.as_bool()?),
            Key::Methods => draft.methods(list(value)?),
            Key::AllowHeaders => draft.allow_headers(list(value)?),
            Key::ExposeHeaders => draft.expose_headers(list(value)?),
            Key::MaxAge => draft.max_age(max_age(value)?),
            Key::DangerouslyAllow => draft.dangerously_allow(list(value)?),
            _ => return None,
        })
    })
}

fn max_age(value: &Value) -> Option<MaxAgeValue> {
    match value {
        Value::Number(number) => Some(number.as_i64()?.into()),
        value => Some(value.as_str()?.into()),
    }
}

fn list(value: &Value) -> Option<List> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Array(items) => Some(items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.into()),
        _ => None,
    }
}
