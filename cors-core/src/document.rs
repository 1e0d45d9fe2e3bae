//! What somebody wrote, as one tree: of tokens, data, variables or a program. Nothing in it is checked.

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

/// Where a reader found something: a number that only the reader understands. 0 is the whole policy.
pub type Mark = usize;

/// A policy as it is written.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// How it is written.
    pub notation: Notation,
    /// Its keys; or a value that has none.
    pub content: Value,
    /// Whether a name or an origin may stand in a list twice, as where a program merges lists.
    pub allows_repetition: bool,
}

/// How a policy is written, which decides what a value may look like and how a message shows one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// The tokens of `cors_policy!`.
    Source,
    /// A file, or the calls of a program.
    #[default]
    Data,
    /// Environment variables whose names begin with a prefix.
    Variables {
        /// As in `CORS_`.
        prefix: String,
    },
}

impl Notation {
    /// What the names of the variables begin with, where the policy is written in variables.
    pub(crate) fn prefix(&self) -> Option<&str> {
        match self {
            Self::Variables { prefix } => Some(prefix),
            Self::Source | Self::Data => None,
        }
    }
}

/// The keys of a policy or of a rule.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// In the order in which they are written.
    pub entries: Vec<Entry>,
    /// Whether something could not be read that may have been a key.
    pub is_incomplete: bool,
    /// Whether a source is asked for origins that no list matches.
    pub asks_for_other_origins: bool,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as it is written.
    pub name: String,
    /// The key.
    pub name_mark: Mark,
    /// The value.
    pub value_mark: Mark,
    /// What stands at the key.
    pub value: Value,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its position in the list as written, which parts that are left out do not change.
    pub index: usize,
    /// The item.
    pub mark: Mark,
    /// The environment variable that it comes from.
    pub variable: Option<String>,
    /// What the item is.
    pub value: Value,
}

/// What stands at a key or in a list.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing in this build; in another one there is a value.
    Absent,
    /// Nothing, since an optional variable is not set.
    Unset,
    /// Something that could not be read, which the reader reported.
    Broken,
    /// Something that cannot be a value of any key, for this reason.
    Invalid(Box<IssueKind>),
    /// `null`.
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A number with its unit, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A name without quotes.
    Word(String),
    /// The text of a variable, whose type the key decides.
    Raw {
        /// The whole name of the variable.
        variable: String,
        /// Its text.
        text: String,
    },
    /// Items between brackets.
    List(Vec<Item>),
    /// Keys between braces.
    Keys(Keys),
    /// Something of another type, as it is written.
    Other(String),
}

impl Default for Value {
    fn default() -> Self {
        Self::Keys(Keys::default())
    }
}

/// Whether a part of a document is there in a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    Present,
    /// It is left out.
    Absent,
    /// Nobody can tell, which was reported.
    Unknown,
}

impl Document {
    /// The document of one build.
    #[must_use]
    pub fn in_build(&self, presence: impl Fn(Mark) -> Presence) -> Self {
        Self { content: self.content.in_build(&presence), notation: self.notation.clone(), ..*self }
    }
}

impl Value {
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
    // What a build leaves out stays without its value: a mistake about its absence belongs to it.
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
    fn of(self, value: &Value, presence: &impl Fn(Mark) -> Self) -> Value {
        match self {
            Self::Present => value.in_build(presence),
            Self::Absent => Value::Absent,
            Self::Unknown => Value::Broken,
        }
    }
}
