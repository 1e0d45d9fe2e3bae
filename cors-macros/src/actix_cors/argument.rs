//! The arguments of setters.

use cors_core::__private::document::RawValue;
use cors_core::Key;
use proc_macro2::{Delimiter, TokenTree};
use syn::Lit;

use crate::constant;
use crate::text::{quoted, split_at_commas, text_of, visible};

/// Returns the items of a list: `vec![..]`, `[..]`, `&[..]`. `None` if the tokens are not a list.
pub(super) fn items(tokens: &[TokenTree]) -> Option<Vec<Vec<TokenTree>>> {
    let group = match tokens {
        [TokenTree::Group(group)] => group,
        [TokenTree::Punct(and), TokenTree::Group(group)] if and.as_char() == '&' => group,
        [TokenTree::Ident(vec), TokenTree::Punct(_), TokenTree::Group(group)] if vec == "vec" => group,
        _ => return None,
    };
    let tokens = visible(group.stream());
    let items = split_at_commas(&tokens).into_iter().filter(|item| !item.is_empty()).map(<[TokenTree]>::to_vec);
    (group.delimiter() == Delimiter::Bracket).then(|| items.collect())
}

/// The value of an argument or item for a list of the policy.
pub(super) fn value(key: &Key, tokens: &[TokenTree]) -> Option<RawValue> {
    match tokens {
        [literal] => quoted(literal).map(|text| named(key, text)),
        [TokenTree::Punct(and), rest @ ..] if and.as_char() == '&' => value(key, rest),
        // A policy can read a variable, too.
        [TokenTree::Ident(env), TokenTree::Punct(_), TokenTree::Group(_)] if env == "env" => {
            Some(RawValue::Other(text_of(tokens)))
        }
        // `HeaderName::from_static("x-id")`
        [.., TokenTree::Ident(function), TokenTree::Group(argument)] if function == "from_static" => {
            value(key, &visible(argument.stream()))
        }
        [.., _, _, _, _] => constant::value(key, &tokens[tokens.len() - 4..]),
        _ => None,
    }
}

/// Returns a text, or a method as it is written in a policy.
fn named(key: &Key, text: String) -> RawValue {
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if *key == Key::Methods && is_word { RawValue::Name(text) } else { RawValue::Text(text) }
}

/// The text of a string or byte string.
pub(super) fn text(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [TokenTree::Punct(and), rest @ ..] if and.as_char() == '&' => text(rest),
        [TokenTree::Literal(literal)] => match Lit::new(literal.clone()) {
            Lit::Str(text) => Some(text.value()),
            Lit::ByteStr(bytes) => String::from_utf8(bytes.value()).ok(),
            _ => None,
        },
        _ => None,
    }
}

/// A number of seconds, as a number or in `Some(..)`.
pub(super) fn seconds(tokens: &[TokenTree]) -> Option<RawValue> {
    match tokens {
        [TokenTree::Ident(some), TokenTree::Group(group)] if some == "Some" => seconds(&visible(group.stream())),
        [TokenTree::Literal(literal)] => match Lit::new(literal.clone()) {
            Lit::Int(number) => Some(RawValue::Number(number.base10_digits().to_owned())),
            _ => None,
        },
        _ => None,
    }
}
