//! Where in a policy a mistake is.

use std::fmt;

use crate::Key;

/// A place in a policy: a key, or one item of a key's list, perhaps of one of several rules. Prints as `rules[1].origins[2]`.
///
/// ```
/// use cors_core::{Key, Place};
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
    /// Where the reader of the policy found it: a number that only the reader understands, 0 for the whole policy.
    mark: usize,
}

impl Place {
    /// A key and its whole value.
    pub const fn of(key: Key) -> Self {
        Self { rule: None, key, item: None, misspelt: None, mark: 0 }
    }

    /// The whole policy.
    pub(crate) const fn whole() -> Self {
        Self::of(Key::Unknown(String::new()))
    }

    /// Whether this is the whole policy, not a part of it.
    pub(crate) fn is_whole(&self) -> bool {
        *self == Self::whole()
    }

    /// The item of a key's list with this index, from 0.
    pub const fn item_of(key: Key, index: usize) -> Self {
        Self { rule: None, key, item: Some(index), misspelt: None, mark: 0 }
    }

    /// The same place in the rule with this index, from 0.
    #[must_use]
    pub const fn in_rule(mut self, index: usize) -> Self {
        self.rule = Some(index);
        self
    }

    /// The same place with the number by which the reader of the policy finds it.
    pub(crate) const fn marked(mut self, mark: usize) -> Self {
        self.mark = mark;
        self
    }

    /// The number by which the reader of the policy finds the place.
    pub(crate) const fn mark(&self) -> usize {
        self.mark
    }

    /// The same place where the key is written in another way.
    pub(crate) fn misspelt(mut self, name: &str) -> Self {
        self.misspelt = Some(name.to_owned());
        self
    }

    /// What stands there instead of the key's name.
    pub(crate) fn as_misspelt(&self) -> Option<&str> {
        self.misspelt.as_deref()
    }

    /// The index of the rule, from 0; `None` when the place belongs to the policy, or to its only rule.
    pub const fn rule(&self) -> Option<usize> {
        self.rule
    }

    /// The key; where it is misspelt, the one that was surely meant.
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// The index of the item, from 0; `None` when the place is the whole value.
    pub const fn item(&self) -> Option<usize> {
        self.item
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(formatter, "rules[{rule}].")?;
        }
        write!(formatter, "{}", self.as_misspelt().unwrap_or_else(|| self.key.name()).escape_debug())?;
        match self.item {
            Some(index) => write!(formatter, "[{index}]"),
            None => Ok(()),
        }
    }
}
