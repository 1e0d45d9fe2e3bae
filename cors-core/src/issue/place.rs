//! The place of a mistake in a policy.

use std::fmt;

use crate::Key;

/// A place in a policy: a key or one item of its list, in the policy or in one of several rules. Prints as `rules[1].origins[2]`.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Key, Place};
///
/// assert_eq!(Place::of(Key::MaxAge).to_string(), "max_age");
/// assert_eq!(Place::item_of(Key::Origins, 2).to_string(), "origins[2]");
/// assert_eq!(Place::item_of(Key::Origins, 2).in_rule(1).to_string(), "rules[1].origins[2]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    rule: Option<usize>,
    key: Key,
    item: Option<usize>,
    misspelt: Option<String>,
    misspelt_rules: Option<String>,
    /// The mark with which the reader of the policy finds the place; 0 for the whole policy.
    mark: usize,
}

impl Place {
    /// Returns the place of a key with its whole value.
    pub const fn of(key: Key) -> Self {
        Self { rule: None, key, item: None, misspelt: None, misspelt_rules: None, mark: 0 }
    }

    /// Returns the place of the whole policy.
    pub(crate) const fn whole() -> Self {
        Self::of(Key::Unknown(String::new()))
    }

    /// Whether this is the place of the whole policy.
    pub(crate) fn is_whole(&self) -> bool {
        *self == Self::whole()
    }

    /// Returns the place of an item in the list of a key, by its index from 0.
    pub const fn item_of(key: Key, index: usize) -> Self {
        Self { rule: None, key, item: Some(index), misspelt: None, misspelt_rules: None, mark: 0 }
    }

    /// Returns the same place in the rule with this index, from 0.
    #[must_use]
    pub const fn in_rule(mut self, index: usize) -> Self {
        self.rule = Some(index);
        self
    }

    /// Returns the same place with a mark of the reader.
    pub(crate) const fn marked(mut self, mark: usize) -> Self {
        self.mark = mark;
        self
    }

    /// Returns the mark with which the reader of the policy finds the place.
    #[cfg(feature = "public-suffix")]
    pub(crate) const fn mark(&self) -> usize {
        self.mark
    }

    /// Returns the same place with the misspelt name of its key, or of `rules` for a place in a rule.
    pub(crate) fn misspelt(mut self, key: &Key, name: &str) -> Self {
        let is_rules = *key == Key::Rules && self.rule.is_some();
        let written = if is_rules { &mut self.misspelt_rules } else { &mut self.misspelt };
        *written = Some(name.to_owned());
        self
    }

    /// Returns the misspelt name of the key, if it is misspelt.
    pub(crate) fn as_misspelt(&self) -> Option<&str> {
        self.misspelt.as_deref()
    }

    /// Returns the place of a rule, as written.
    pub(crate) fn of_rule(&self, index: usize) -> String {
        let rules = self.misspelt_rules.as_deref().unwrap_or_else(|| Key::Rules.name());
        format!("{}[{index}]", rules.escape_debug())
    }

    /// Returns the index of the rule, from 0; `None` for a place in the policy or in its only rule.
    pub const fn rule(&self) -> Option<usize> {
        self.rule
    }

    /// Returns the key. For a misspelt name, returns the key that was probably meant.
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Returns the index of the item, from 0; `None` for the whole value.
    pub const fn item(&self) -> Option<usize> {
        self.item
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(formatter, "{}.", self.of_rule(rule))?;
        }
        write!(formatter, "{}", self.as_misspelt().unwrap_or_else(|| self.key.name()).escape_debug())?;
        match self.item {
            Some(index) => write!(formatter, "[{index}]"),
            None => Ok(()),
        }
    }
}
