//! Converts the mistakes of all builds to compile errors: each once, at the tokens to change, in the order of the
//! source.

use std::collections::BTreeMap;

use cors_core::__private::document::{Mark, Presence};
use cors_core::__private::in_build;
use cors_core::{Issue, IssueKind};

use crate::build::Build;
use crate::configuration::Combination;
use crate::source::{LocatedIssue, Source};

/// Returns every mistake of the source: of the grammar, and of the policy in any build.
pub(crate) fn collect(source: &Source, builds: &[Build]) -> Vec<LocatedIssue> {
    let mut found: BTreeMap<_, (&Issue, Vec<Combination>)> = BTreeMap::new();
    for build in builds {
        for (index, (mark, issue)) in build.issues.iter().enumerate() {
            let code = issue.kind().code();
            let is_like_it = |(other, before): &&(Mark, Issue)| other == mark && before.kind().code() == code;
            let key = (*mark, code, build.issues[..index].iter().filter(is_like_it).count());
            found.entry(key).or_insert_with(|| (issue, Vec::new())).1.push(build.combination);
        }
    }
    let of_policy =
        found.into_iter().filter_map(|((mark, ..), (issue, affected))| located(source, builds, mark, issue, &affected));
    let mut issues: Vec<LocatedIssue> = source.issues.iter().cloned().chain(of_policy).collect();
    issues.sort_by_key(|located| located.extent.position());
    issues
}

/// Returns a mistake at its tokens, with a note if only some builds have it. `None` if it is no mistake of the whole
/// policy.
fn located(
    source: &Source,
    builds: &[Build],
    mark: Mark,
    issue: &Issue,
    affected: &[Combination],
) -> Option<LocatedIssue> {
    let mut issue = issue.clone();
    // A build with this mistake does not have the place of the missing key.
    let is_missing = matches!(issue.kind(), IssueKind::Missing);
    let is_candidate = |build: &&Build| is_missing || source.presence(mark, build.combination) != Presence::Absent;
    if builds.iter().filter(is_candidate).count() > affected.len() {
        // An entry of `dangerously_allow` is needed if one build needs it.
        if matches!(issue.kind(), IssueKind::AllowsNothing { .. }) {
            return None;
        }
        issue = in_build(issue, source.options.describe(affected));
    }
    Some(LocatedIssue { extent: source.marks[mark].extent, issue })
}
