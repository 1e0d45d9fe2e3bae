//! The type of policy that the middleware accepts.

use cors_core::Policy;

/// A validated policy. Implemented for [`Policy`] only.
///
/// A [`PolicyDraft`](crate::PolicyDraft) does not implement it. Call `validate` first:
///
/// ```
/// use cors_actix::{Cors, PolicyDraft};
///
/// let draft = PolicyDraft::new().origins(["https://app.example.com"]);
/// let cors = Cors::new(draft.validate()?);
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "this policy has not been checked",
    label = "`{Self}` is not a checked policy",
    note = "write `.validate()?` after a draft: it returns the policy, or all mistakes at once",
    note = "a policy in the source is checked by the compiler: cors_policy! {{ origins: [\"https://app.example.com\"] }}"
)]
pub trait CheckedPolicy: sealed::Sealed {
    /// Returns the policy.
    fn into_policy(self) -> Policy;
}

impl CheckedPolicy for Policy {
    fn into_policy(self) -> Self {
        self
    }
}

/// Private, so that no other type can implement `CheckedPolicy`.
mod sealed {
    pub trait Sealed {}

    impl Sealed for cors_core::Policy {}
}
