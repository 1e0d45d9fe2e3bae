//! Items for the expansion of [`cors_policy!`](crate::cors_policy). Not for users, and not stable.

pub use cors_core::__private::{checked_policy, packed};
pub use cors_macros::policy;

/// A policy with its header values, for statics.
pub mod prepared {
    pub use crate::prepared::{Prepared, PreparedRule, all, nothing};
}

/// Returns the middleware for a policy in the statics of an expansion.
#[track_caller]
pub const fn cors(prepared: &'static prepared::Prepared) -> crate::Cors {
    crate::Cors::from_static(prepared)
}
