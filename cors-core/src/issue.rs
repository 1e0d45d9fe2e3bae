//! Mistakes in a policy: where, what, and what to write instead.

mod from;
mod issues;
#[cfg(feature = "serde")]
mod json;
mod kind;
mod message;
mod place;
mod rendering;
mod words;

use std::error::Error;
use std::fmt;

pub use issues::Issues;
pub use kind::{IssueKind, SyntaxIssue};
pub use message::{Literal, Message, Part};
pub use place::Place;

/// One mistake in a policy.
///
/// Its [`Message`] has the words in parts. Its `Display` prints them, as the compiler does for a policy in source and an error at
/// run time: one line that says what is wrong, then `help:` with what to write instead, then `note:` with what a browser would do.
///
/// ```
/// use cors_core::PolicyDraft;
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
    variable: Option<Variable>,
    build: Option<String>,
}

/// The environment variable that an author looks into.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Variable {
    /// It holds items of a list that stands in the source.
    OfItems(String),
    /// The whole policy stands in variables, each a key after this prefix.
    OfKey { prefix: String },
}

impl Issue {
    /// A mistake at a place.
    pub(crate) const fn new(place: Place, kind: IssueKind) -> Self {
        Self { place, kind, variable: None, build: None }
    }

    /// Says that the text came from an environment variable, so that the author looks there.
    pub(crate) fn in_variable(mut self, variable: &str) -> Self {
        self.variable = Some(Variable::OfItems(variable.to_owned()));
        self
    }

    /// Says that the policy was read from environment variables whose names begin with `prefix`.
    pub(crate) fn in_variables(mut self, prefix: &str) -> Self {
        self.variable = Some(Variable::OfKey { prefix: prefix.to_owned() });
        self
    }

    /// The same mistake at a key that is written in another way.
    pub(crate) fn at_misspelt(mut self, name: &str) -> Self {
        self.place = self.place.misspelt(name);
        self
    }

    /// The same mistake in a rule of the policy.
    pub(crate) fn in_rule(mut self, index: usize) -> Self {
        self.place = self.place.in_rule(index);
        self
    }

    /// Returns the mistake with a note that only builds with this configuration have it.
    pub(crate) fn in_build(mut self, configuration: String) -> Self {
        self.build = Some(configuration);
        self
    }

    /// Where in the policy.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong.
    pub const fn kind(&self) -> &IssueKind {
        &self.kind
    }

    /// Whether the text begins with the place, as the name of a variable.
    pub(super) const fn names_its_variable(&self) -> bool {
        matches!(self.variable, Some(Variable::OfKey { .. }))
    }

    /// The variable that the author looks into, if the policy or a part of it stands in one.
    #[cfg(feature = "serde")]
    fn variable(&self) -> Option<String> {
        match self.variable.as_ref()? {
            Variable::OfItems(name) => Some(name.clone()),
            Variable::OfKey { prefix } => Some(words::variable_of(prefix, &self.place)),
        }
    }

    /// What to tell the author.
    pub fn message(&self) -> Message {
        let mut message = match &self.variable {
            None => words::of(&self.place, &self.kind),
            Some(Variable::OfItems(name)) => words::in_variable(name, words::of(&self.place, &self.kind)),
            Some(Variable::OfKey { prefix }) => words::in_variables(prefix, &self.place, &self.kind),
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
