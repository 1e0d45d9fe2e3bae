//! Policies: whether they are valid, the places of their mistakes, and the suggestions.

use cors_core::{Issue, PolicyDraft};
use libtest_mimic::Trial;

use crate::support::{DraftRow, Mistake, class_of};

pub(crate) fn trials() -> Vec<Trial> {
    crate::trial::trials("drafts", include_str!("../data/drafts.json"), check)
}

/// Returns the place, class and suggestion of a mistake.
fn mistake(issue: &Issue) -> (String, String, Option<String>) {
    let kind = issue.kind();
    (issue.place().to_string(), class_of(kind.code()).to_owned(), kind.suggestion())
}

fn check(row: &DraftRow) -> Result<(), String> {
    let draft: PolicyDraft = serde_json::from_value(row.draft.clone().into()).expect("no content is an error");
    let mut found: Vec<_> = draft.validate().err().iter().flatten().map(mistake).collect();
    found.sort();
    let mut expected: Vec<&Mistake> = row.mistakes.iter().collect();
    expected.sort_by_key(|mistake| (&mistake.place, &mistake.class));
    let agrees = found.len() == expected.len()
        && found.iter().zip(&expected).all(|((place, class, suggestion), expected)| {
            (place, class) == (&expected.place, &expected.class)
                && (expected.suggests.is_none() || *suggestion == expected.suggests)
        });
    if agrees { Ok(()) } else { Err(format!("  {:?}\n  expected {expected:?}\n  found    {found:?}", row.draft)) }
}
