//! A decision as observers get it.

use cors_core::{Answered, Decision, Denial};

use crate::held::Current;
use crate::name::PolicyName;

/// A decision and its circumstances.
#[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only observers read it"))]
pub(crate) struct Observed<'a> {
    pub(crate) name: PolicyName,
    pub(crate) current: &'a Current,
    pub(crate) decision: &'a Decision<'a>,
    /// Why a nested policy refuses a request that it would forward if it were alone.
    pub(crate) refused: Option<Denial>,
    pub(crate) answered: Option<Answered>,
    pub(crate) is_inside: bool,
}

impl<'a> Observed<'a> {
    /// Returns the decision of a policy that is not nested.
    pub(crate) const fn alone(name: PolicyName, current: &'a Current, decision: &'a Decision<'a>) -> Self {
        Self { name, current, decision, refused: None, answered: None, is_inside: false }
    }
}
