//! The values of keys that take a list.

use crate::document::{Item, RawValue};

/// The value of a key that takes a list: `"*"`, `"none"` (for `origins` only), or items.
///
/// Converts from a text, and from an array, slice or vector of any type that is `AsRef<str>`, such as an
/// [`Origin`](crate::Origin), or a method or header name of an HTTP library. Any other iterator collects into a `List`:
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{List, PolicyDraft};
///
/// let everybody = PolicyDraft::new().origins("*").validate()?;
/// let names: Vec<String> = vec!["https://a.example".into(), "https://b.example".into()];
/// let two = PolicyDraft::new().origins(&names).validate()?;
/// let tenants = ["a", "b"].map(|name| format!("https://{name}.example.com"));
/// let collected = PolicyDraft::new().origins(tenants.iter().collect::<List>()).validate()?;
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug)]
pub struct List(pub(super) RawValue);

impl List {
    /// Returns a list whose only item is not set in this build.
    pub(super) fn unset() -> Self {
        Self(RawValue::List(vec![Item { index: 0, mark: 0, variable: None, value: RawValue::Unset }]))
    }
}

/// The empty list. Means the same as a key that is not set, except for `origins`, where it is a mistake.
impl Default for List {
    fn default() -> Self {
        Self(RawValue::List(Vec::new()))
    }
}

impl From<&str> for List {
    fn from(text: &str) -> Self {
        Self(RawValue::Text(text.to_owned()))
    }
}

impl From<String> for List {
    fn from(text: String) -> Self {
        Self(RawValue::Text(text))
    }
}

impl<T: AsRef<str>, const N: usize> From<[T; N]> for List {
    fn from(items: [T; N]) -> Self {
        items.iter().collect()
    }
}

impl<T: AsRef<str>, const N: usize> From<&[T; N]> for List {
    fn from(items: &[T; N]) -> Self {
        items.iter().collect()
    }
}

impl<T: AsRef<str>> From<&[T]> for List {
    fn from(items: &[T]) -> Self {
        items.iter().collect()
    }
}

impl<T: AsRef<str>> From<Vec<T>> for List {
    fn from(items: Vec<T>) -> Self {
        items.iter().collect()
    }
}

impl<T: AsRef<str>> From<&Vec<T>> for List {
    fn from(items: &Vec<T>) -> Self {
        items.iter().collect()
    }
}

impl<T: AsRef<str>> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let value = |text: T| RawValue::Text(text.as_ref().to_owned());
        let item = |(index, text)| Item { index, mark: 0, variable: None, value: value(text) };
        Self(RawValue::List(items.into_iter().enumerate().map(item).collect()))
    }
}
