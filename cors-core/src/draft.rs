//! A policy as a program writes it.

mod from_policy;
mod list;
#[cfg(feature = "serde")]
mod read;
mod rule;
mod setters;
mod single;
mod variables;
#[cfg(feature = "serde")]
mod write;

#[cfg(feature = "public-suffix")]
use crate::PublicSuffixes;
use crate::document::{Document, Entry, Keys, Notation, Value, read as read_document};
use crate::{Issues, Key, Policy, SuffixList, validate};
pub use list::List;
pub use rule::RuleDraft;
pub use single::{MaxAgeValue, OnDeniedValue};

/// A policy as somebody wrote it, in a program, a file or variables; nothing in it is checked. It has the names and values of
/// `cors_policy!`, and becomes a [`Policy`] by [`validate`](Self::validate).
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
#[derive(Clone, Debug, Default)]
#[must_use = "a draft does nothing until it is validated"]
pub struct PolicyDraft {
    document: Document,
}

impl PolicyDraft {
    /// A draft in which nothing is set yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What becomes of an actual request of an origin that no rule is for: `forward` to the handler, whose answer the browser
    /// keeps from the page, or `reject` by 403 before the handler. `forward` when not set. Belongs to the policy, not to a
    /// rule.
    ///
    /// ```
    /// use cors_core::{OnDenied, PolicyDraft};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).on_denied(OnDenied::Reject).validate()?;
    /// assert_eq!(policy.on_denied(), OnDenied::Reject);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn on_denied(self, what: impl Into<OnDeniedValue>) -> Self {
        self.with(&Key::OnDenied, what.into().0)
    }

    /// Several rules, each with keys of its own, instead of the keys of one. The first whose origins match decides.
    ///
    /// ```
    /// use cors_core::{PolicyDraft, RuleDraft};
    ///
    /// let policy = PolicyDraft::new()
    ///     .rules([
    ///         RuleDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT"]),
    ///         RuleDraft::new().origins("*"),
    ///     ])
    ///     .validate()?;
    /// assert_eq!(policy.rules().len(), 2);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn rules(self, rules: impl IntoIterator<Item = RuleDraft>) -> Self {
        let rules = rules.into_iter().enumerate().map(|(index, rule)| rule.into_item(index));
        self.with(&Key::Rules, Value::List(rules.collect()))
    }

    /// The last rule is also for origins that a source allows, which is asked for those that no list matches:
    /// [`decide`](crate::decide()) then returns [`Ask`](crate::Decision::Ask). Its `origins` may be left out.
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
        if let Some(keys) = self.keys() {
            keys.asks_for_other_origins = true;
        }
        self
    }

    /// Repetition is no mistake: an origin, method or header that is in a list already, or that a pattern matches, is left out. Use it
    /// where a program merges lists.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// let merged = ["https://app.example.com", "https://*.example.com", "https://app.example.com"];
    /// let draft = PolicyDraft::new().origins(merged);
    /// assert!(draft.clone().validate().is_err());
    /// assert_eq!(draft.allow_repetition().validate()?.to_string(), "origins: [\"https://*.example.com\"],");
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub const fn allow_repetition(mut self) -> Self {
        self.document.allows_repetition = true;
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
        return validate::validate(&self.document, None);
    }

    /// Checks the draft with another list of public suffixes; [`SuffixList`] has an example.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn validate_with(&self, suffixes: &dyn SuffixList) -> Result<Policy, Issues> {
        validate::validate(&self.document, Some(suffixes))
    }

    /// The keys; none of a file that holds something else, to which none can be added.
    fn keys(&mut self) -> Option<&mut Keys> {
        match &mut self.document.content {
            Value::Keys(keys) => Some(keys),
            _ => None,
        }
    }

    /// The draft with this value at a key, in place of one that it had.
    fn with(mut self, key: &Key, value: Value) -> Self {
        let name = match self.document.notation {
            Notation::Variables { .. } => key.name().to_ascii_uppercase(),
            Notation::Source | Notation::Data => key.name().to_owned(),
        };
        if let Some(keys) = self.keys() {
            set(keys, name, value);
        }
        self
    }
}

/// Sets the value of a key.
fn set(keys: &mut Keys, name: String, value: Value) {
    keys.entries.retain(|entry| entry.name != name);
    keys.entries.push(Entry { name, name_mark: 0, value_mark: 0, value });
}

/// Two drafts are equal where they have the same keys with the same values, in whatever order.
impl PartialEq for PolicyDraft {
    fn eq(&self, other: &Self) -> bool {
        let settings = |draft: &Self| (draft.document.notation.clone(), draft.document.allows_repetition);
        settings(self) == settings(other) && read_document(&self.document) == read_document(&other.document)
    }
}

impl Eq for PolicyDraft {}
