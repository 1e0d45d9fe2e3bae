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

/// Returns the tokens as one line in the usual spacing. Not shortened, since messages suggest pasting it.
pub(crate) fn text_of(tokens: &[TokenTree]) -> String {
    let text = tokens.iter().cloned().collect::<TokenStream>().to_string();
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, tight) in [
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
