//! A policy in environment variables.

use std::ffi::OsStr;

use super::PolicyDraft;
use super::filling::{Filling, Read, Value};
use crate::issue::Syntax;
use crate::{Issue, IssueKind, Key, List, Place};

impl PolicyDraft {
    /// Reads a policy from the variables of this process whose names begin with `prefix`; everything else is said at
    /// [`from_variables`](Self::from_variables).
    ///
    /// ```no_run
    /// use cors_core::PolicyDraft;
    ///
    /// // CORS_ORIGINS=https://app.example.com,https://b.example.com CORS_MAX_AGE=2h
    /// let policy = PolicyDraft::from_environment("CORS_").validate()?;
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn from_environment(prefix: &str) -> Self {
        Self::from_variables(prefix, std::env::vars_os())
    }

    /// Reads a policy from variables: those whose names are `prefix` and a key in upper case. Values of lists are separated by
    /// commas; white space around them does not count. `*` stands for everything. Several rules cannot be said.
    ///
    /// The prefix belongs to the policy alone: another variable that begins with it is a mistake. Every mistake names its variable.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// let variables = [("CORS_ORIGINS", "https://app.example.com,https://b.example.com/"), ("CORS_CREDENTIAL", "true")];
    /// let mistakes = PolicyDraft::from_variables("CORS_", variables).validate().unwrap_err();
    /// assert_eq!(mistakes.to_string(), "\
    /// 2 mistakes in the CORS policy
    ///   CORS_ORIGINS: \"https://b.example.com/\" ends with a slash
    ///     help: write https://b.example.com
    ///     note: an origin is scheme, host and port, and browsers send nothing more; \
    /// the match is byte for byte, so this would never match
    ///   a policy has no variable CORS_CREDENTIAL
    ///     help: did you mean CORS_CREDENTIALS?");
    /// ```
    pub fn from_variables<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        prefix: &str,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut filling = Filling::default();
        let mut has_rules = false;
        for (name, text) in variables {
            let name = name.as_ref().to_string_lossy();
            let Some(own) = name.strip_prefix(prefix) else {
                continue;
            };
            match key_of(own) {
                Ok(Key::Rules) | Err(IssueKind::UnknownKey { suggestion: Some(Key::Rules), .. }) => has_rules = true,
                key => filling.entry(own, key, |key| value(key, &name, text.as_ref())),
            }
        }
        if has_rules {
            let kind = IssueKind::UnknownKey { name: Key::Rules.name().to_owned(), suggestion: None };
            filling.report(Issue::new(Place::of(Key::Rules), kind));
            filling.origins_stand_elsewhere();
        }
        let mut draft = filling.finish();
        draft.found = draft.found.into_iter().map(|issue| issue.in_variables(prefix)).collect();
        draft.variables = Some(prefix.to_owned());
        draft
    }
}

/// The key whose name in upper case this is.
fn key_of(name: &str) -> Result<Key, IssueKind> {
    let suggestion = match Key::from_name(&name.to_ascii_lowercase()) {
        Ok(key) if key.name().to_ascii_uppercase() == name => return Ok(key),
        Ok(key) => Some(key),
        Err(IssueKind::UnknownKey { suggestion, .. }) => suggestion,
        Err(other) => return Err(other),
    };
    Err(IssueKind::UnknownKey { name: name.to_owned(), suggestion })
}

fn value(key: &Key, variable: &str, text: &OsStr) -> Read {
    let syntax = |syntax| Read::broken(key, IssueKind::Syntax(syntax));
    let Some(text) = text.to_str() else {
        return syntax(Syntax::NotUnicode { variable: variable.to_owned() });
    };
    // A comma stands between the values of a list; elsewhere it is a letter like any other.
    let values = match values_in(variable, text) {
        Ok(values) => values,
        Err(Syntax::EmptyPart { .. }) if !key.takes_list() => Vec::new(),
        Err(mistake) => return syntax(mistake),
    };
    let text = text.trim();
    let wrong_type = || Read::broken(key, IssueKind::WrongType { found: text.to_owned() });
    match (key, text) {
        _ if is_enclosed(text) || values.iter().any(|value| is_enclosed(value)) => wrong_type(),
        (Key::Credentials, "true" | "false") => Read::right(Value::Flag(text == "true")),
        (Key::Credentials, _) => wrong_type(),
        (Key::MaxAge | Key::OnDenied, _) => Read::right(Value::Text(text.to_owned())),
        (_, "*") => Read::right(Value::List(List::from(text))),
        _ => Read::right(Value::List(List::from(values))),
    }
}

/// The values between the commas of a variable's text.
#[doc(hidden)]
pub fn values_in(variable: &str, text: &str) -> Result<Vec<String>, Syntax> {
    let variable = || variable.to_owned();
    let values: Vec<String> = text.split(',').map(|part| part.trim().to_owned()).collect();
    if text.trim().is_empty() {
        Err(Syntax::EmptyVariable { variable: variable() })
    } else if values.iter().any(String::is_empty) {
        Err(Syntax::EmptyPart { variable: variable() })
    } else {
        Ok(values)
    }
}

/// Whether a value stands there as it would in a file: not every program that reads variables from a file takes the quotes away.
fn is_enclosed(text: &str) -> bool {
    [('"', '"'), ('\'', '\''), ('[', ']')]
        .iter()
        .any(|(open, close)| text.len() > 1 && text.starts_with(*open) && text.ends_with(*close))
}
