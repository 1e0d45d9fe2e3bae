//! The policy of each build that can be.

use cors_core::__private::check as check_document;
use cors_core::{Issue, Policy};

use crate::configuration::Combination;
use crate::source::Source;

/// What the policy is in one build.
pub(crate) struct Build {
    pub(crate) combination: Combination,
    /// None when there are issues, or a required variable is unset.
    pub(crate) policy: Option<Policy>,
    pub(crate) issues: Vec<Issue>,
}

/// The policy of every build, checked.
pub(crate) fn check(source: &Source) -> Vec<Build> {
    let check = |combination| {
        let document = source.document.in_build(|mark| source.presence(mark, combination));
        let (policy, issues) = check_document(&document);
        Build { combination, policy, issues }
    };
    source.atoms.combinations().into_iter().map(check).collect()
}
