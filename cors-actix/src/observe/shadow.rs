//! A shadow policy: another policy that is tried beside the one in use.

use cors_core::{Answered, Decision, Policy, decide};

use super::event::{Decided, Observer};
use super::log;
use crate::record::{Counters, RefusalLimit};

/// Counts and logs requests that this policy would refuse and the policy in use grants.
pub(crate) struct Shadow {
    policy: Policy,
    pub(crate) counters: Counters,
    refusals: RefusalLimit,
}

impl Shadow {
    pub(crate) const fn new(policy: Policy) -> Self {
        Self { policy, counters: Counters::new(), refusals: RefusalLimit::new() }
    }

    #[allow(dead_code, reason = "the feature `inspector` reads it")]
    pub(crate) const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Returns the decision of this policy about a request, or `None` if the source was not asked.
    pub(super) fn judge<'a>(&'a self, kept: &Decided<'a>) -> Option<Decided<'a>> {
        let decision = match decide(&self.policy, &kept.request) {
            // Does not wait for a source. Uses the answer of the source of the policy in use, if there is one.
            Decision::Ask(ask) => {
                let answered = kept.answered?;
                // The shadow may deny without a question, for example an insecure origin.
                let answered = ask.question(&kept.request).map_or_else(Answered::NotAsked, |_| answered);
                ask.resume(answered, &kept.request)
            }
            decision => decision,
        };
        let method = kept.request.request().method().as_str().as_bytes();
        let refused = if kept.is_inside { decision.refused_inside(method, &kept.request) } else { None };
        let (name, answered) = (kept.policy_name(), kept.answered);
        Some(Decided::new(name, &self.policy, kept.request, &decision, refused, answered, kept.is_inside))
    }
}

impl Observer for Shadow {
    fn decided(&self, kept: &Decided<'_>) {
        if kept.denial().is_some() {
            return;
        }
        if let Some(decided) = self.judge(kept)
            && let Some(denial) = decided.denial()
        {
            self.counters.add_refused(denial);
            log::would_have_refused(&decided, &self.refusals);
        }
    }
}
