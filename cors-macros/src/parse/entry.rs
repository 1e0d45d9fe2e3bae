//! `#[cfg(..)] key: value`, and common mistakes in its form.

use std::rc::Rc;

use cors_core::__private::document::{Entry, Keys, RawValue};
use cors_core::{Key, SyntaxIssue};
use proc_macro2::{Delimiter, Ident, Punct, Spacing, TokenTree};

use super::{Parser, end_of_names, no_key};
use crate::configuration::Predicate;
use crate::extent::Extent;
use crate::text::{is_punct, quoted, text_of};

impl Parser {
    /// Parses an entry, and the next ones if commas are missing.
    pub(super) fn entry(&mut self, tokens: &[TokenTree], enclosing: &Rc<Predicate>, keys: &mut Keys) {
        let (predicate, tokens) = self.attributes(tokens, &no_key(), enclosing);
        let [first, ..] = tokens else {
            return;
        };
        let (written_name, rest) = tokens.split_at(length_of_name(tokens));
        let separator = Separator::of(rest);
        let name = match first {
            TokenTree::Ident(name) => {
                self.names.push((None, name.clone()));
                text_without_spaces(written_name)
            }
            TokenTree::Literal(_) => quoted(first).unwrap_or_default(),
            _ => String::new(),
        };
        let found = Key::from_name(&name);
        // A known key is a key also without a colon; another name only with a colon.
        if name.is_empty() || (found.is_err() && separator.length() == 0) {
            let begin = &tokens[..tokens.len().min(3)];
            keys.is_incomplete = true;
            return self.report(Extent::of(begin), &no_key(), SyntaxIssue::NoKey { found: text_of(begin) });
        }

        let is_key = found.is_ok();
        let key = found.unwrap_or_else(|error| error.suggestion().cloned().unwrap_or_else(no_key));
        let rest = &rest[separator.length()..];
        let (mut value, following) = rest.split_at(end_of_value(rest));
        if is_key && !matches!(first, TokenTree::Ident(_)) {
            self.report(first.span(), &key, SyntaxIssue::QuotedKey);
        }
        if begins_with_attribute(value) {
            self.report(Extent::of(&value[..2]), &key, SyntaxIssue::MisplacedAttribute);
            value = &value[2..];
        }
        if is_key {
            self.separator(&key, &separator, first, tokens, value);
        }
        let name_mark = self.mark(Extent::of(written_name), &predicate);
        let value_mark = self.mark(Extent::of(if value.is_empty() { &tokens[..1] } else { value }), &predicate);
        let is_misplaced = self.in_rule && matches!(key, Key::OnDenied | Key::Rules);
        let content = match (&key, value) {
            (Key::Unknown(_), _) | (_, []) => RawValue::Broken,
            _ if is_misplaced => RawValue::Broken,
            _ => self.value(&key, value, &predicate),
        };
        if is_key {
            self.names.push((Some(key), end_of_names()));
        }
        // Perhaps an incomplete key, after an entry without its comma.
        if let [_, .., TokenTree::Ident(name)] = value {
            self.names.push((None, name.clone()));
        }
        keys.entries.push(Entry { name, name_mark, value_mark, value: content });
        if let [first, ..] = following {
            self.report(first.span(), &no_key(), SyntaxIssue::MissingComma);
            self.entry(following, enclosing, keys);
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
        match (separator, value) {
            (_, []) => self.report(first.span(), key, SyntaxIssue::NoValue),
            (Separator::Other(length), _) => {
                let other = &tokens[1..=*length];
                let syntax = SyntaxIssue::NoColon { found: Some(text_of(other)), value: text_of(value) };
                self.report(Extent::of(other), key, syntax);
            }
            (Separator::None, [next, ..]) => {
                self.report(next.span(), key, SyntaxIssue::NoColon { found: None, value: text_of(value) });
            }
            (Separator::Colon, _) => {}
        }
    }
}

/// The tokens between a key and its value.
enum Separator {
    None,
    Colon,
    /// `=`, `=>`, `:=`, `::` or `->`, with its number of tokens.
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

/// Returns the index at which the value ends: the next entry if a comma is missing, otherwise the number of tokens.
fn end_of_value(tokens: &[TokenTree]) -> usize {
    let follows_colon = |index: usize| index > 0 && is_punct(&tokens[index - 1], ':');
    let begins_entry = |index: &usize| match &tokens[*index..] {
        name if length_of_name(name) > 1 => !follows_colon(*index),
        [TokenTree::Ident(name), TokenTree::Punct(punct), rest @ ..] => {
            let follows_colon = follows_colon(*index);
            (is_colon(punct, rest) && !follows_colon) || (punct.as_char() == '=' && is_key(name))
        }
        [TokenTree::Ident(name), TokenTree::Group(_), ..] => *index > 0 && is_key(name),
        attribute => *index > 0 && begins_with_attribute(attribute),
    };
    (0..tokens.len()).find(begins_entry).unwrap_or(tokens.len())
}

/// Returns the number of tokens of a name: one, or more for a name with hyphens that a separator follows, such as
/// `max-age:`.
fn length_of_name(tokens: &[TokenTree]) -> usize {
    let is_part = |part: &&[TokenTree]| matches!(part, [hyphen, TokenTree::Ident(_)] if is_punct(hyphen, '-'));
    let [TokenTree::Ident(_), rest @ ..] = tokens else { return 1 };
    let length = 1 + 2 * rest.chunks(2).take_while(is_part).count();
    if Separator::of(&tokens[length..]).length() > 0 { length } else { 1 }
}

fn text_without_spaces(tokens: &[TokenTree]) -> String {
    tokens.iter().map(ToString::to_string).collect()
}

fn begins_with_attribute(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [hash, TokenTree::Group(group), ..]
        if is_punct(hash, '#') && group.delimiter() == Delimiter::Bracket)
}

fn is_key(name: &Ident) -> bool {
    Key::from_name(&name.to_string()).is_ok()
}

/// Returns whether this is a single colon, and not the first half of `::`.
fn is_colon(punct: &Punct, rest: &[TokenTree]) -> bool {
    let another_follows = rest.first().is_some_and(|next| is_punct(next, ':'));
    punct.as_char() == ':' && !(punct.spacing() == Spacing::Joint && another_follows)
}
