//! Draft to data.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use crate::Key;
use crate::draft::{Entry, List, Listed, PolicyDraft};

/// Writes the keys that were given, so that reading gives the same draft. A [`Policy`](crate::Policy) is written by its
/// [`to_draft`](crate::Policy::to_draft).
///
/// That a source is asked for other origins is said by the program, and not written. `origins` of which none is set in this build
/// are written as an empty list.
///
/// # Errors
///
/// A draft that was read with mistakes of type or key does not hold what stood there, and without it would be another policy.
///
/// ```
/// use cors_core::PolicyDraft;
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
        if !self.found.is_empty() {
            return Err(unheld());
        }
        let mut map = serializer.serialize_map(None)?;
        list(&mut map, &Key::Origins, &self.origins)?;
        value(&mut map, &Key::Credentials, &self.credentials)?;
        list(&mut map, &Key::Methods, &self.methods)?;
        list(&mut map, &Key::AllowHeaders, &self.allow_headers)?;
        list(&mut map, &Key::ExposeHeaders, &self.expose_headers)?;
        match self.max_age.given().and_then(|text| seconds(text)) {
            Some(seconds) => map.serialize_entry(Key::MaxAge.name(), &seconds)?,
            None => value(&mut map, &Key::MaxAge, &self.max_age)?,
        }
        value(&mut map, &Key::OnDenied, &self.on_denied)?;
        list(&mut map, &Key::DangerouslyAllow, &self.dangerously_allow)?;
        value(&mut map, &Key::Rules, &self.rules)?;
        map.end()
    }
}

fn value<M: SerializeMap, T: Serialize>(map: &mut M, key: &Key, entry: &Entry<T>) -> Result<(), M::Error> {
    match entry {
        Entry::Absent => Ok(()),
        Entry::Broken => Err(unheld()),
        Entry::Given(value) => map.serialize_entry(key.name(), value),
    }
}

fn list<M: SerializeMap>(map: &mut M, key: &Key, entry: &Entry<List>) -> Result<(), M::Error> {
    let items = match entry {
        Entry::Given(List(Listed::One(text))) => return map.serialize_entry(key.name(), text),
        Entry::Given(List(Listed::Items(items))) => items.iter().map(Option::as_deref).collect(),
        Entry::Given(List(Listed::Unset)) if *key == Key::Origins => Some(Vec::new()),
        Entry::Given(List(Listed::Unset)) | Entry::Absent => return Ok(()),
        Entry::Broken => None,
    };
    match items {
        Some(items) => map.serialize_entry(key.name(), &items),
        None => Err(unheld()),
    }
}

/// The number that stood in the file, if the text is one.
fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().filter(|seconds: &i64| seconds.to_string() == text)
}

fn unheld<E: Error>() -> E {
    E::custom("a draft that was read with mistakes does not hold what stood there")
}
