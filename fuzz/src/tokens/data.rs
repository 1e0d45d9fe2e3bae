//! A policy in source as the data that say the same, read strictly: what is not exactly the language is no data.

use std::collections::BTreeMap;

use cors_core::Key;
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use serde_json::Value;
use syn::Lit;

/// The options of a build by their text, each with whether it holds.
pub(super) type Options = BTreeMap<String, bool>;

/// Whether the tokens name what only the compiler knows: variables, and constants of `http`.
pub(super) fn needs_compiler(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => needs_compiler(group.stream()),
        TokenTree::Ident(name) => ["env", "option_env", "Method", "header"].iter().any(|special| name == special),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The keys of a policy or rule in one build as JSON, in their order. `None` if the tokens are not the language.
pub(super) fn keys(tokens: TokenStream, options: &Options) -> Option<String> {
    let mut keys = Vec::new();
    for entry in items(tokens)? {
        let (is_there, entry) = configured(&entry, options)?;
        let [TokenTree::Ident(name), TokenTree::Punct(colon), value @ ..] = entry else { return None };
        let name = name.to_string();
        let value = (colon.as_char() == ':').then(|| value_of(&name, value, options)).flatten()?;
        keys.extend(is_there.then(|| format!("{}: {value}", quoted(&name))));
    }
    Some(format!("{{{}}}", keys.join(", ")))
}

fn value_of(name: &str, tokens: &[TokenTree], options: &Options) -> Option<String> {
    // What a misspelling means is what its value is written for.
    let key = Key::from_name(name).or_else(|error| error.suggestion().cloned().ok_or(())).ok();
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => list(key.as_ref(), group, options),
        [TokenTree::Ident(word)] if key == Some(Key::OnDenied) || key == Some(Key::Origins) && word == "none" => {
            Some(quoted(&word.to_string()))
        }
        [TokenTree::Literal(age)] if key == Some(Key::MaxAge) && text(age).is_none() => {
            Some(number(age).unwrap_or_else(|| quoted(&age.to_string().replace('_', ""))))
        }
        // Words have no quotes, and texts have.
        [TokenTree::Literal(_)] if matches!(key, Some(Key::OnDenied | Key::MaxAge)) => None,
        [TokenTree::Literal(literal)] if key == Some(Key::Origins) && text(literal)? == "none" => None,
        tokens => single(tokens),
    }
}

/// A flag, a text or a number.
fn single(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [TokenTree::Ident(flag)] if flag == "true" || flag == "false" => Some(flag.to_string()),
        [TokenTree::Literal(literal)] => text(literal).map(|text| quoted(&text)).or_else(|| number(literal)),
        _ => None,
    }
}

fn number(literal: &Literal) -> Option<String> {
    literal.to_string().parse::<u64>().ok().map(|number| number.to_string())
}

fn list(key: Option<&Key>, group: &Group, options: &Options) -> Option<String> {
    let mut list = Vec::new();
    for item in items(group.stream())? {
        let (is_there, item) = configured(&item, options)?;
        let value = match item {
            [TokenTree::Group(rule)] if key == Some(&Key::Rules) && rule.delimiter() == Delimiter::Brace => {
                keys(rule.stream(), options)?
            }
            [TokenTree::Ident(name)] if matches!(key, Some(Key::Methods | Key::DangerouslyAllow)) => {
                quoted(&name.to_string())
            }
            item => single(item)?,
        };
        list.extend(is_there.then_some(value));
    }
    Some(format!("[{}]", list.join(", ")))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The tokens between commas, of which one may be the last.
fn items(tokens: TokenStream) -> Option<Vec<Vec<TokenTree>>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
    let mut items: Vec<_> = tokens.split(is_comma).map(<[TokenTree]>::to_vec).collect();
    items.pop_if(|last| last.is_empty());
    items.iter().all(|item| !item.is_empty()).then_some(items)
}

/// Whether a build has what follows the attributes, and that.
fn configured<'t>(mut tokens: &'t [TokenTree], options: &Options) -> Option<(bool, &'t [TokenTree])> {
    let mut is_there = true;
    while let [TokenTree::Punct(hash), TokenTree::Group(attribute), rest @ ..] = tokens
        && hash.as_char() == '#'
    {
        let attribute: Vec<TokenTree> = attribute.stream().into_iter().collect();
        let [TokenTree::Ident(cfg), TokenTree::Group(predicate)] = attribute.as_slice() else { return None };
        let predicates = (cfg == "cfg").then(|| items(predicate.stream())).flatten()?;
        let [predicate] = predicates.as_slice() else { return None };
        is_there &= holds(predicate, options)?;
        tokens = rest;
    }
    Some((is_there, tokens))
}

fn holds(predicate: &[TokenTree], options: &Options) -> Option<bool> {
    if let [TokenTree::Ident(word), TokenTree::Group(parts)] = predicate {
        let parts: Option<Vec<bool>> = items(parts.stream())?.iter().map(|part| holds(part, options)).collect();
        return match (word.to_string().as_str(), parts?.as_slice()) {
            ("all", parts) => Some(parts.iter().all(|part| *part)),
            ("any", parts) => Some(parts.iter().any(|part| *part)),
            ("not", [part]) => Some(!part),
            _ => None,
        };
    }
    match predicate.iter().cloned().collect::<TokenStream>().to_string().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        option => options.get(option).copied(),
    }
}

fn text(literal: &Literal) -> Option<String> {
    match Lit::new(literal.clone()) {
        Lit::Str(text) if text.suffix().is_empty() => Some(text.value()),
        _ => None,
    }
}
