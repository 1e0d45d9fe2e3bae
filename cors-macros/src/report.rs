//! Issues to compile errors: each once, at the token that must change.

use std::collections::BTreeMap;

use cors_core::{Issue, IssueKind, Key};
use proc_macro2::Span;

use crate::lower::{Lowered, Token, TokenId};
use crate::parse::{Mistake, Source};

/// What was found at one token, over all builds.
struct Found {
    span: Span,
    issue: Issue,
    /// In how many builds.
    builds: usize,
    /// The first of them, in words.
    build: String,
}

/// Every mistake of the source, in its order: those of the grammar, and those of the policy in any build.
pub(crate) fn collect(source: &Source, builds: &[Lowered]) -> Vec<Mistake> {
    let mut found: BTreeMap<Option<TokenId>, Found> = BTreeMap::new();
    for lowered in builds {
        for (token, issue) in issues(source, lowered) {
            let id = token.as_ref().map(|token| token.id);
            let span = token.as_ref().map_or_else(Span::call_site, |token| token.span);
            let build = lowered.combination.text(&source.atoms);
            let entry = found.entry(id).or_insert_with(|| Found { span, issue, builds: 0, build });
            entry.builds += 1;
        }
    }
    let mut mistakes: Vec<Mistake> =
        source.mistakes.iter().map(|mistake| Mistake { span: mistake.span, issue: mistake.issue.clone() }).collect();
    for (id, Found { span, issue, builds: count, build }) in found {
        let present = builds.iter().filter(|lowered| id.is_none_or(|id| lowered.has(id))).count();
        // Needed by one build is needed.
        let unneeded_everywhere = !matches!(issue.kind(), IssueKind::AllowsNothing { .. }) || count == present;
        if unneeded_everywhere {
            let issue = if count < builds.len() && count < present { issue.__in_build(&build) } else { issue };
            mistakes.push(Mistake { span, issue });
        }
    }
    mistakes
}

/// The mistakes of one build, each with its token; without one if the key that it is about stands nowhere.
fn issues(source: &Source, lowered: &Lowered) -> Vec<(Option<Token>, Issue)> {
    let of_draft = lowered.result.as_ref().err().into_iter().flatten().filter_map(|issue| {
        let token = lowered.tokens.get(issue.place()).cloned();
        let issue = match token.as_ref().and_then(|token| token.variable.as_ref()) {
            Some(variable) => issue.clone().__from_variable(variable),
            None => issue.clone(),
        };
        // Who misspelt `origins` has not left it out.
        let misspelt = token.is_none() && *issue.kind() == IssueKind::Missing && names_origins(source);
        (!misspelt).then_some((token, issue))
    });
    let twice = lowered.twice.iter().map(|(token, issue)| (Some(token.clone()), issue.clone()));
    of_draft.chain(twice).collect()
}

fn names_origins(source: &Source) -> bool {
    source.mistakes.iter().any(|mistake| {
        matches!(mistake.issue.kind(), IssueKind::UnknownKey { suggestion: Some(Key::Origins), .. })
            || matches!(mistake.issue.kind(), IssueKind::Syntax(cors_core::__private::Syntax::NoKey { .. }))
    })
}

impl Lowered {
    fn has(&self, id: TokenId) -> bool {
        self.tokens.values().any(|token| token.id == id)
    }
}
