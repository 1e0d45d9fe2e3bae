//! The message of a mistake, in parts.

use std::borrow::Cow;
use std::fmt;

use super::rendering::Rendering;
use crate::Key;

/// The message of an [`Issue`](crate::Issue): what is wrong, what to write instead, and what a browser would do.
///
/// A message consists of [`Part`]s, so that an editor can insert a [`Part::Value`], or a program can translate each
/// [`Part::Text`]. Keys and values print in the notation of the policy: `origins: ["https://a.example"]` for a policy in source,
/// `` `origins` = ["https://a.example"] `` in a draft, whose format is unknown, or `CORS_ORIGINS=https://a.example` in
/// environment variables.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Part, PolicyDraft};
///
/// let issues = PolicyDraft::new().origins(["https://app.example.com/"]).validate().unwrap_err();
/// let message = issues.iter().next().unwrap().message();
/// assert_eq!(message.summary(), "\"https://app.example.com/\" ends with a slash");
/// assert_eq!(message.summary_parts()[0], Part::User("https://app.example.com/".to_owned()));
/// assert_eq!(message.help(), "write \"https://app.example.com\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub(super) summary: Vec<Part>,
    pub(super) help: Vec<Part>,
    pub(super) notes: Vec<Vec<Part>>,
    pub(super) rendering: Rendering,
}

/// A part of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Text of this crate.
    Text(Cow<'static, str>),
    /// Text of the author. Prints in quotes, escaped, and shortened if it is very long.
    User(String),
    /// A key of the policy.
    Key(Key),
    /// A key and its value.
    Entry {
        /// The key.
        key: Key,
        /// The value.
        value: Literal,
    },
    /// A value. In most messages, the value to write.
    Value(Literal),
    /// Source code, or the name of a type or variable. Prints without quotes.
    Code(Cow<'static, str>),
}

/// A value of the policy language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Literal {
    /// A text. Prints in quotes if the notation has quotes.
    Text(Cow<'static, str>),
    /// A flag, a number or a word: `true`, `600`, `2h`. A word prints in quotes only in a draft.
    Bare(Cow<'static, str>),
    /// A list of texts.
    List(Vec<Cow<'static, str>>),
}

impl Message {
    pub(super) fn new(summary: Vec<Part>, help: Vec<Part>, note: Vec<Part>) -> Self {
        Self { notes: vec![note], ..Self::without_note(summary, help) }
    }

    pub(super) const fn without_note(summary: Vec<Part>, help: Vec<Part>) -> Self {
        Self { summary, help, notes: Vec::new(), rendering: Rendering::Source }
    }

    /// Returns what is wrong, as one line without a full stop.
    pub fn summary(&self) -> String {
        self.rendering.text(&self.summary)
    }

    /// Returns what to write instead.
    pub fn help(&self) -> String {
        self.rendering.text(&self.help)
    }

    /// Returns what a browser would do, or the reason for the rule. May be empty.
    pub fn notes(&self) -> Vec<String> {
        self.notes.iter().map(|note| self.rendering.text(note)).collect()
    }

    /// Returns the parts of the summary.
    pub fn summary_parts(&self) -> &[Part] {
        &self.summary
    }

    /// Returns the parts of the help.
    pub fn help_parts(&self) -> &[Part] {
        &self.help
    }

    /// Returns the parts of each note.
    pub fn notes_parts(&self) -> impl Iterator<Item = &[Part]> {
        self.notes.iter().map(Vec::as_slice)
    }
}

/// Prints one line for the summary, one that begins with `help:`, and one that begins with `note:` for each note.
impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\nhelp: {}", self.summary(), self.help())?;
        self.notes().iter().try_for_each(|note| write!(formatter, "\nnote: {note}"))
    }
}

impl From<&'static str> for Part {
    fn from(words: &'static str) -> Self {
        Self::Text(Cow::Borrowed(words))
    }
}

impl From<String> for Part {
    fn from(words: String) -> Self {
        Self::Text(Cow::Owned(words))
    }
}

impl From<&Key> for Part {
    fn from(key: &Key) -> Self {
        Self::Key(key.clone())
    }
}

impl Literal {
    pub(super) fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn bare(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Bare(text.into())
    }

    pub(super) fn list<T: Into<Cow<'static, str>>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<Literal> for Part {
    fn from(value: Literal) -> Self {
        Self::Value(value)
    }
}

pub(super) fn user(text: &str) -> Part {
    Part::User(text.to_owned())
}

/// Returns a text to write.
pub(super) fn value(text: impl Into<Cow<'static, str>>) -> Part {
    Part::Value(Literal::text(text))
}

pub(super) fn code(text: impl Into<Cow<'static, str>>) -> Part {
    Part::Code(text.into())
}

pub(super) fn entry(key: &Key, value: Literal) -> Part {
    Part::Entry { key: key.clone(), value }
}

/// Returns a `Vec` of parts. String literals become [`Part::Text`]; everything else is converted.
macro_rules! parts {
    ($($part:expr),* $(,)?) => { vec![$($crate::issue::message::Part::from($part)),*] };
}
pub(super) use parts;
