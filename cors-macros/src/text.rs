//! Tokens as text.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

/// Returns the tokens without invisible groups, which surround fragments of `macro_rules!`.
pub(crate) fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let open = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => visible(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(open).collect()
}

pub(crate) fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Splits tokens at commas. A comma at the end is allowed.
pub(crate) fn split_at_commas(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut parts: Vec<_> = tokens.split(|token| is_punct(token, ',')).collect();
    parts.pop_if(|last| last.is_empty());
    parts
}

/// Returns the tokens as one line in the usual spacing, with unchanged literals. Not shortened, because messages
/// suggest pasting it.
pub(crate) fn text_of(tokens: &[TokenTree]) -> String {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    let printed = tokens.to_string();
    let (mut text, mut rest) = (String::new(), printed.as_str());
    for literal in literals(tokens) {
        if let Some((before, after)) = rest.split_once(&literal) {
            text += &spaced(before);
            text += &literal;
            rest = after;
        }
    }
    text + &spaced(rest)
}

/// The literals in quotes, in order.
fn literals(tokens: TokenStream) -> Vec<String> {
    let of_token = |token| match token {
        TokenTree::Group(group) => literals(group.stream()),
        TokenTree::Literal(literal) => vec![literal.to_string()],
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    };
    let mut literals: Vec<String> = tokens.into_iter().flat_map(of_token).collect();
    literals.retain(|literal| literal.contains(['"', '\'']));
    literals
}

/// Text without literals in the usual spacing.
fn spaced(text: &str) -> String {
    let mut text = text.replace(char::is_whitespace, " ");
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    for (spaced, tight) in [
        (" ,", ","),
        (" :: ", "::"),
        (" : ", ": "),
        (" ! ", "!"),
        (" !", "!"),
        (" (", "("),
        ("- ", "-"),
        (" . ", "."),
        ("! [", "!["),
        ("& ", "&"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

/// The text of a string literal without suffix.
pub(crate) fn quoted(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    match Lit::new(literal.clone()) {
        Lit::Str(text) if text.suffix().is_empty() => Some(text.value()),
        _ => None,
    }
}
