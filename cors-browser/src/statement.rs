//! Statements of the standard, and the macro for the catalogue of reasons.

use cors_core::names::is_non_wildcard_request_header;

/// A statement of the standard that blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    /// The number in `DESIGN.md`.
    pub(crate) number: &'static str,
    pub(crate) fragment: &'static str,
}

impl Statement {
    /// Returns PRE-14 instead of PRE-15 if the header is one that `*` does not cover.
    pub(crate) fn for_header(self, header: Option<&str>) -> Self {
        match self.number {
            "PRE-15" if header.is_some_and(is_non_wildcard_request_header) => Self { number: "PRE-14", ..self },
            _ => self,
        }
    }

    pub(crate) fn anchor(self) -> String {
        format!("https://fetch.spec.whatwg.org/#{}", self.fragment)
    }
}

/// Defines [`Reason`] and [`Cause`] from one table. Each reason is also a cause, without its details.
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
            /// All causes.
            pub const ALL: &'static [Self] = &[$(Self::$reason,)+ $(Self::$other,)+];

            /// Returns a short, stable name, such as `several-allowed-origins`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$reason => $code,)+ $(Self::$other => $other_code,)+ }
            }

            /// Returns the statement that blocks; `None` if CORS does not block.
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
