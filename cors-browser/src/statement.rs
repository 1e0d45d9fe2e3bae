//! Statements of the standard, and what the catalogue of reasons is made by.

use cors_core::names::is_non_wildcard_request_header;

/// A statement of the standard, as a verdict and its explanation name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    /// As `DESIGN.md` lists it.
    pub(crate) number: &'static str,
    pub(crate) fragment: &'static str,
}

impl Statement {
    /// What stands where a request header is the matter: PRE-14 is that of names which `*` does not cover.
    pub(crate) fn about(self, header: Option<&str>) -> Self {
        match self.number {
            "PRE-15" if header.is_some_and(is_non_wildcard_request_header) => Self { number: "PRE-14", ..self },
            _ => self,
        }
    }

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
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$reason,)+ $(Self::$other,)+];

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
