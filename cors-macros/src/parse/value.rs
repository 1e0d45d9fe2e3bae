//! Values of keys and items of lists. Their types are checked later, with the document.

use std::rc::Rc;

use cors_core::__private::document::{Item, RawValue};
use cors_core::{IssueKind, Key, SyntaxIssue};
use proc_macro2::{Delimiter, Group, TokenTree};

use super::Parser;
use super::word::{Word, is_number};
use crate::configuration::Predicate;
use crate::constant;
use crate::environment::{self, Variable};
use crate::extent::Extent;
use crate::source::Unset;
use crate::text::{is_punct, text_of};

impl Parser {
    /// Parses the value of a key for builds in which `enclosing` holds. `tokens` is not empty.
    pub(super) fn value(&mut self, key: &Key, tokens: &[TokenTree], enclosing: &Rc<Predicate>) -> RawValue {
        match tokens {
            [TokenTree::Group(group)]
                if group.delimiter() == Delimiter::Bracket && (key.takes_list() || *key == Key::Rules) =>
            {
                self.list(key, group, enclosing)
            }
            // `10 min`, `60 * 60`: not a duration, which the validator reports.
            [first, _, ..] if *key == Key::MaxAge && is_number(first) => RawValue::Number(text_of(tokens)),
            tokens => match Word::of(tokens) {
                Ok(word) => self.value_of(key, word, tokens),
                Err(syntax) => invalid(syntax),
            },
        }
    }

    fn list(&mut self, key: &Key, group: &Group, enclosing: &Rc<Predicate>) -> RawValue {
        let mut items = Vec::new();
        let before = self.issues.len();
        let segments = self.segments(group.stream(), key);
        for segment in &segments {
            self.item(key, segment, enclosing, &mut items);
        }
        // The mistake in `[,]` was already reported.
        if items.is_empty() && self.issues.len() > before { RawValue::Broken } else { RawValue::List(items) }
    }

    /// Parses an item, and the next ones if commas are missing.
    fn item(&mut self, key: &Key, tokens: &[TokenTree], enclosing: &Rc<Predicate>, items: &mut Vec<Item>) {
        let (predicate, tokens) = self.attributes(tokens, key, enclosing);
        if tokens.is_empty() {
            return;
        }
        let index = items.last().map_or(0, |item| item.index + 1);
        let (own, following) = tokens.split_at(end_of_item(tokens));
        let extent = Extent::of(own);
        for (variable, value) in self.values(key, own, &predicate) {
            let mark = self.mark(extent, &predicate);
            if let (Some(name), RawValue::Broken) = (&variable, &value) {
                self.unset.push(Unset { mark, name: name.clone() });
            }
            items.push(Item { index, mark, variable, value });
        }
        if let [next, ..] = following {
            self.report(next.span(), key, SyntaxIssue::MissingComma);
            self.item(key, following, enclosing, items);
        }
    }

    /// Returns the values of an item, each with its variable, if it comes from one. A variable can have several
    /// values.
    fn values(
        &mut self,
        key: &Key,
        tokens: &[TokenTree],
        predicate: &Rc<Predicate>,
    ) -> Vec<(Option<String>, RawValue)> {
        let value = match (tokens, Word::of(tokens)) {
            ([TokenTree::Group(group)], _) if *key == Key::Rules && group.delimiter() == Delimiter::Brace => {
                self.in_rule = true;
                let keys = self.keys(group.stream(), predicate);
                self.in_rule = false;
                RawValue::Keys(keys)
            }
            _ if *key == Key::Rules => RawValue::Other(text_of(tokens)),
            (_, Ok(Word::Variable { name, required })) => {
                self.variables.push(name.clone());
                return match environment::read(&name) {
                    Variable::Unset if required => vec![(Some(name), RawValue::Broken)],
                    Variable::Unset => vec![(None, RawValue::Unset)],
                    Variable::Broken(syntax) => vec![(None, invalid(syntax))],
                    Variable::Values(values) => {
                        values.into_iter().map(|value| (Some(name.clone()), RawValue::Text(value))).collect()
                    }
                };
            }
            (_, Ok(word)) => self.value_of(key, word, tokens),
            (_, Err(syntax)) => constant::value(key, tokens).unwrap_or_else(|| invalid(syntax)),
        };
        vec![(None, value)]
    }

    fn value_of(&mut self, key: &Key, word: Word, tokens: &[TokenTree]) -> RawValue {
        if let [TokenTree::Ident(name)] = tokens {
            self.names.push((Some(key.clone()), name.clone()));
        }
        match word {
            Word::Text(text) => RawValue::Text(text),
            Word::Name(name) => RawValue::Name(name),
            Word::Number(text) => RawValue::Number(text),
            Word::Flag(flag) => RawValue::Flag(flag),
            Word::Variable { .. } | Word::Other => RawValue::Other(text_of(tokens)),
        }
    }
}

fn invalid(syntax: SyntaxIssue) -> RawValue {
    RawValue::Invalid(Box::new(IssueKind::Syntax(syntax)))
}

/// Returns the index at which an item ends: between two tokens that are both items if a comma is missing, otherwise
/// the number of tokens.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    let is_whole = |token: &TokenTree| matches!(token, TokenTree::Literal(_) | TokenTree::Ident(_));
    let is_rule = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let ends = |token: &TokenTree| is_whole(token) || matches!(token, TokenTree::Group(_));
    let begins = |index: usize| {
        let (before, token) = (&tokens[index - 1], &tokens[index]);
        ends(before) && (is_whole(token) || is_punct(token, '#')) || is_rule(before) && is_rule(token)
    };
    (1..tokens.len()).find(|index| begins(*index)).unwrap_or(tokens.len())
}
