//! A policy as somebody wrote it.

#[cfg(feature = "serde")]
mod data;
mod filling;
mod list;
mod reading;
mod variables;

#[cfg(feature = "public-suffix")]
use crate::PublicSuffixes;
use crate::{Issue, Issues, Key, Policy, SuffixList, validate};
pub use list::List;
pub(crate) use list::Listed;
pub use variables::values_in;

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
///
/// A draft may have several [`rules`](Self::rules) instead of the keys of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a draft does nothing until it is validated"]
pub struct PolicyDraft {
    pub(crate) origins: Entry<List>,
    pub(crate) credentials: Entry<bool>,
    pub(crate) methods: Entry<List>,
    pub(crate) allow_headers: Entry<List>,
    pub(crate) expose_headers: Entry<List>,
    pub(crate) max_age: Entry<String>,
    pub(crate) on_denied: Entry<String>,
    pub(crate) dangerously_allow: Entry<List>,
    pub(crate) rules: Entry<Vec<PolicyDraft>>,
    pub(crate) asks_for_other_origins: bool,
    /// Mistakes that were found when the draft was read, and that it cannot hold.
    pub(crate) found: Vec<Issue>,
    /// Keys whose values stand at other names, which were reported.
    pub(crate) misspelt: Vec<(Key, String)>,
    /// What the names of the environment variables begin with that the draft was read from.
    pub(crate) variables: Option<String>,
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

    /// The entry, or a broken one in place of an absent one, so that nobody misses it.
    pub(crate) fn or_broken(self) -> Self {
        match self {
            Self::Absent => Self::Broken,
            present => present,
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

impl PolicyDraft {
    /// Whether a key that belongs to a rule stands in it.
    pub(crate) fn has_keys_of_a_rule(&self) -> bool {
        let lists = [&self.origins, &self.methods, &self.allow_headers, &self.expose_headers, &self.dangerously_allow];
        lists.into_iter().any(|list| *list != Entry::Absent)
            || self.credentials != Entry::Absent
            || self.max_age != Entry::Absent
    }

    /// Whether a value or an item of the rule was reported when it was read, so that no rule can come of it.
    pub(crate) fn has_broken_part(&self) -> bool {
        let lists = [&self.origins, &self.methods, &self.allow_headers, &self.expose_headers, &self.dangerously_allow];
        lists.into_iter().any(Entry::has_broken_part)
            || self.credentials == Entry::Broken
            || self.max_age == Entry::Broken
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

    /// What becomes of an actual request of an origin that no rule is for: `"forward"` to the handler, whose answer the browser
    /// keeps from the page, or `"reject"` by 403 before the handler. `forward` when not said. Belongs to the policy, not to a
    /// rule.
    ///
    /// ```
    /// use cors_core::{OnDenied, PolicyDraft};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).on_denied("reject").validate()?;
    /// assert_eq!(policy.on_denied(), OnDenied::Reject);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn on_denied(mut self, what: impl Into<String>) -> Self {
        self.on_denied = Entry::Given(what.into());
        self
    }

    /// Several rules, each a draft with keys of its own, instead of the keys of one. The first whose origins match decides.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// let policy = PolicyDraft::new()
    ///     .rules([
    ///         PolicyDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT"]),
    ///         PolicyDraft::new().origins("*"),
    ///     ])
    ///     .validate()?;
    /// assert_eq!(policy.rules().len(), 2);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn rules(mut self, rules: impl IntoIterator<Item = Self>) -> Self {
        self.rules = Entry::Given(rules.into_iter().collect());
        self
    }

    /// The last rule is also for origins that a source allows, which is asked for those that no list matches:
    /// [`decide`](crate::decide()) then says [`Ask`](crate::Decision::Ask). Its `origins` may be left out. Said of a policy, or of
    /// the last of its rules.
    ///
    /// ```
    /// use cors_core::{Decision, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().ask_for_other_origins().credentials(true).validate()?;
    /// let request = Request::new(b"GET").origin(Lines::One(b"https://tenant.example"));
    /// assert!(matches!(decide(&policy, &request), Decision::Ask(_)));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn ask_for_other_origins(mut self) -> Self {
        self.asks_for_other_origins = true;
        self
    }

    /// Checks the draft.
    ///
    /// Which names are public suffixes is known by `PublicSuffixes`, which comes with the feature `public-suffix`. Without it a
    /// single label (`https://*.com`) is refused with credentials, but `https://*.co.uk` is not;
    /// [`validate_with`](Self::validate_with) takes a list of your own.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn validate(&self) -> Result<Policy, Issues> {
        #[cfg(feature = "public-suffix")]
        return self.validate_with(&PublicSuffixes);
        #[cfg(not(feature = "public-suffix"))]
        return validate::validate(self, None);
    }

    /// Checks the draft with another list of public suffixes; [`SuffixList`] has an example.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn validate_with(&self, suffixes: &dyn SuffixList) -> Result<Policy, Issues> {
        validate::validate(self, Some(suffixes))
    }
}
