//! The tokens that a macro can read as a value.

use cors_core::SyntaxIssue;
use proc_macro2::TokenTree;

use crate::text::{quoted, text_of, visible};

pub(super) enum Word {
    Text(String),
    /// A name without quotes.
    Name(String),
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A token that is not part of the language.
    Other,
    /// `env!("NAME")`, or `option_env!`.
    Variable {
        name: String,
        required: bool,
    },
}

impl Word {
    /// Parses one token, a negative number, or `env!("NAME")`.
    ///
    /// # Errors
    ///
    /// Returns an error for other tokens, which only the compiler can evaluate.
    pub(super) fn of(tokens: &[TokenTree]) -> Result<Self, SyntaxIssue> {
        match tokens {
            [literal @ TokenTree::Literal(_)] => Ok(match (quoted(literal), is_number(literal)) {
                (Some(text), _) => Self::Text(text),
                (None, true) => Self::Number(literal.to_string().replace('_', "")),
                (None, false) => Self::Other,
            }),
            [TokenTree::Ident(name)] if name == "true" || name == "false" => Ok(Self::Flag(name == "true")),
            [TokenTree::Ident(name)] => Ok(Self::Name(name.to_string())),
            [_] => Ok(Self::Other),
            [TokenTree::Punct(minus), number] if minus.as_char() == '-' && is_number(number) => {
                Ok(Self::Number(format!("-{number}").replace('_', "")))
            }
            [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)]
                if (name == "env" || name == "option_env") && bang.as_char() == '!' =>
            {
                let variable = match visible(group.stream()).as_slice() {
                    [variable] => quoted(variable),
                    [variable, TokenTree::Punct(comma)] if comma.as_char() == ',' => quoted(variable),
                    _ => None,
                };
                match variable.filter(|variable| is_variable_name(variable)) {
                    Some(variable) => Ok(Self::Variable { name: variable, required: name == "env" }),
                    None => Err(SyntaxIssue::MalformedEnvironment { macro_name: name.to_string() }),
                }
            }
            _ => Err(SyntaxIssue::NotALiteral { found: text_of(tokens) }),
        }
    }
}

pub(super) fn is_number(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Literal(literal) if literal.to_string().starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns whether `std::env::var` accepts the name; it panics for others.
fn is_variable_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}
