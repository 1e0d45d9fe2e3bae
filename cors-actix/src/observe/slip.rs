//! What the policies around a handler decided about one request.

use std::cell::RefCell;
use std::rc::Rc;

use cors_core::Denial;

use super::event::Decided;
use crate::held::{Current, CurrentPolicy};
use crate::name::PolicyName;

/// A slip that goes along with a request, in its extensions. Each policy that decides writes on it, the outermost first.
#[derive(Clone, Default)]
pub(crate) struct Slip(Rc<RefCell<Written>>);

/// What policies wrote about one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) decided: Vec<Seen>,
    /// Conflicts between nested policies, as text.
    conflicts: Vec<String>,
}

/// A policy that decided about a request.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) name: PolicyName,
    pub(crate) policy: CurrentPolicy,
    pub(crate) denial: Option<Denial>,
    /// Whether the policy answered in place of the app.
    pub(crate) is_answer: bool,
}

impl Written {
    /// Returns what two policies disagree about, if any do.
    pub(crate) fn conflict(&self) -> Option<&str> {
        self.conflicts.first().map(String::as_str)
    }

    /// Returns the policy that refused the request, or else the outermost.
    pub(crate) fn deciding(&self) -> Option<&Seen> {
        self.decided.iter().find(|seen| seen.denial.is_some()).or(self.decided.first())
    }
}

impl Slip {
    pub(super) fn decided(&self, decided: &Decided<'_>, current: &Current) {
        self.0.borrow_mut().decided.push(Seen {
            name: decided.policy_name(),
            policy: CurrentPolicy(current.clone()),
            denial: decided.denial(),
            is_answer: decided.is_answer,
        });
    }

    pub(super) fn nested(&self, conflict: String) {
        self.0.borrow_mut().conflicts.push(conflict);
    }

    pub(crate) fn written(&self) -> Written {
        self.0.borrow().clone()
    }
}
