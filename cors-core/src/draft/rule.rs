//! A rule as a program writes it.

use super::{PolicyDraft, set};
use crate::Key;
use crate::document::{Document, Item, Keys, Value};

/// One of several [`rules`](PolicyDraft::rules): a draft with the keys that belong to a rule.
///
/// ```
/// use cors_core::{PolicyDraft, RuleDraft};
///
/// let admin = RuleDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT", "DELETE"]);
/// let everybody = RuleDraft::new().origins("*").max_age("1h");
/// let policy = PolicyDraft::new().rules([admin, everybody]).validate()?;
/// assert!(policy.rules()[0].credentials());
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a rule does nothing until it is a part of a policy"]
pub struct RuleDraft {
    keys: Keys,
}

impl RuleDraft {
    /// A rule in which nothing is set yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The rule is also for origins that a source allows; it must be the last. See
    /// [`PolicyDraft::ask_for_other_origins`].
    pub const fn ask_for_other_origins(mut self) -> Self {
        self.keys.asks_for_other_origins = true;
        self
    }

    pub(super) fn with(mut self, key: &Key, value: Value) -> Self {
        set(&mut self.keys, key.name().to_owned(), value);
        self
    }

    pub(super) fn into_item(self, index: usize) -> Item {
        Item { index, mark: 0, variable: None, value: Value::Keys(self.keys) }
    }
}

/// As two [`PolicyDraft`]s of one rule.
impl PartialEq for RuleDraft {
    fn eq(&self, other: &Self) -> bool {
        PolicyDraft::from(self.clone()) == PolicyDraft::from(other.clone())
    }
}

impl Eq for RuleDraft {}

/// A policy of one rule.
impl From<RuleDraft> for PolicyDraft {
    fn from(rule: RuleDraft) -> Self {
        Self { document: Document { content: Value::Keys(rule.keys), ..Document::default() } }
    }
}
