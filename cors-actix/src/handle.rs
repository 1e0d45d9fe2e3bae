//! The handle that replaces a policy while serving.

use std::sync::Arc;

use crate::checked::CheckedPolicy;
use crate::held::{CurrentPolicy, Replaceable};

/// Replaces the policy of a [`Cors`](crate::Cors) and all its clones, for all later requests.
///
/// [`Cors::replaceable`](crate::Cors::replaceable) returns one. Clones of a handle replace the same policy.
///
/// ```
/// use std::fs;
///
/// use cors_actix::{List, PolicyDraft, PolicyHandle};
///
/// /// Called by a file watcher. The file has one origin per line. A file with a mistake changes nothing.
/// fn reload(handle: &PolicyHandle) -> Result<(), Box<dyn std::error::Error>> {
///     let origins: List = fs::read_to_string("origins.txt")?.lines().collect();
///     handle.replace(PolicyDraft::new().origins(origins).credentials(true).validate()?);
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct PolicyHandle(pub(crate) Arc<Replaceable>);

impl PolicyHandle {
    /// Replaces the policy. Accepts only a validated policy, so a draft with mistakes changes nothing.
    pub fn replace(&self, policy: impl CheckedPolicy) {
        self.0.replace(policy.into_policy());
    }

    /// Returns the policy that is in use now.
    pub fn policy(&self) -> CurrentPolicy {
        CurrentPolicy(self.0.current())
    }
}
