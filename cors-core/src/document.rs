//! A policy as written in tokens, data, variables or a program, as one unchecked tree.

#[cfg(feature = "serde")]
mod data;
mod fields;
mod read;
mod show;
mod value;
mod variables;

use crate::IssueKind;
#[cfg(feature = "serde")]
pub(crate) use fields::Content;
pub(crate) use fields::{Field, FieldItem, FieldList, Fields};
pub(crate) use read::read;
pub use variables::split_values;

/// A number with which the reader of a policy finds the source of a part: a span, a line, a variable. 0 is the whole
/// policy.
pub type Mark = usize;

/// A policy as written.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The notation.
    pub notation: Notation,
    /// The keys, or a value without keys.
    pub content: RawValue,
    /// Whether a list may have a name or an origin twice.
    pub allows_repetition: bool,
}

/// The notation of a policy. It decides which forms of values are accepted, and how messages print them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// The tokens of `cors_policy!`.
    Source,
    /// A file, or the calls of a program.
    #[default]
    Data,
    /// Environment variables whose names begin with a prefix.
    Variables {
        /// The prefix, such as `CORS_`.
        prefix: String,
    },
}

/// The keys of a policy or of a rule.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The keys with their values, in the order as written.
    pub entries: Vec<Entry>,
    /// Whether a key may be missing because something could not be read.
    pub is_incomplete: bool,
    /// Whether a source is asked for the origins that no list matches.
    pub asks_for_other_origins: bool,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as written.
    pub name: String,
    /// The mark of the key.
    pub name_mark: Mark,
    /// The mark of the value.
    pub value_mark: Mark,
    /// The value.
    pub value: RawValue,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The position in the list as written, which is the same in all builds.
    pub index: usize,
    /// The mark of the item.
    pub mark: Mark,
    /// The environment variable that contains the item, if there is one.
    pub variable: Option<String>,
    /// The value.
    pub value: RawValue,
}

/// The value of a key, or an item of a list.
#[derive(Clone, Debug)]
pub enum RawValue {
    /// No value in this build. Another build has one.
    Absent,
    /// No value, because an optional variable is not set.
    Unset,
    /// A part that the reader could not read and has reported.
    Broken,
    /// A part that cannot be the value of any key, with the mistake to report.
    Invalid(Box<IssueKind>),
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number with its unit, as written.
    Number(String),
    /// A text.
    Text(String),
    /// A name without quotes.
    Name(String),
    /// The text of a variable. The key determines its type.
    Variable {
        /// The whole name of the variable.
        variable: String,
        /// The text.
        text: String,
    },
    /// Items between brackets.
    List(Vec<Item>),
    /// Keys between braces.
    Keys(Keys),
    /// A value of another type, as written.
    Other(String),
}

impl Default for RawValue {
    fn default() -> Self {
        Self::Keys(Keys::default())
    }
}

/// Whether a build has a part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The build has it.
    Present,
    /// The build leaves it out.
    Absent,
    /// Unknown: the part depends on a `cfg` that could not be read and was reported.
    Unknown,
}

impl Document {
    /// Returns the document of one build. `presence` says which marks the build has.
    #[must_use]
    pub fn in_build(&self, presence: impl Fn(Mark) -> Presence) -> Self {
        Self { content: self.content.in_build(&presence), notation: self.notation.clone(), ..*self }
    }
}

impl RawValue {
    fn in_build(&self, presence: &impl Fn(Mark) -> Presence) -> Self {
        match self {
            Self::List(items) => Self::List(items.iter().map(|item| item.in_build(presence)).collect()),
            Self::Keys(keys) => Self::Keys(Keys {
                entries: keys.entries.iter().map(|entry| entry.in_build(presence)).collect(),
                ..*keys
            }),
            value => value.clone(),
        }
    }
}

impl Entry {
    // A key that the build leaves out keeps its mark, for a mistake about the missing key.
    fn in_build(&self, presence: &impl Fn(Mark) -> Presence) -> Self {
        let value = presence(self.name_mark).of(&self.value, presence);
        Self { name: self.name.clone(), value, ..*self }
    }
}

impl Item {
    fn in_build(&self, presence: &impl Fn(Mark) -> Presence) -> Self {
        let value = presence(self.mark).of(&self.value, presence);
        Self { value, variable: self.variable.clone(), ..*self }
    }
}

impl Presence {
    fn of(self, value: &RawValue, presence: &impl Fn(Mark) -> Self) -> RawValue {
        match self {
            Self::Present => value.in_build(presence),
            Self::Absent => RawValue::Absent,
            Self::Unknown => RawValue::Broken,
        }
    }
}
