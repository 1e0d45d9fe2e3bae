//! Issues to mistakes: each once, at the tokens that must change, in the order of the source.

use std::collections::BTreeMap;

use cors_core::__private::Syntax;
use cors_core::{Issue, IssueKind, Key};

use crate::configuration::Combination;
use crate::extent::Extent;
use crate::lower::{Lowered, Text, TextId};
use crate::parse::{Mistake, Source};

/// A mistake of one text, over all builds.
struct Found {
    extent: Extent,
    issue: Issue,
    builds: Vec<Combination>,
}

/// Every mistake of the source: those of the grammar, and those of the policy in any build.
pub(crate) fn collect(source: &Source, builds: &[Lowered]) -> Vec<Mistake> {
    let mut found: BTreeMap<(Option<TextId>, &str), Found> = BTreeMap::new();
    for lowered in builds {
        for (text, issue) in issues(source, lowered) {
            let id = text.as_ref().map(|text| text.id);
            let extent = text.map_or(source.extent, |text| text.extent);
            let key = (id, issue.kind().code());
            let entry = found.entry(key).or_insert_with(|| Found { extent, issue, builds: Vec::new() });
            entry.builds.push(lowered.combination);
        }
    }
    let of_grammar =
        source.mistakes.iter().map(|mistake| Mistake { extent: mistake.extent, issue: mistake.issue.clone() });
    let of_policy = found.into_iter().filter_map(|((id, _), found)| mistake(source, builds, id, found));
    let mut mistakes: Vec<Mistake> = of_grammar.chain(of_policy).collect();
    mistakes.sort_by_key(|mistake| mistake.extent.position());
    mistakes
}

/// One mistake, with the builds that have it where others do not.
fn mistake(source: &Source, builds: &[Lowered], id: Option<TextId>, found: Found) -> Option<Mistake> {
    let Found { extent, issue, builds: wrong } = found;
    // What is missing is there in no build that misses it.
    let could_be_wrong = |lowered: &&Lowered| match (issue.kind(), id) {
        (IssueKind::Missing, _) | (_, None) => true,
        (_, Some(id)) => id.is_in(source, lowered.combination),
    };
    let everywhere = builds.iter().filter(could_be_wrong).count() == wrong.len();
    match issue.kind() {
        _ if everywhere => Some(Mistake { extent, issue }),
        // Needed by one build is needed.
        IssueKind::AllowsNothing { .. } => None,
        _ => Some(Mistake { extent, issue: issue.__in_build(&source.atoms.describe(&wrong)) }),
    }
}

/// The mistakes of one build, each with its text; without one if the key that it is about stands nowhere.
fn issues(source: &Source, lowered: &Lowered) -> Vec<(Option<Text>, Issue)> {
    let of_draft = lowered.issues.iter().filter_map(|issue| {
        let text = lowered.texts.get(issue.place()).cloned();
        let from_variable = text.as_ref().and_then(|text| text.variable.as_ref());
        let unknown = match issue.kind() {
            IssueKind::Missing => text.is_none() && hides_a_key(source),
            IssueKind::AllowsNothing { .. } => lowered.origins_may_grow,
            _ => false,
        };
        let issue = match from_variable {
            Some(variable) => issue.clone().__from_variable(variable),
            None => issue.clone(),
        };
        (!unknown).then_some((text, issue))
    });
    let twice = lowered.twice.iter().map(|(text, issue)| (Some(text.clone()), issue.clone()));
    of_draft.chain(twice).collect()
}

/// Whether something that cannot be read might be the `origins`.
fn hides_a_key(source: &Source) -> bool {
    let is_unreadable = |kind: &IssueKind| {
        matches!(
            kind,
            IssueKind::Syntax(Syntax::NoKey { .. }) | IssueKind::UnknownKey { suggestion: Some(Key::Origins), .. }
        )
    };
    source.mistakes.iter().any(|mistake| is_unreadable(mistake.issue.kind()))
}
