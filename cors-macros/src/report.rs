//! Issues to mistakes: each once, at the tokens that must change, in the order of the source.

use std::collections::BTreeMap;

use cors_core::{Issue, IssueKind, Key, Place};

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
        for (text, issue) in issues(lowered) {
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
fn issues(lowered: &Lowered) -> Vec<(Option<Text>, Issue)> {
    let of_draft = lowered.issues.iter().filter_map(|issue| {
        let text = text_of(lowered, issue);
        let from_variable = text.as_ref().and_then(|text| text.variable.as_ref());
        let unknown = match issue.kind() {
            IssueKind::Missing => {
                !lowered.texts.contains_key(issue.place()) && lowered.hiding_origins.contains(&issue.place().rule())
            }
            IssueKind::AllowsNothing { .. } => lowered.growing.contains(&issue.place().rule()),
            _ => false,
        };
        let issue = issue.clone().__former_rule_as(|index| lowered.rule_in_source(index));
        let issue = match from_variable {
            Some(variable) => issue.__from_variable(variable),
            None => issue,
        };
        (!unknown).then_some((text, issue))
    });
    let twice = lowered.twice.iter().map(|(text, issue)| (Some(text.clone()), issue.clone()));
    of_draft.chain(twice).collect()
}

/// The text that must change; the rule for what is missing in it.
fn text_of(lowered: &Lowered, issue: &Issue) -> Option<Text> {
    let place = issue.place();
    let of_rule = || lowered.texts.get(&Place::item_of(Key::Rules, place.rule()?));
    lowered.texts.get(place).or_else(of_rule).cloned()
}
