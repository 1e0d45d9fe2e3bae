//! The code, statement and anchor of reasons and causes.

use std::fmt;

use super::catalogue::{CHECK, Cause, PREFLIGHT, Reason};
use super::statement::Statement;

impl Reason {
    /// Returns a short, stable name, such as `allow-origin-missing`.
    pub const fn code(&self) -> &'static str {
        self.cause().code()
    }

    /// Returns the number of the statement that blocks, such as `CHK-1`.
    pub fn statement(&self) -> &'static str {
        let header = match self {
            Self::HeaderNotAllowed { name, .. } => Some(name.as_str()),
            _ => None,
        };
        self.blocking().for_header(header).number
    }

    /// Returns the URL of the statement in the standard.
    pub fn anchor(&self) -> String {
        self.blocking().anchor()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.code(), self.statement())
    }
}

impl Cause {
    /// Returns the number of the statement that blocks, such as `CHK-3`; `None` if CORS does not block.
    pub fn statement(self) -> Option<&'static str> {
        self.blocking().map(|statement| statement.number)
    }

    /// Returns the URL of the statement in the standard; `None` if CORS does not block.
    pub fn anchor(self) -> Option<String> {
        self.blocking().map(Statement::anchor)
    }

    /// Whether CORS headers of the server decide about it, so that a policy can be the remedy.
    pub(crate) fn is_about_cors_headers(self) -> bool {
        self.blocking().is_some_and(|statement| [CHECK, PREFLIGHT].contains(&statement.fragment))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement() {
            Some(statement) => write!(formatter, "{} ({statement})", self.code()),
            None => formatter.write_str(self.code()),
        }
    }
}
