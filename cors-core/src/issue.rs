//! Mistakes in a policy: the place, the kind, and the text to write instead.

mod from;
mod issues;
#[cfg(feature = "serde")]
mod json;
mod kind;
mod message;
mod place;
mod rendering;
mod syntax;
mod words;

use std::error::Error;
use std::fmt;

use crate::Key;
pub use issues::Issues;
pub use kind::IssueKind;
pub use message::{Literal, Message, Part};
pub use place::Place;
pub use syntax::SyntaxIssue;

/// One mistake in a policy.
///
/// [`message`](Self::message) returns the text in parts. Prints as in a compile error: one line that says what is
/// wrong, then `help:` with the text to write instead, then `note:` with what a browser would do.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let issues = PolicyDraft::new().origins(["https://app.example.com/"]).validate().unwrap_err();
/// let issue = issues.iter().next().unwrap();
/// assert_eq!(issue.place().to_string(), "origins[0]");
/// assert_eq!(issue.kind().code(), "unserialisable-origin");
/// assert_eq!(issue.to_string(), "\
/// \"https://app.example.com/\" ends with a slash
/// help: write \"https://app.example.com\"
/// note: an origin is scheme, host and port, and browsers send nothing more; \
/// the match is byte for byte, so this would never match");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    place: Place,
    kind: IssueKind,
    written: WrittenIn,
    build: Option<String>,
}

/// Where the part with the mistake is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum WrittenIn {
    /// In source.
    Source,
    /// In an environment variable with items of a list, for a policy in source.
    ItemsVariable(String),
    /// In a file, or in calls of a program.
    Data,
    /// In an environment variable of a policy in variables. The name is this prefix and the key.
    KeyVariable { prefix: String },
}

impl Issue {
    /// Returns a mistake at a place.
    pub(crate) const fn new(place: Place, kind: IssueKind) -> Self {
        Self { place, kind, written: WrittenIn::Source, build: None }
    }

    /// Places the mistake in the value of an environment variable.
    pub(crate) fn in_variable(mut self, variable: &str) -> Self {
        self.written = WrittenIn::ItemsVariable(variable.to_owned());
        self
    }

    /// Places the mistake in a policy in environment variables whose names begin with `prefix`.
    pub(crate) fn in_variables(mut self, prefix: &str) -> Self {
        self.written = WrittenIn::KeyVariable { prefix: prefix.to_owned() };
        self
    }

    /// Places the mistake in a policy in a file, or in calls of a program.
    pub(crate) fn in_data(mut self) -> Self {
        self.written = WrittenIn::Data;
        self
    }

    /// Puts the misspelt name of a key into the place.
    pub(crate) fn at_misspelt(mut self, key: &Key, name: &str) -> Self {
        self.place = self.place.misspelt(key, name);
        self
    }

    /// Places the mistake in the rule with this index.
    pub(crate) fn in_rule(mut self, index: usize) -> Self {
        self.place = self.place.in_rule(index);
        self
    }

    /// Adds a note that only builds with this configuration have the mistake.
    pub(crate) fn in_build(mut self, configuration: String) -> Self {
        self.build = Some(configuration);
        self
    }

    /// Returns the place in the policy.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Returns the kind of the mistake.
    pub const fn kind(&self) -> &IssueKind {
        &self.kind
    }

    /// Whether the message names the variable, which is the place.
    pub(super) const fn names_its_variable(&self) -> bool {
        matches!(self.written, WrittenIn::KeyVariable { .. })
    }

    /// Returns the name of the variable with the mistake, if there is one.
    #[cfg(feature = "serde")]
    fn variable(&self) -> Option<String> {
        match &self.written {
            WrittenIn::Source | WrittenIn::Data => None,
            WrittenIn::ItemsVariable(name) => Some(name.clone()),
            WrittenIn::KeyVariable { prefix } => Some(words::variable_of(prefix, &self.place)),
        }
    }

    /// Returns the message for the author of the policy.
    pub fn message(&self) -> Message {
        let mut message = match &self.written {
            WrittenIn::Source => words::of(&self.place, &self.kind),
            WrittenIn::ItemsVariable(name) => words::in_variable(name, words::of(&self.place, &self.kind)),
            WrittenIn::Data => words::in_data(&self.place, &self.kind),
            WrittenIn::KeyVariable { prefix } => words::in_variables(prefix, &self.place, &self.kind),
        };
        let build = self.build.as_ref().map(|build| words::in_build(build));
        message.notes.extend(build);
        message
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(formatter)
    }
}

impl Error for Issue {}
