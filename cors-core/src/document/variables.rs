//! Reads a document from environment variables.

use std::ffi::OsStr;

use super::{Document, Entry, Keys, Notation, RawValue};
use crate::IssueKind;
use crate::issue::SyntaxIssue;

impl Document {
    /// Returns a document of the variables whose names begin with `prefix`.
    pub(crate) fn from_variables<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        prefix: &str,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let entry = |(name, text): (N, V)| {
            let variable = name.as_ref().to_string_lossy();
            let name = variable.strip_prefix(prefix)?.to_owned();
            Some(Entry { name, name_mark: 0, value_mark: 0, value: value(variable.into_owned(), text.as_ref()) })
        };
        let keys = Keys { entries: variables.into_iter().filter_map(entry).collect(), ..Keys::default() };
        Self {
            notation: Notation::Variables { prefix: prefix.to_owned() },
            content: RawValue::Keys(keys),
            ..Self::default()
        }
    }
}

fn value(variable: String, text: &OsStr) -> RawValue {
    match text.to_str() {
        Some(text) => RawValue::Variable { variable, text: text.to_owned() },
        None => RawValue::Invalid(Box::new(IssueKind::Syntax(SyntaxIssue::NotUnicode { variable }))),
    }
}

/// Returns the values of a variable's text, split at commas and trimmed.
///
/// # Errors
///
/// Returns an error if the text or one of the values is empty.
pub fn split_values(variable: &str, text: &str) -> Result<Vec<String>, SyntaxIssue> {
    let variable = || variable.to_owned();
    let values: Vec<String> = text.split(',').map(|part| part.trim().to_owned()).collect();
    if text.trim().is_empty() {
        Err(SyntaxIssue::EmptyVariable { variable: variable() })
    } else if values.iter().any(String::is_empty) {
        Err(SyntaxIssue::EmptyPart { variable: variable() })
    } else {
        Ok(values)
    }
}

/// Whether a value has quotes or brackets around it. Some programs that read variables from a file keep the quotes.
pub(super) fn is_enclosed(text: &str) -> bool {
    [('"', '"'), ('\'', '\''), ('[', ']')]
        .iter()
        .any(|(open, close)| text.len() > 1 && text.starts_with(*open) && text.ends_with(*close))
}
