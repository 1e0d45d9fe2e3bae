//! `env!` and `option_env!`: values read while compiling.

use std::env::VarError;

use cors_core::__private::Syntax;

/// What a variable holds.
#[derive(Clone, Debug)]
pub(crate) enum Variable {
    Unset,
    /// The values between its commas.
    Values(Vec<String>),
    Broken(Syntax),
}

/// Reads a variable of the compiler's environment.
pub(crate) fn read(name: &str) -> Variable {
    let variable = name.to_owned();
    let text = match std::env::var(name) {
        Ok(text) => text,
        Err(VarError::NotPresent) => return Variable::Unset,
        Err(VarError::NotUnicode(_)) => return Variable::Broken(Syntax::NotUnicode { variable }),
    };
    let values: Vec<String> = text.split(',').map(|part| part.trim().to_owned()).collect();
    if text.trim().is_empty() {
        Variable::Broken(Syntax::EmptyVariable { variable })
    } else if values.iter().any(String::is_empty) {
        Variable::Broken(Syntax::EmptyPart { variable })
    } else if values.iter().any(|value| value == "*") {
        Variable::Broken(Syntax::WildcardInVariable { variable })
    } else {
        Variable::Values(values)
    }
}
