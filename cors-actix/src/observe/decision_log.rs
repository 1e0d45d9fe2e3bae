//! What the policies around a handler decided about one request.

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

/// What policies decided about one request.
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
    /// Whether the policy answered in place of the app.
    pub(crate) is_answer: bool,
    /// What its shadow policy would have decided, if it has one.
    pub(crate) shadow: Option<ShadowDecision>,
}

/// What a shadow policy would have decided.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ShadowDecision {
    Refused(Denial),
    RefusedNothing,
    /// The source of origins would have to be asked.
    Unknown,
}

impl Decisions {
    /// Returns what two policies disagree about, if any do.
    pub(crate) fn conflict(&self) -> Option<&str> {
        self.conflicts.first().map(String::as_str)
    }

    /// Returns the policy that refused the request, or else the outermost.
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
