//! A rule of a draft.

use super::{PolicyDraft, set};
use crate::Key;
use crate::document::{Document, Item, Keys, RawValue};

/// One of several [`rules`](PolicyDraft::rules) of a draft, with the keys of a rule.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{PolicyDraft, RuleDraft};
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
    /// Returns a rule without keys.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn with(mut self, key: &Key, value: RawValue) -> Self {
        set(&mut self.keys, key.name().to_owned(), value);
        self
    }

    pub(super) fn into_item(self, index: usize) -> Item {
        Item { index, mark: 0, variable: None, value: RawValue::Keys(self.keys) }
    }
}

/// Rules are equal if the [`PolicyDraft`]s with only these rules are equal.
impl PartialEq for RuleDraft {
    fn eq(&self, other: &Self) -> bool {
        PolicyDraft::from(self.clone()) == PolicyDraft::from(other.clone())
    }
}

impl Eq for RuleDraft {}

/// Returns a draft with one rule.
impl From<RuleDraft> for PolicyDraft {
    fn from(rule: RuleDraft) -> Self {
        Self { document: Document { content: RawValue::Keys(rule.keys), ..Document::default() } }
    }
}
