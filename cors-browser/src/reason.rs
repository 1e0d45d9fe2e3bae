//! What a reason and a cause are, by their entry in the catalogue.

use std::fmt;

use super::catalogue::{CHECK, Cause, PREFLIGHT, Reason};

/// A statement of the standard, as a verdict and its explanation name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    /// As `DESIGN.md` lists it.
    pub(crate) number: &'static str,
    pub(crate) fragment: &'static str,
}

impl Statement {
    pub(crate) fn anchor(self) -> String {
        format!("https://fetch.spec.whatwg.org/#{}", self.fragment)
    }
}

/// Makes [`Reason`] and [`Cause`] of one table: each reason is a cause, without its details.
macro_rules! catalogue {
    (
        $(#[$reason_doc:meta])* reasons { $(
            $(#[$doc:meta])*
            $reason:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })? =
                $code:literal, $number:literal, $fragment:expr;
        )+ }
        $(#[$cause_doc:meta])* causes { $(
            $(#[$other_doc:meta])*
            $other:ident = $other_code:literal $(, $other_number:literal, $other_fragment:expr)?;
        )+ }
    ) => {
        $(#[$reason_doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason { $(
            $(#[$doc])*
            $reason $({ $($(#[$field_doc])* $field: $type,)+ })?,
        )+ }

        $(#[$cause_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$doc])* $reason,)+
            $($(#[$other_doc])* $other,)+
        }

        impl Reason {
            pub(crate) const fn cause(&self) -> Cause {
                match self { $(Self::$reason { .. } => Cause::$reason,)+ }
            }

            pub(crate) const fn blocking(&self) -> Statement {
                match self { $(Self::$reason { .. } => Statement { number: $number, fragment: $fragment },)+ }
            }
        }

        impl Cause {
            /// A short name that does not change, such as `several-allowed-origins`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$reason => $code,)+ $(Self::$other => $other_code,)+ }
            }

            /// The statement that blocks; none where CORS does not.
            pub(crate) const fn blocking(self) -> Option<Statement> {
                match self {
                    $(Self::$reason => Some(Statement { number: $number, fragment: $fragment }),)+
                    $($(Self::$other => Some(Statement { number: $other_number, fragment: $other_fragment }),)?)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use catalogue;

impl Reason {
    /// A short name that does not change, such as `allow-origin-missing`.
    pub const fn code(&self) -> &'static str {
        self.cause().code()
    }

    /// The number of the statement that blocks, such as `CHK-1`.
    pub fn statement(&self) -> &'static str {
        match self {
            Self::HeaderNotAllowed { name, .. } if name == "authorization" => "PRE-14",
            _ => self.blocking().number,
        }
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
