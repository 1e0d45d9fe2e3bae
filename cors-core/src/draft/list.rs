//! The values of keys that take a list.

/// The value of a key that takes a list: `"*"`, another single text, or items.
///
/// Made from a text, or from an array, slice or vector of texts:
///
/// ```
/// use cors_core::PolicyDraft;
///
/// let everybody = PolicyDraft::new().origins("*").validate()?;
/// let names: Vec<String> = vec!["https://a.example".into(), "https://b.example".into()];
/// let two = PolicyDraft::new().origins(names).validate()?;
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List(pub(crate) Listed);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    One(String),
    /// `None` is an item that was reported when it was read.
    Items(Vec<Option<String>>),
    /// Items were written, and none of them has a value in this build: an `option_env!` that is not set.
    Unset,
}

impl List {
    /// Items of which some were broken and have been reported.
    #[doc(hidden)]
    pub const fn __items(items: Vec<Option<String>>) -> Self {
        Self(Listed::Items(items))
    }

    /// A list of which every item is unset.
    #[doc(hidden)]
    pub const fn __unset() -> Self {
        Self(Listed::Unset)
    }
}

impl From<&str> for List {
    fn from(text: &str) -> Self {
        Self(Listed::One(text.to_owned()))
    }
}

impl<S: Into<String>, const N: usize> From<[S; N]> for List {
    fn from(items: [S; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<S: Into<String>> From<Vec<S>> for List {
    fn from(items: Vec<S>) -> Self {
        items.into_iter().collect()
    }
}

impl<S: Into<String> + Clone> From<&[S]> for List {
    fn from(items: &[S]) -> Self {
        items.iter().cloned().collect()
    }
}

impl<S: Into<String>> FromIterator<S> for List {
    fn from_iter<I: IntoIterator<Item = S>>(items: I) -> Self {
        Self(Listed::Items(items.into_iter().map(|item| Some(item.into())).collect()))
    }
}
