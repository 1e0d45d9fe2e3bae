//! The keys of a policy or rule with typed values.

use super::Mark;
use crate::{Key, Place};

/// A field for each key of the language. The reader reports a value of the wrong form, and the field is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The position of the rule in `rules` as written.
    pub(crate) index: usize,
    /// The mark of the rule; 0 for the policy.
    pub(crate) mark: Mark,
    pub(crate) origins: Field<FieldList>,
    pub(crate) credentials: Field<bool>,
    pub(crate) methods: Field<FieldList>,
    pub(crate) allow_headers: Field<FieldList>,
    pub(crate) expose_headers: Field<FieldList>,
    pub(crate) max_age: Field<String>,
    pub(crate) on_denied: Field<String>,
    pub(crate) dangerously_allow: Field<FieldList>,
    pub(crate) rules: Field<Vec<Fields>>,
    pub(crate) asks_for_other_origins: bool,
    /// Keys with a misspelt name, and that name. Each was reported.
    pub(crate) misspelt: Vec<(Key, String)>,
}

/// The value of a key, with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field<T> {
    pub(crate) content: Content<T>,
    pub(crate) name_mark: Mark,
    pub(crate) value_mark: Mark,
}

/// The content of a field. The reader reports broken values; checks across keys ignore them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Content<T> {
    #[default]
    Absent,
    Broken,
    Given(T),
}

/// The value of a key that takes a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldList {
    /// `"*"`.
    Wildcard,
    /// `none`, a value of `origins` only.
    NoOrigin,
    Items {
        items: Vec<FieldItem>,
        /// Whether the list has items, but only in other builds.
        is_for_other_builds: bool,
        /// Whether an item is an optional variable that is not set.
        has_unset: bool,
    },
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldItem {
    /// The position in the list as written.
    pub(crate) index: usize,
    pub(crate) mark: Mark,
    pub(crate) variable: Option<String>,
    /// `None` if the item is broken and was reported.
    pub(crate) text: Option<String>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { content: Content::Absent, name_mark: 0, value_mark: 0 }
    }
}

impl<T> Field<T> {
    pub(crate) fn given(&self) -> Option<&T> {
        match &self.content {
            Content::Given(value) => Some(value),
            Content::Absent | Content::Broken => None,
        }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.content, Content::Absent)
    }

    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.content, Content::Broken)
    }

    /// Returns the place of the key, for a mistake that is not in the value.
    pub(crate) fn place_of_name(&self, key: Key) -> Place {
        Place::of(key).marked(self.name_mark)
    }

    /// Returns the place of the whole value.
    pub(crate) fn place_of_value(&self, key: Key) -> Place {
        Place::of(key).marked(self.value_mark)
    }
}

impl Field<FieldList> {
    /// Returns the items in this build; empty for other values.
    pub(crate) fn items(&self) -> &[FieldItem] {
        match self.given() {
            Some(FieldList::Items { items, .. }) => items,
            _ => &[],
        }
    }

    /// Whether the value or one of its items is broken.
    pub(crate) fn has_broken_part(&self) -> bool {
        self.is_broken() || self.items().iter().any(|item| item.text.is_none())
    }

    fn has_plausible_value(&self) -> bool {
        matches!(self.given(), Some(FieldList::Wildcard | FieldList::NoOrigin)) || !self.items().is_empty()
    }

    /// Returns the place for a mistake about an empty list: the key if other builds have items, else the value.
    pub(crate) fn place_of_empty(&self, key: Key) -> Place {
        match self.given() {
            Some(FieldList::Items { is_for_other_builds: true, .. }) => self.place_of_name(key),
            _ => self.place_of_value(key),
        }
    }
}

impl Fields {
    /// Returns the fields of an unreadable policy or rule. The origins are broken, so that they are not reported as
    /// missing.
    pub(crate) fn unreadable() -> Self {
        let origins = Field { content: Content::Broken, ..Field::default() };
        Self { origins, ..Self::default() }
    }

    /// Whether the value is well-formed enough to trust the spelling suggestion.
    pub(crate) fn has_plausible_value(&self, key: &Key) -> bool {
        match key {
            Key::Origins => self.origins.has_plausible_value(),
            Key::Methods => self.methods.has_plausible_value(),
            Key::AllowHeaders => self.allow_headers.has_plausible_value(),
            Key::ExposeHeaders => self.expose_headers.has_plausible_value(),
            Key::DangerouslyAllow => self.dangerously_allow.has_plausible_value(),
            Key::Credentials => self.credentials.given().is_some(),
            Key::MaxAge => self.max_age.given().is_some(),
            Key::OnDenied => self.on_denied.given().is_some(),
            Key::Rules => self.rules.given().is_some(),
            Key::Unknown(_) => false,
        }
    }

    fn lists(&self) -> [&Field<FieldList>; 5] {
        [&self.origins, &self.methods, &self.allow_headers, &self.expose_headers, &self.dangerously_allow]
    }

    /// Whether the rule allows any origin: `"*"` without credentials.
    pub(crate) fn allows_any_origin(&self) -> bool {
        let is_wildcard = match self.origins.given() {
            Some(FieldList::Wildcard) => true,
            _ => matches!(self.origins.items(), [FieldItem { text: Some(text), .. }] if text == "*"),
        };
        is_wildcard && self.credentials.given() != Some(&true)
    }

    /// Whether a key of a rule is set.
    pub(crate) fn has_keys_of_a_rule(&self) -> bool {
        self.lists().iter().any(|list| !list.is_absent()) || !self.credentials.is_absent() || !self.max_age.is_absent()
    }

    /// Whether a value or an item is broken, so that no rule can be made.
    pub(crate) fn has_broken_part(&self) -> bool {
        self.lists().iter().any(|list| list.has_broken_part())
            || self.credentials.is_broken()
            || self.max_age.is_broken()
    }
}
