//! What may stand at each key.

use cors_core::__private::Syntax;
use cors_core::{IssueKind, Key, Place};
use proc_macro2::{Delimiter, Group, TokenTree};

use super::word::{Word, is_number};
use super::{Content, Item, Parser, Value, text_of};
use crate::configuration::Predicate;
use crate::environment::{self, Variable};
use crate::extent::Extent;

impl Parser {
    /// The value of a known key, which is there when `enclosing` holds; `tokens` holds at least one.
    pub(super) fn value(&mut self, key: &Key, tokens: &[TokenTree], enclosing: &Predicate) -> Value {
        if let [TokenTree::Group(group)] = tokens
            && group.delimiter() == Delimiter::Bracket
        {
            match key {
                Key::Rules => return self.rules(group, enclosing),
                key if key.takes_list() => return self.list(key, group),
                _ => {}
            }
        }
        let takes_wildcard = key.takes_list() && *key != Key::DangerouslyAllow;
        let wrong_type = || IssueKind::WrongType { found: text_of(tokens) };
        let kind = match (key, Word::of(tokens)) {
            (Key::Credentials, Ok(Word::Other(flag))) if flag == "true" || flag == "false" => {
                return Value::Flag(flag == "true");
            }
            (Key::MaxAge, Ok(Word::Number(number))) => return Value::Text(number),
            // `10 min`, `60 * 60`: no duration, which the validator says best.
            (Key::MaxAge, Err(_)) if is_number(&tokens[0]) => return Value::Text(text_of(tokens)),
            (_, Ok(Word::Text(text))) if takes_wildcard && text == "*" => return Value::Text(text),
            (Key::OnDenied, Ok(Word::Bare(name))) if !is_constant(&name) => return Value::Text(name),
            (Key::Methods, Ok(Word::Bare(name))) if !name.contains('_') => wrong_type(),
            (_, Ok(Word::Bare(found))) if is_constant(&found) => IssueKind::Syntax(Syntax::NotALiteral { found }),
            (_, Err(syntax)) => IssueKind::Syntax(syntax),
            _ => wrong_type(),
        };
        self.mistake(Extent::of(tokens), &Place::of(key.clone()), kind);
        Value::Broken
    }

    fn list(&mut self, key: &Key, group: &Group) -> Value {
        let mut items = Vec::new();
        let before = self.mistakes.len();
        for segment in self.segments(group.stream(), &Place::of(key.clone())) {
            self.item(key, &segment, &mut items);
        }
        if items.is_empty() { self.empty(key, group, before) } else { Value::Items(items) }
    }

    /// A list without items; if something was reported since there were `before` mistakes, `[,]` say, it has its mistake already.
    pub(super) fn empty(&mut self, key: &Key, group: &Group, before: usize) -> Value {
        if self.mistakes.len() == before {
            self.mistake(group.span(), &Place::of(key.clone()), IssueKind::EmptyList);
        }
        Value::Broken
    }

    /// An item, and what follows if a comma is missing.
    fn item(&mut self, key: &Key, tokens: &[TokenTree], items: &mut Vec<Item>) {
        let place = Place::item_of(key.clone(), items.len());
        let (predicate, tokens) = self.attributes(tokens, &place);
        if tokens.is_empty() {
            return;
        }
        let (own, following) = tokens.split_at(end_of_item(tokens));
        let content = self.content(key, own).unwrap_or_else(|kind| {
            self.mistake(Extent::of(own), &place, kind);
            Content::Broken
        });
        items.push(Item { predicate, extent: Extent::of(own), content });
        if let [next, ..] = following {
            let place = Place::item_of(key.clone(), items.len());
            self.syntax(next.span(), &place, Syntax::MissingComma);
            self.item(key, following, items);
        }
    }

    fn content(&mut self, key: &Key, tokens: &[TokenTree]) -> Result<Content, IssueKind> {
        let wrong_type = || IssueKind::WrongType { found: text_of(tokens) };
        match Word::of(tokens) {
            Ok(Word::Text(text)) => Ok(Content::Text(text)),
            Ok(Word::Variable { name, required }) => {
                self.variables.push(name.clone());
                match environment::read(&name) {
                    Variable::Broken(syntax) => Err(IssueKind::Syntax(syntax)),
                    value => Ok(Content::Variable { name, required, value }),
                }
            }
            Ok(Word::Bare(name)) => match key {
                Key::DangerouslyAllow => Ok(Content::Text(name)),
                // No registered method has an underscore; constants have.
                Key::Methods if !name.contains('_') => Ok(Content::Text(name)),
                Key::Origins if name == "null" => Ok(Content::Text(name)),
                _ if is_constant(&name) => Err(IssueKind::Syntax(Syntax::NotALiteral { found: name })),
                _ => Err(wrong_type()),
            },
            Ok(Word::Number(_) | Word::Other(_)) => Err(wrong_type()),
            Err(syntax) => Err(IssueKind::Syntax(syntax)),
        }
    }
}

/// Whether a name is written as constants are.
fn is_constant(name: &str) -> bool {
    name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Where an item ends and, because a comma is missing, the next one begins: between two tokens that could both be items.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    let is_whole = |token: &TokenTree| matches!(token, TokenTree::Literal(_) | TokenTree::Ident(_));
    let begins =
        |token: &TokenTree| is_whole(token) || matches!(token, TokenTree::Punct(hash) if hash.as_char() == '#');
    let ends = |token: &TokenTree| is_whole(token) || matches!(token, TokenTree::Group(_));
    (1..tokens.len()).find(|index| ends(&tokens[index - 1]) && begins(&tokens[*index])).unwrap_or(tokens.len())
}
