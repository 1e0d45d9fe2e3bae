//! A policy that is tried out beside the one in use.

use cors_core::{Answered, Decision, Policy, decide};

use super::event::{Decided, Observer};
use super::log;
use crate::record::{Counters, RefusalLimit};

/// Counts and logs what a policy would refuse of what the policy in use grants.
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

    /// Returns what this policy would have decided about a request, or `None` if nobody asked its source.
    pub(super) fn judge<'a>(&'a self, kept: &Decided<'a>) -> Option<Decided<'a>> {
        let decision = match decide(&self.policy, &kept.request) {
            // Nobody waits for a shadow: its source is that of the policy in use, as far as that was asked.
            Decision::Ask(ask) => {
                let answered = kept.answered?;
                // The shadow may not ask what the policy in use may.
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
