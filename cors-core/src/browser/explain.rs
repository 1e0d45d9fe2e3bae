//! Why a browser blocks, for people: what it wanted, what it got, what its console says, and what to write instead.

mod cause;

use std::fmt;

use super::{At, Blocked, Engine, Page, ScriptRequest};
use crate::{Place, Policy};
pub use cause::Cause;

/// Why a page may not read an answer, and what to do about it.
///
/// Its `Display` is made like the messages of the compiler: what is wrong, then `help:` with what to write, then `note:` with why or
/// what else it may be, and `warning:` where the wish is dangerous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    cause: Cause,
    at: Option<At>,
}

impl Explanation {
    /// Explains a verdict. The request is as the script stated it.
    pub fn new(blocked: &Blocked, page: &Page, request: &ScriptRequest) -> Self {
        todo!("{blocked:?} {page:?} {request:?}")
    }

    /// Explains a message of the console of Chromium, Firefox or WebKit; none where it is about something else. Quotes, line breaks and
    /// what stands before and after do not matter.
    pub fn from_console(text: &str) -> Option<Self> {
        todo!("{text}")
    }

    /// The same with the policy of the server that answered, from which the [`fix`](Self::fix) comes.
    #[must_use]
    pub fn with_policy(self, policy: &Policy) -> Self {
        todo!("{policy}")
    }

    /// What asked: `fetch`, unless this says something else.
    #[must_use]
    pub fn asked_by(self, initiator: InitiatorType) -> Self {
        todo!("{initiator:?}")
    }

    /// What is wrong.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// At which step, where it is known.
    pub fn at(&self) -> Option<At> {
        self.at
    }

    /// What is wrong in one sentence.
    pub fn reason(&self) -> String {
        todo!()
    }

    /// What the console of this engine says, where that is known.
    pub fn console(&self, engine: Engine) -> Option<String> {
        todo!("{engine:?}")
    }

    /// The header lines that the server would have to send. None where there is a policy, which says it better, and where no
    /// header is the remedy.
    pub fn header_lines(&self) -> Vec<String> {
        todo!()
    }

    /// What to write in the policy, if that is the remedy and the policy would have no mistake then.
    pub fn fix(&self) -> Option<&Fix> {
        todo!()
    }

    /// What to do, each a line or several.
    pub fn help(&self) -> Vec<String> {
        todo!()
    }

    /// Why it is so, and what else may be the cause.
    pub fn notes(&self) -> Vec<String> {
        todo!()
    }

    /// Why the wish is dangerous, where it is.
    pub fn warning(&self) -> Option<String> {
        todo!()
    }
}

/// What asked for something, as Chromium's console names it
/// (<https://fetch.spec.whatwg.org/#request-initiator-type>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InitiatorType {
    /// `fetch()`.
    #[default]
    Fetch,
    /// `XMLHttpRequest`.
    XmlHttpRequest,
    /// `<script crossorigin>`, `import`.
    Script,
    /// `<img crossorigin>`.
    Image,
    /// `@font-face`.
    Font,
    /// Anything else, such as `EventSource`.
    Resource,
}

/// What to write in a policy, and the policy with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    changes: Vec<(Place, String)>,
    policy: Policy,
}

impl Fix {
    /// The places and the lines to write there, such as `methods: [PUT, DELETE],`.
    pub fn changes(&self) -> &[(Place, String)] {
        &self.changes
    }

    /// The whole policy with these changes.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason())
    }
}
