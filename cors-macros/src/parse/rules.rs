//! `rules: [{ .. }, { .. }]`.

use cors_core::__private::Syntax;
use cors_core::{IssueKind, Key, Place};
use proc_macro2::{Delimiter, Group, TokenTree};

use super::{Parser, Rule, Value, text_of};
use crate::configuration::Predicate;
use crate::extent::Extent;

impl Parser {
    pub(super) fn rules(&mut self, group: &Group, enclosing: &Predicate) -> Value {
        let mut rules = Vec::new();
        let before = self.mistakes.len();
        for segment in self.segments(group.stream(), &Place::of(Key::Rules)) {
            self.rule(&segment, enclosing, &mut rules);
        }
        if rules.is_empty() { self.empty(&Key::Rules, group, before) } else { Value::Rules(rules) }
    }

    /// A rule, and what follows if a comma is missing.
    fn rule(&mut self, tokens: &[TokenTree], enclosing: &Predicate, rules: &mut Vec<Rule>) {
        let place = Place::item_of(Key::Rules, rules.len());
        let (own, tokens) = self.attributes(tokens, &place);
        let [first, rest @ ..] = tokens else {
            return;
        };
        let predicate = Predicate::All(vec![enclosing.clone(), own]);
        match first {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && (rest.is_empty() || begins(rest)) => {
                self.in_rule = true;
                let keys = Some(self.keys(group.stream(), &predicate));
                self.in_rule = false;
                rules.push(Rule { predicate, extent: first.span().into(), keys });
            }
            _ => {
                let extent = Extent::of(tokens);
                self.mistake(extent, &place, IssueKind::WrongType { found: text_of(tokens) });
                return rules.push(Rule { predicate, extent, keys: None });
            }
        }
        if let [next, ..] = rest {
            self.syntax(next.span(), &Place::item_of(Key::Rules, rules.len()), Syntax::MissingComma);
            self.rule(rest, enclosing, rules);
        }
    }
}

/// Whether another rule begins here.
fn begins(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Group(group), ..] => group.delimiter() == Delimiter::Brace,
        [TokenTree::Punct(hash), ..] => hash.as_char() == '#',
        _ => false,
    }
}
