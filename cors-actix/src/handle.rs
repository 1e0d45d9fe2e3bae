//! What replaces a policy while serving.

use std::sync::Arc;

use crate::checked::CheckedPolicy;
use crate::held::{CurrentPolicy, Replaceable};
use crate::source::SharedQuestions;

/// Replaces the policy of a [`Cors`](crate::Cors), for all its clones and all requests that come from then on.
///
/// [`Cors::replaceable`](crate::Cors::replaceable) and [`Cors::with_source`](crate::Cors::with_source) return one. All clones of a
/// handle are of the same policy.
#[derive(Clone, Debug)]
pub struct PolicyHandle {
    policy: Arc<Replaceable>,
    pub(crate) questions: Option<SharedQuestions>,
}

impl PolicyHandle {
    pub(crate) const fn new(policy: Arc<Replaceable>, questions: Option<SharedQuestions>) -> Self {
        Self { policy, questions }
    }

    /// Puts another policy in place of the present one. Answers of a source are forgotten; a draft of a policy that
    /// asks one says [`ask_for_other_origins`](cors_core::PolicyDraft::ask_for_other_origins). Only a checked policy goes in, so a draft
    /// with mistakes leaves the present one in place.
    pub fn replace(&self, policy: impl CheckedPolicy) {
        self.policy.replace(policy.into_policy());
        self.questions.iter().for_each(|questions| questions.forget_all());
    }

    /// Returns the policy that is in use now.
    pub fn policy(&self) -> CurrentPolicy {
        CurrentPolicy(self.policy.current())
    }
}
