//! A policy as somebody wrote it.

use crate::{Issues, Key, Policy, validate};

/// A policy as somebody wrote it: texts, which may be nonsense. It has the names and values of `cors_policy!`, and becomes a
/// [`Policy`] by [`validate`](Self::validate).
///
/// ```
/// use cors_core::PolicyDraft;
///
/// let policy = PolicyDraft::new()
///     .origins(["https://app.example.com", "https://*.preview.example.com"])
///     .credentials(true)
///     .methods(["PUT", "DELETE"])
///     .allow_headers(["Content-Type", "Authorization"])
///     .expose_headers(["X-Request-Id"])
///     .max_age("2h")
///     .validate()?;
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a draft does nothing until it is validated"]
pub struct PolicyDraft {
    pub(crate) origins: Entry<List>,
    pub(crate) credentials: Entry<bool>,
    pub(crate) methods: Entry<List>,
    pub(crate) allow_headers: Entry<List>,
    pub(crate) expose_headers: Entry<List>,
    pub(crate) max_age: Entry<String>,
    pub(crate) dangerously_allow: Entry<List>,
}

/// What stands at a key. A broken value was reported when it was read; rules that compare keys leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Entry<T> {
    #[default]
    Absent,
    Broken,
    Given(T),
}

impl<T> Entry<T> {
    pub(crate) fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Broken => None,
        }
    }
}

impl Entry<List> {
    /// Whether the value, or an item of it, was reported when it was read.
    pub(crate) fn has_broken_part(&self) -> bool {
        match self {
            Self::Broken => true,
            Self::Given(List(Listed::Items(items))) => items.contains(&None),
            Self::Absent | Self::Given(_) => false,
        }
    }
}

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

impl PolicyDraft {
    /// A draft in which nothing is said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Who may read: `"*"`, or origins and origin patterns as [`OriginPattern`](crate::OriginPattern) has them. Required.
    pub fn origins(mut self, origins: impl Into<List>) -> Self {
        self.origins = Entry::Given(origins.into());
        self
    }

    /// Whether answers to requests with cookies or stored passwords may be read. `false` when not said.
    pub fn credentials(mut self, credentials: bool) -> Self {
        self.credentials = Entry::Given(credentials);
        self
    }

    /// Methods that may be sent: `"*"`, or names beyond GET, HEAD and POST, which are CORS-safelisted and need no permission.
    pub fn methods(mut self, methods: impl Into<List>) -> Self {
        self.methods = Entry::Given(methods.into());
        self
    }

    /// Request headers that may be sent: `"*"`, or names beyond the CORS-safelisted ones, such as `Accept`.
    pub fn allow_headers(mut self, names: impl Into<List>) -> Self {
        self.allow_headers = Entry::Given(names.into());
        self
    }

    /// Response headers that may be read: `"*"`, or names beyond the CORS-safelisted ones, such as `Content-Type`.
    pub fn expose_headers(mut self, names: impl Into<List>) -> Self {
        self.expose_headers = Entry::Given(names.into());
        self
    }

    /// How long a browser may remember a preflight, as [`MaxAge`](crate::MaxAge) reads it: `"600"`, `"10min"`, `"2h"`. When not
    /// said, browsers remember for 5 seconds.
    pub fn max_age(mut self, duration: impl Into<String>) -> Self {
        self.max_age = Entry::Given(duration.into());
        self
    }

    /// Dangers that this policy takes on: `insecure_origins`, `public_suffix_wildcards`.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// let intranet = PolicyDraft::new().origins(["http://intranet.example.com"]).credentials(true);
    /// assert!(intranet.clone().validate().is_err());
    /// assert!(intranet.dangerously_allow(["insecure_origins"]).validate().is_ok());
    /// ```
    pub fn dangerously_allow(mut self, dangers: impl Into<List>) -> Self {
        self.dangerously_allow = Entry::Given(dangers.into());
        self
    }

    /// Checks the draft.
    ///
    /// Which names are public suffixes is known by a list that comes with the feature `public-suffix`. Without it a single label
    /// (`https://*.com`) is refused with credentials, but `https://*.co.uk` is not; [`validate_with`](Self::validate_with)
    /// takes a list of your own.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn validate(&self) -> Result<Policy, Issues> {
        #[cfg(feature = "public-suffix")]
        let is_public_suffix = validate::is_public_suffix;
        #[cfg(not(feature = "public-suffix"))]
        let is_public_suffix = |_: &str| false;
        self.validate_with(is_public_suffix)
    }

    /// Checks the draft with a list of public suffixes: `is_public_suffix` answers for a host such as `co.uk`.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// let draft = PolicyDraft::new().origins(["https://*.co.uk"]).credentials(true);
    /// let issues = draft.validate_with(|host| ["co.uk", "github.io"].contains(&host)).unwrap_err();
    /// assert_eq!(issues.iter().next().unwrap().kind().code(), "public-suffix-with-credentials");
    /// ```
    pub fn validate_with(&self, is_public_suffix: impl Fn(&str) -> bool) -> Result<Policy, Issues> {
        validate::validate(self, &is_public_suffix)
    }

    /// Sets the value of a key that takes a list.
    #[doc(hidden)]
    pub fn __list(self, key: &Key, list: List) -> Self {
        match key {
            Key::Origins => self.origins(list),
            Key::Methods => self.methods(list),
            Key::AllowHeaders => self.allow_headers(list),
            Key::ExposeHeaders => self.expose_headers(list),
            Key::DangerouslyAllow => self.dangerously_allow(list),
            Key::Credentials | Key::MaxAge => self.__broken(key),
            Key::Unknown(_) => self,
        }
    }

    /// Says that the value of a key was broken and has been reported.
    #[doc(hidden)]
    pub fn __broken(mut self, key: &Key) -> Self {
        match key {
            Key::Origins => self.origins = Entry::Broken,
            Key::Credentials => self.credentials = Entry::Broken,
            Key::Methods => self.methods = Entry::Broken,
            Key::AllowHeaders => self.allow_headers = Entry::Broken,
            Key::ExposeHeaders => self.expose_headers = Entry::Broken,
            Key::MaxAge => self.max_age = Entry::Broken,
            Key::DangerouslyAllow => self.dangerously_allow = Entry::Broken,
            Key::Unknown(_) => {}
        }
        self
    }
}
