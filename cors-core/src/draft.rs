//! A policy as written in a program, a file or environment variables.

mod from_policy;
mod list;
#[cfg(feature = "serde")]
mod read;
mod rule;
mod schema;
mod setters;
mod single;
mod variables;
#[cfg(feature = "serde")]
mod write;

#[cfg(feature = "public-suffix")]
use crate::PublicSuffixes;
use crate::document::{Document, Entry, Keys, Notation, RawValue, read as read_document};
use crate::{Issues, Key, Policy, SuffixList, validate};
pub use list::List;
pub use rule::RuleDraft;
pub use single::{MaxAgeValue, OnDeniedValue};

/// A policy as written in a program, a file or environment variables. Nothing in it is checked until
/// [`validate`](Self::validate) returns a [`Policy`]. Keys and values are those of `cors_policy!`.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
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
/// A draft has the keys of one rule, or several [`rules`](Self::rules).
#[derive(Clone, Debug, Default)]
#[must_use = "a draft does nothing until it is validated"]
pub struct PolicyDraft {
    document: Document,
}

impl PolicyDraft {
    /// Returns a draft without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what happens to an actual request whose `Origin` no rule matches. `forward`, the default, passes the
    /// request to the handler, and the browser blocks the response. `reject` answers 403 before the handler. A key of
    /// the policy, not of a rule.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::{OnDenied, PolicyDraft};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).on_denied(OnDenied::Reject).validate()?;
    /// assert_eq!(policy.on_denied(), OnDenied::Reject);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn on_denied(self, on_denied: impl Into<OnDeniedValue>) -> Self {
        self.with(&Key::OnDenied, on_denied.into().0)
    }

    /// Sets several rules instead of the keys of one. The first rule whose origins match decides.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::{PolicyDraft, RuleDraft};
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
        self.with(&Key::Rules, RawValue::List(rules.collect()))
    }

    /// Extends the last rule to origins that a source allows; the source can also name another rule. For an origin that
    /// no list matches, [`decide`](crate::decide()) then returns [`Ask`](crate::Decision::Ask). `origins` becomes
    /// optional in each rule: a rule without `origins` applies only if the source names it.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// let draft = PolicyDraft::new().credentials(true);
    /// assert!(draft.validate().is_err(), "a policy needs origins");
    /// let policy = draft.ask_for_other_origins().validate()?;
    /// # let request = cors_core::Request::new(b"GET").origin(cors_core::Lines::One(b"https://tenant.example"));
    /// # assert!(matches!(cors_core::decide(&policy, &request), cors_core::Decision::Ask(_)));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn ask_for_other_origins(mut self) -> Self {
        if let Some(keys) = self.keys() {
            keys.asks_for_other_origins = true;
        }
        self
    }

    /// Accepts repetition: leaves out an origin, method or header that its list already has, or that a pattern covers,
    /// instead of reporting it. For programs that merge lists.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
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

    /// Checks the draft and returns the policy.
    ///
    /// With the feature `public-suffix`, the public suffixes are those of `PublicSuffixes`. Without it, a pattern with
    /// credentials is refused below a single label (`https://*.com`), but not below `https://*.co.uk`.
    /// [`validate_with`](Self::validate_with) takes another list.
    ///
    /// # Errors
    ///
    /// Returns all mistakes at once.
    pub fn validate(&self) -> Result<Policy, Issues> {
        #[cfg(feature = "public-suffix")]
        return self.validate_with(&PublicSuffixes);
        #[cfg(not(feature = "public-suffix"))]
        return validate::validate(&self.document, None);
    }

    /// Checks the draft with another list of public suffixes and returns the policy. [`SuffixList`] has an example.
    ///
    /// # Errors
    ///
    /// Returns all mistakes at once.
    pub fn validate_with(&self, suffixes: &dyn SuffixList) -> Result<Policy, Issues> {
        validate::validate(&self.document, Some(suffixes))
    }

    /// Returns the keys; `None` for a file that has another value, to which no key can be added.
    fn keys(&mut self) -> Option<&mut Keys> {
        match &mut self.document.content {
            RawValue::Keys(keys) => Some(keys),
            _ => None,
        }
    }

    /// Returns the draft with this value of a key. Replaces an earlier value.
    fn with(mut self, key: &Key, value: RawValue) -> Self {
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
fn set(keys: &mut Keys, name: String, value: RawValue) {
    keys.entries.retain(|entry| entry.name != name);
    keys.entries.push(Entry { name, name_mark: 0, value_mark: 0, value });
}

/// Drafts are equal if they have the same keys with the same values, in any order.
impl PartialEq for PolicyDraft {
    fn eq(&self, other: &Self) -> bool {
        let settings = |draft: &Self| (draft.document.notation.clone(), draft.document.allows_repetition);
        settings(self) == settings(other) && read_document(&self.document) == read_document(&other.document)
    }
}

impl Eq for PolicyDraft {}
