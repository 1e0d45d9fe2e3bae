//! What a policy is called.

use std::fmt;
use std::panic::Location;

/// The name of a policy in logs, counters and pages: what [`Cors::name`](crate::Cors::name) says, or else the file and line where the
/// policy was made. Its text is that of `to_string()`.
///
/// ```
/// use cors_actix::{Cors, cors_policy};
///
/// const ADMIN: Cors = cors_policy! { origins: ["https://admin.example.com"] }.name("admin");
/// assert_eq!(ADMIN.policy_name().to_string(), "admin");
///
/// let unnamed = cors_policy! { origins: "*" };
/// assert!(unnamed.policy_name().to_string().contains(".rs:"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyName(Name);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    Given(&'static str),
    MadeAt(&'static Location<'static>),
}

impl PolicyName {
    pub(crate) const fn given(name: &'static str) -> Self {
        Self(Name::Given(name))
    }

    /// Returns the place in the program that calls.
    #[track_caller]
    pub(crate) const fn of_caller() -> Self {
        Self(Name::MadeAt(Location::caller()))
    }
}

impl fmt::Display for PolicyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Name::Given(name) => formatter.write_str(name),
            Name::MadeAt(place) => write!(formatter, "{}:{}", place.file(), place.line()),
        }
    }
}

impl fmt::Debug for PolicyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{self}\"")
    }
}
