//! The decisions of the policies around a handler about one request.

use std::cell::RefCell;
use std::rc::Rc;

use cors_core::Denial;

use super::Shadow;
use super::event::Decided;
use crate::held::{Current, CurrentPolicy};
use crate::name::PolicyName;

/// The decisions about one request, in its extensions. Each policy that decides adds one, the outermost first.
#[derive(Clone, Default)]
pub(crate) struct DecisionLog(Rc<RefCell<Decisions>>);

/// Decisions of policies about one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decisions {
    pub(crate) policies: Vec<PolicyDecision>,
    /// Conflicts between nested policies, as text.
    conflicts: Vec<String>,
}

/// A policy that decided about a request.
#[derive(Clone, Debug)]
pub(crate) struct PolicyDecision {
    pub(crate) name: PolicyName,
    pub(crate) policy: CurrentPolicy,
    pub(crate) denial: Option<Denial>,
    /// Whether the policy answered instead of the app.
    pub(crate) is_answer: bool,
    /// The decision of its shadow policy, if it has one.
    pub(crate) shadow: Option<ShadowDecision>,
}

/// The decision of a shadow policy.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ShadowDecision {
    Refused(Denial),
    RefusedNothing,
    /// The source of origins was not asked.
    Unknown,
}

impl Decisions {
    /// Returns the disagreement of two policies, if there is one.
    pub(crate) fn conflict(&self) -> Option<&str> {
        self.conflicts.first().map(String::as_str)
    }

    /// Returns the policy that refused the request, or else the outermost policy.
    pub(crate) fn deciding(&self) -> Option<&PolicyDecision> {
        self.policies.iter().find(|seen| seen.denial.is_some()).or(self.policies.first())
    }
}

impl ShadowDecision {
    fn of(shadow: &Shadow, decided: &Decided<'_>) -> Self {
        match shadow.judge(decided).map(|judged| judged.denial()) {
            Some(Some(denial)) => Self::Refused(denial),
            Some(None) => Self::RefusedNothing,
            None => Self::Unknown,
        }
    }
}

impl DecisionLog {
    pub(super) fn decided(&self, decided: &Decided<'_>, current: &Current, shadow: Option<&Shadow>) {
        self.0.borrow_mut().policies.push(PolicyDecision {
            name: decided.policy_name(),
            policy: CurrentPolicy(current.clone()),
            denial: decided.denial(),
            is_answer: decided.is_answer,
            shadow: shadow.map(|shadow| ShadowDecision::of(shadow, decided)),
        });
    }

    pub(super) fn nested(&self, conflict: String) {
        self.0.borrow_mut().conflicts.push(conflict);
    }

    pub(crate) fn decisions(&self) -> Decisions {
        self.0.borrow().clone()
    }
}
