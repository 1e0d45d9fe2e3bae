//! The name of a policy.

use std::fmt;
use std::panic::Location;

/// The name of a policy in logs, counters and pages: the name from [`Cors::name`](crate::Cors::name), or else the
/// file and line where the policy was made. `to_string()` returns its text.
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

    /// Returns the file and line of the caller.
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
