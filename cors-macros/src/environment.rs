//! `env!` and `option_env!`: values read at compile time.

use std::env::VarError;

use cors_core::__private::document::split_values;
use cors_core::SyntaxIssue;

/// The value of a variable.
#[derive(Clone, Debug)]
pub(crate) enum Variable {
    Unset,
    /// The text, split at commas.
    Values(Vec<String>),
    Broken(SyntaxIssue),
}

/// Reads a variable of the compiler's environment.
pub(crate) fn read(name: &str) -> Variable {
    let variable = name.to_owned();
    let text = match std::env::var(name) {
        Ok(text) => text,
        Err(VarError::NotPresent) => return Variable::Unset,
        Err(VarError::NotUnicode(_)) => return Variable::Broken(SyntaxIssue::NotUnicode { variable }),
    };
    match split_values(name, &text) {
        Ok(values) if values.iter().any(|value| value == "*") => {
            Variable::Broken(SyntaxIssue::WildcardInVariable { variable })
        }
        Ok(values) => Variable::Values(values),
        Err(syntax) => Variable::Broken(syntax),
    }
}
