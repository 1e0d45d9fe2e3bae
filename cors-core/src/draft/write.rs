//! Writes a draft as data.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::PolicyDraft;
use crate::Key;
use crate::document::{Content, Field, FieldList, Fields, read};

/// Writes the keys that are set, so that reading returns an equal draft (feature `serde`). To write a
/// [`Policy`](crate::Policy), call [`to_draft`](crate::Policy::to_draft).
///
/// [`ask_for_other_origins`](PolicyDraft::ask_for_other_origins) is not written, because it belongs to the program.
/// `origins` whose items are all unset in this build are written as an empty list.
///
/// # Errors
///
/// Returns an error for a draft with wrong types or unknown keys: without them it would be another policy.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).max_age("600").validate()?;
/// assert_eq!(
///     serde_json::to_string(&policy.to_draft()).unwrap(),
///     r#"{"origins":["https://app.example.com"],"methods":["PUT"],"max_age":"10min"}"#,
/// );
/// # Ok::<(), cors_core::Issues>(())
/// ```
impl Serialize for PolicyDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match read(&self.document) {
            (fields, issues) if issues.is_empty() => Written(&fields).serialize(serializer),
            _ => Err(incomplete()),
        }
    }
}

/// The keys of a policy or of a rule.
struct Written<'f>(&'f Fields);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0;
        let mut map = serializer.serialize_map(None)?;
        list(&mut map, &Key::Origins, &fields.origins)?;
        value(&mut map, &Key::Credentials, &fields.credentials)?;
        list(&mut map, &Key::Methods, &fields.methods)?;
        list(&mut map, &Key::AllowHeaders, &fields.allow_headers)?;
        list(&mut map, &Key::ExposeHeaders, &fields.expose_headers)?;
        match fields.max_age.given().and_then(|text| seconds(text)) {
            Some(seconds) => map.serialize_entry(Key::MaxAge.name(), &seconds)?,
            None => value(&mut map, &Key::MaxAge, &fields.max_age)?,
        }
        value(&mut map, &Key::OnDenied, &fields.on_denied)?;
        list(&mut map, &Key::DangerouslyAllow, &fields.dangerously_allow)?;
        if let Some(rules) = fields.rules.given() {
            let rules: Vec<_> = rules.iter().map(Written).collect();
            map.serialize_entry(Key::Rules.name(), &rules)?;
        }
        map.end()
    }
}

fn value<M: SerializeMap, T: Serialize>(map: &mut M, key: &Key, field: &Field<T>) -> Result<(), M::Error> {
    match &field.content {
        Content::Absent => Ok(()),
        Content::Broken => Err(incomplete()),
        Content::Given(value) => map.serialize_entry(key.name(), value),
    }
}

fn list<M: SerializeMap>(map: &mut M, key: &Key, field: &Field<FieldList>) -> Result<(), M::Error> {
    match &field.content {
        Content::Absent => Ok(()),
        Content::Broken => Err(incomplete()),
        Content::Given(FieldList::Wildcard) => map.serialize_entry(key.name(), "*"),
        Content::Given(FieldList::NoOrigin) => map.serialize_entry(key.name(), "none"),
        Content::Given(FieldList::Items { items, .. }) => {
            let items: Option<Vec<&str>> = items.iter().map(|item| item.text.as_deref()).collect();
            map.serialize_entry(key.name(), &items.ok_or_else(incomplete)?)
        }
    }
}

/// Returns the number if the text is its canonical form.
fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().filter(|seconds: &i64| seconds.to_string() == text)
}

fn incomplete<E: Error>() -> E {
    E::custom("a draft that was read with mistakes does not hold what stood there")
}
