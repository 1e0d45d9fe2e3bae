//! Functions on origins, as people write them for `allowed_origin_fn`.

use proc_macro2::{Delimiter, TokenTree};

use super::argument;
use crate::text::{is_punct, visible};

/// A part of a function: the origins that it allows, as items of `origins`, and an example of other origins that it
/// allows.
pub(super) enum Part {
    /// Every origin.
    Everybody,
    Origins(Vec<String>, Option<String>),
    /// Tokens without a corresponding item; with an origin that shows why, if the macro can read them.
    Unknown(Vec<TokenTree>, Option<String>),
}

/// Reads a function: `|origin, _| origin.as_bytes().ends_with(b".example.com")`, or several of those with `||`.
pub(super) fn read(tokens: &[TokenTree]) -> Vec<Part> {
    let Some((parameter, body)) = closure(tokens) else {
        return vec![Part::Unknown(tokens.to_vec(), None)];
    };
    let mut parts = Vec::new();
    let mut rest = body.as_slice();
    while let Some(or) = rest.windows(2).position(|two| is_punct(&two[0], '|') && is_punct(&two[1], '|')) {
        parts.push(part(&parameter, &rest[..or]));
        rest = &rest[or + 2..];
    }
    parts.push(part(&parameter, rest));
    parts
}

/// The first parameter and the body of a closure.
fn closure(tokens: &[TokenTree]) -> Option<(String, Vec<TokenTree>)> {
    let mut bars = tokens.iter().enumerate().filter(|(_, token)| is_punct(token, '|')).map(|(index, _)| index);
    let (first, second) = (bars.next()?, bars.next()?);
    if first > 1 {
        return None;
    }
    let body = match &tokens[second + 1..] {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => visible(group.stream()),
        body => body.to_vec(),
    };
    Some((tokens[first + 1].to_string(), body))
}

fn part(parameter: &str, tokens: &[TokenTree]) -> Part {
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            part(parameter, &visible(group.stream()))
        }
        [TokenTree::Ident(word)] if word == "true" => Part::Everybody,
        [TokenTree::Ident(origin), between @ .., TokenTree::Punct(first), TokenTree::Punct(second), text]
            if *origin == parameter && is_conversion(between) && (first.as_char(), second.as_char()) == ('=', '=') =>
        {
            compared(tokens, "eq", std::slice::from_ref(text))
        }
        [
            TokenTree::Ident(origin),
            between @ ..,
            TokenTree::Punct(_),
            TokenTree::Ident(method),
            TokenTree::Group(group),
        ] if *origin == parameter && is_conversion(between) => {
            compared(tokens, &method.to_string(), &visible(group.stream()))
        }
        _ => Part::Unknown(tokens.to_vec(), None),
    }
}

/// Returns whether these calls turn an origin into text: `.to_str().unwrap()`.
fn is_conversion(tokens: &[TokenTree]) -> bool {
    const NAMES: [&str; 8] =
        ["as_bytes", "as_ref", "as_str", "expect", "to_str", "unwrap", "unwrap_or", "unwrap_or_default"];
    let is_call = |call: &[TokenTree]| {
        matches!(call, [dot, TokenTree::Ident(name), TokenTree::Group(_)]
            if is_punct(dot, '.') && NAMES.contains(&name.to_string().as_str()))
    };
    tokens.chunks(3).all(is_call)
}

fn compared(tokens: &[TokenTree], method: &str, argument: &[TokenTree]) -> Part {
    let unknown = |reason: Option<String>| Part::Unknown(tokens.to_vec(), reason);
    let Some(text) = argument::text(argument) else {
        return unknown(None);
    };
    let bare = text.trim_end_matches(':');
    let (scheme, host) = bare.split_once("://").unwrap_or(("", bare));
    match method {
        // In the chain a star is a star; in a policy it is a pattern.
        _ if text.contains('*') => unknown(None),
        "eq" => Part::Origins(vec![text], None),
        "ends_with" if text.contains("://") => Part::Origins(vec![text], None),
        "ends_with" | "contains" if text.starts_with(':') => unknown(Some(format!("https://evil.example{text}"))),
        "ends_with" if is_local(host.split(':').next().unwrap_or_default()) => {
            Part::Origins(vec![format!("http://{host}")], Some(format!("http://evil{host}")))
        }
        "ends_with" => match text.strip_prefix('.') {
            Some(host) => Part::Origins(vec![format!("https://*.{host}")], Some(format!("http://www.{host}"))),
            None => Part::Origins(
                vec![format!("https://{host}"), format!("https://*.{host}")],
                Some(format!("https://evil{host}")),
            ),
        },
        "starts_with" if scheme.is_empty() || host.is_empty() || host.ends_with(['.', '-']) => {
            unknown(Some(format!("{text}evil.example")))
        }
        // After a colon comes a port; without a colon the host name continues.
        "starts_with" if bare != text => Part::Origins(vec![format!("{bare}:*")], None),
        "starts_with" if host.contains(':') && !host.ends_with(']') => {
            Part::Origins(vec![text.clone()], Some(format!("{text}0")))
        }
        "starts_with" => {
            let origin = if is_local(host) { format!("{bare}:*") } else { bare.to_owned() };
            Part::Origins(vec![origin], Some(format!("{bare}.evil.example")))
        }
        "contains" => unknown(Some(format!("https://{host}.evil.example"))),
        _ => unknown(None),
    }
}

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}
