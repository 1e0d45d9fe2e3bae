//! What a reason and a cause are, by their entry in the catalogue.

use std::fmt;

use super::catalogue::{CHECK, Cause, PREFLIGHT, Reason};
use super::statement::Statement;

impl Reason {
    /// A short name that does not change, such as `allow-origin-missing`.
    pub const fn code(&self) -> &'static str {
        self.cause().code()
    }

    /// The number of the statement that blocks, such as `CHK-1`.
    pub fn statement(&self) -> &'static str {
        let header = match self {
            Self::HeaderNotAllowed { name, .. } => Some(name.as_str()),
            _ => None,
        };
        self.blocking().about(header).number
    }

    /// Where the standard says so.
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
    /// The number of the statement that blocks, such as `CHK-3`; none where CORS does not.
    pub fn statement(self) -> Option<&'static str> {
        self.blocking().map(|statement| statement.number)
    }

    /// Where the standard says so.
    pub fn anchor(self) -> Option<String> {
        self.blocking().map(Statement::anchor)
    }

    /// Whether CORS headers of a server decide about it, so that a policy has a say.
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
