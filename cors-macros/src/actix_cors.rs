//! A chain of actix-cors instead of a policy. The error has the same policy.

mod argument;
mod origin_function;
mod setters;
mod translation;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::emit;
use crate::extent::Extent;
use crate::text::{is_punct, text_of, visible};
use translation::Translation;

/// Returns the expansion of a chain of actix-cors: errors, and a policy that allows nothing. `None` for other tokens.
pub(crate) fn expand(krate: &TokenStream, policy: TokenStream) -> Option<TokenStream> {
    let tokens = visible(policy);
    let errors = misplaced(&tokens).map(|error| vec![error]).or_else(|| errors(&tokens))?;
    let errors = errors.iter().map(|(extent, text)| extent.error(text));
    let nothing = emit::nothing(krate);
    Some(quote!({ #(#errors)* #nothing }))
}

/// Returns the same policy as the error of the whole chain, and an error for each part that cannot be read. `None`
/// for other tokens.
pub(crate) fn errors(tokens: &[TokenTree]) -> Option<Vec<(Extent, String)>> {
    let (is_permissive, length) = constructor(tokens)?;
    let mut translation = Translation::default();
    if is_permissive {
        translation.permissive();
    }
    let (calls, rest) = calls(&tokens[length..]);
    // Functions last, because they add nothing if another setter allows every origin.
    let (functions, others): (Vec<_>, Vec<_>) = calls.iter().partition(|call| call.setter == "allowed_origin_fn");
    for call in others.into_iter().chain(functions) {
        translation.call(call);
    }
    if !rest.is_empty() {
        translation.error(Extent::of(rest), format!("`{}` is no setter of actix-cors\nhelp: remove it", text_of(rest)));
    }
    Some(translation.into_errors(Extent::of(&tokens[..length])))
}

/// Returns the error for a chain with the statement around it, and for a policy that was pasted with its macro.
/// `None` for other tokens.
fn misplaced(tokens: &[TokenTree]) -> Option<(Extent, String)> {
    let is_word = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(name) if name == word);
    let end = tokens.iter().position(|token| matches!(token, TokenTree::Group(_)))?;
    let text = match &tokens[..end] {
        [first, ..] if is_word(first, "let") => {
            "a statement stands where a chain of actix-cors belongs\nhelp: put only the chain here, without `let` and `;`"
        }
        [.., name, bang] if is_word(name, "cors_policy") && is_punct(bang, '!') => {
            "cors_policy! stands inside of cors_policy!\nhelp: paste the policy in place of the whole cors_policy! { .. }"
        }
        _ => return None,
    };
    Some((Extent::of(&tokens[..end]), text.to_owned()))
}

/// Returns whether the chain begins with `Cors::permissive()` instead of `Cors::default()`, and the number of these
/// tokens.
fn constructor(tokens: &[TokenTree]) -> Option<(bool, usize)> {
    let end = tokens.iter().position(|token| matches!(token, TokenTree::Group(_)))?;
    let path = text_of(&tokens[..end]);
    let mut segments = path.rsplit("::");
    let is_permissive = match segments.next()? {
        "default" => false,
        "permissive" => true,
        _ => return None,
    };
    (segments.next() == Some("Cors")).then_some((is_permissive, end + 1))
}

/// A call of a setter.
struct Call {
    setter: Ident,
    arguments: Vec<TokenTree>,
}

impl Call {
    /// The tokens to point at.
    fn extent(&self) -> Extent {
        if self.arguments.is_empty() { self.setter.span().into() } else { Extent::of(&self.arguments) }
    }
}

/// Returns the calls of a chain, and the tokens after them, without a semicolon at the end.
fn calls(mut tokens: &[TokenTree]) -> (Vec<Call>, &[TokenTree]) {
    let mut calls = Vec::new();
    while let [TokenTree::Punct(dot), TokenTree::Ident(setter), TokenTree::Group(group), rest @ ..] = tokens
        && dot.as_char() == '.'
        && group.delimiter() == Delimiter::Parenthesis
    {
        calls.push(Call { setter: setter.clone(), arguments: arguments(group) });
        tokens = rest;
    }
    match tokens {
        [TokenTree::Punct(end)] if end.as_char() == ';' => (calls, &[]),
        rest => (calls, rest),
    }
}

/// Returns the tokens in parentheses without a comma at the end.
fn arguments(group: &Group) -> Vec<TokenTree> {
    let mut arguments = visible(group.stream());
    arguments.pop_if(|last| is_punct(last, ','));
    arguments
}
