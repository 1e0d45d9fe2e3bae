//! Issues to mistakes: each once, at the tokens that must change, in the order of the source.

use std::collections::BTreeMap;

use cors_core::__private::{Presence, in_build, mark_of};
use cors_core::{Issue, IssueKind};

use crate::build::Build;
use crate::configuration::Combination;
use crate::source::{Mistake, Source};

/// Every mistake of the source: those of the grammar, and those of the policy in any build.
pub(crate) fn collect(source: &Source, builds: &[Build]) -> Vec<Mistake> {
    let mut found: BTreeMap<_, (&Issue, Vec<Combination>)> = BTreeMap::new();
    for build in builds {
        for issue in &build.issues {
            let key = (mark_of(issue), issue.kind().code());
            found.entry(key).or_insert_with(|| (issue, Vec::new())).1.push(build.combination);
        }
    }
    let of_grammar =
        source.mistakes.iter().map(|mistake| Mistake { extent: mistake.extent, issue: mistake.issue.clone() });
    let of_policy = found.into_values().filter_map(|(issue, wrong)| mistake(source, builds, issue, &wrong));
    let mut mistakes: Vec<Mistake> = of_grammar.chain(of_policy).collect();
    mistakes.sort_by_key(|mistake| mistake.extent.position());
    mistakes
}

/// One mistake, with the builds that have it where others do not.
fn mistake(source: &Source, builds: &[Build], issue: &Issue, wrong: &[Combination]) -> Option<Mistake> {
    let mark = mark_of(issue);
    let mut issue = issue.clone();
    // What is missing is there in no build that misses it.
    let is_missing = matches!(issue.kind(), IssueKind::Missing);
    let could_be_wrong = |build: &&Build| is_missing || source.presence(mark, build.combination) != Presence::Absent;
    if builds.iter().filter(could_be_wrong).count() > wrong.len() {
        // Needed by one build is needed.
        if matches!(issue.kind(), IssueKind::AllowsNothing { .. }) {
            return None;
        }
        in_build(&mut issue, source.atoms.describe(wrong));
    }
    Some(Mistake { extent: source.marks[mark].extent, issue })
}
