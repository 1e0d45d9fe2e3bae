//! The policy of every possible build.

use cors_core::__private::document::Mark;
use cors_core::{__private, Issue, Policy};

use crate::configuration::Combination;
use crate::source::Source;

/// The policy in one build.
pub(crate) struct Build {
    pub(crate) combination: Combination,
    /// `None` when there are mistakes, or when a required variable is not set.
    pub(crate) policy: Option<Policy>,
    /// The mistakes, each with the mark of its place.
    pub(crate) issues: Vec<(Mark, Issue)>,
}

/// Checks the policy of every build.
pub(crate) fn check(source: &Source) -> Vec<Build> {
    let check = |combination| {
        let document = source.document.in_build(|mark| source.presence(mark, combination));
        let (policy, issues) = __private::check(&document);
        Build { combination, policy, issues }
    };
    source.options.combinations().into_iter().map(check).collect()
}
