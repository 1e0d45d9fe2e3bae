//! `#[cfg(..)] key: value`, and what people write instead.

use cors_core::__private::Syntax;
use cors_core::{Key, Place};
use proc_macro2::{Delimiter, Ident, Punct, Spacing, TokenTree};

use super::{Entry, Parser, Value, nowhere, quoted, text_of};
use crate::configuration::Predicate;
use crate::extent::Extent;

impl Parser {
    /// An entry, and what follows if a comma is missing.
    pub(super) fn entry(&mut self, tokens: &[TokenTree], enclosing: &Predicate, entries: &mut Vec<Entry>) {
        let (own, tokens) = self.attributes(tokens, &nowhere());
        let [first, rest @ ..] = tokens else {
            return;
        };
        let separator = Separator::of(rest);
        let (text, name) = match first {
            TokenTree::Ident(name) => (name.to_string(), Some(name.clone())),
            TokenTree::Literal(_) => (quoted(first).unwrap_or_default(), None),
            _ => (String::new(), None),
        };
        let found = if self.in_rule { Key::__from_name_in_rule(&text) } else { Key::from_name(&text) };
        // A name alone may be a key; anything else is one only with a colon after it.
        if text.is_empty() || (found.is_err() && separator.length() == 0) {
            let found = text_of(&tokens[..tokens.len().min(3)]);
            return self.syntax(Extent::of(&tokens[..tokens.len().min(3)]), &nowhere(), Syntax::NoKey { found });
        }

        let (key, misspelt) = match found {
            Ok(key) => (key, false),
            Err(kind) => {
                let key = kind.suggestion().and_then(|name| Key::from_name(&name).ok());
                self.mistake(first.span(), &nowhere(), kind);
                (key.unwrap_or(Key::Unknown(text)), true)
            }
        };
        if name.is_none() && !misspelt {
            self.syntax(first.span(), &Place::of(key.clone()), Syntax::QuotedKey);
        }
        let rest = &rest[separator.length()..];
        let (mut value, following) = rest.split_at(end_of_value(rest));
        if begins_with_attribute(value) {
            self.syntax(Extent::of(&value[..2]), &Place::of(key.clone()), Syntax::MisplacedAttribute);
            value = &value[2..];
        }
        if !misspelt {
            self.separator(&key, &separator, first, tokens, value);
        }
        let predicate = Predicate::All(vec![enclosing.clone(), own]);
        let id = self.count;
        self.count += 1;
        let parsed = match (&key, value) {
            (Key::Unknown(_), _) | (_, []) => Value::Broken,
            (key, _) if self.in_rule && key.__is_of_the_policy() => Value::Broken,
            _ if misspelt => self.value_of_misspelt(&key, value, &predicate),
            _ => self.value(&key, value, &predicate),
        };
        entries.push(Entry {
            id,
            predicate,
            name: name.filter(|_| !misspelt),
            key_extent: first.span().into(),
            misspelt,
            value: parsed,
            extent: Extent::of(if value.is_empty() { &tokens[..1] } else { value }),
            key,
        });
        if let [first, ..] = following {
            self.syntax(first.span(), &nowhere(), Syntax::MissingComma);
            self.entry(following, enclosing, entries);
        }
    }

    /// Reports a key without its colon or its value.
    fn separator(
        &mut self,
        key: &Key,
        separator: &Separator,
        first: &TokenTree,
        tokens: &[TokenTree],
        value: &[TokenTree],
    ) {
        let place = Place::of(key.clone());
        match (separator, value) {
            (_, []) => self.syntax(first.span(), &place, Syntax::NoValue),
            (Separator::Other(length), _) => {
                let other = &tokens[1..=*length];
                let syntax = Syntax::NoColon { found: Some(text_of(other)), value: text_of(value) };
                self.syntax(Extent::of(other), &place, syntax);
            }
            (Separator::None, [next, ..]) => {
                self.syntax(next.span(), &place, Syntax::NoColon { found: None, value: text_of(value) });
            }
            (Separator::Colon, _) => {}
        }
    }

    /// The value of a key that was guessed: only where it has the form of one, so that a wrong guess has no consequences.
    fn value_of_misspelt(&mut self, key: &Key, tokens: &[TokenTree], enclosing: &Predicate) -> Value {
        let before = self.mistakes.len();
        let value = self.value(key, tokens, enclosing);
        if matches!(value, Value::Broken) {
            self.mistakes.truncate(before);
        }
        value
    }
}

/// What stands between a key and its value.
enum Separator {
    None,
    Colon,
    /// `=`, `=>`, `:=`, `::` or `->`, in tokens.
    Other(usize),
}

impl Separator {
    fn of(tokens: &[TokenTree]) -> Self {
        match tokens {
            [TokenTree::Punct(first), TokenTree::Punct(second), ..]
                if first.spacing() == Spacing::Joint
                    && matches!((first.as_char(), second.as_char()), ('=', '>') | (':', '=' | ':') | ('-', '>')) =>
            {
                Self::Other(2)
            }
            [TokenTree::Punct(colon), ..] if colon.as_char() == ':' => Self::Colon,
            [TokenTree::Punct(equals), ..] if equals.as_char() == '=' => Self::Other(1),
            _ => Self::None,
        }
    }

    const fn length(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Colon => 1,
            Self::Other(length) => *length,
        }
    }
}

/// Where the value ends and, because a comma is missing, the next entry begins.
fn end_of_value(tokens: &[TokenTree]) -> usize {
    let begins_entry = |index: &usize| match &tokens[*index..] {
        [TokenTree::Ident(name), TokenTree::Punct(punct), rest @ ..] => {
            let follows_colon =
                *index > 0 && matches!(&tokens[*index - 1], TokenTree::Punct(punct) if punct.as_char() == ':');
            (is_colon(punct, rest) && !follows_colon) || (punct.as_char() == '=' && is_key(name))
        }
        [TokenTree::Ident(name), TokenTree::Group(_), ..] => *index > 0 && is_key(name),
        attribute => *index > 0 && begins_with_attribute(attribute),
    };
    (0..tokens.len()).find(begins_entry).unwrap_or(tokens.len())
}

fn begins_with_attribute(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(hash), TokenTree::Group(group), ..]
        if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket)
}

fn is_key(name: &Ident) -> bool {
    Key::from_name(&name.to_string()).is_ok()
}

/// Whether this is a colon alone, not the first half of `::`.
fn is_colon(punct: &Punct, rest: &[TokenTree]) -> bool {
    let another_follows = matches!(rest, [TokenTree::Punct(next), ..] if next.as_char() == ':');
    punct.as_char() == ':' && !(punct.spacing() == Spacing::Joint && another_follows)
}
