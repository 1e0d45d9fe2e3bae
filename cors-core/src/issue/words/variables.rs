//! Words for values that stand in environment variables.

use super::Words;
use crate::IssueKind;

/// The words for a mistake whose author looks into a variable, not into a list.
pub(crate) fn in_variable(variable: &str, kind: &IssueKind, words: Words) -> Words {
    match kind {
        IssueKind::Missing => Words::new(
            format!("the environment variable {variable} is not set"),
            format!("set it to the origins that may read: {variable}=https://app.example.com"),
            "without them no page of another origin could read anything",
        ),
        _ => Words {
            summary: format!("{} (from the environment variable {variable})", words.summary),
            help: format!("in the variable, {}", words.help),
            ..words
        },
    }
}
