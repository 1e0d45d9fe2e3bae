//! `#[cfg(..)]` before an entry or item.

use std::rc::Rc;

use cors_core::{IssueKind, Key, SyntaxIssue};
use proc_macro2::{Delimiter, TokenTree};

use super::Parser;
use crate::configuration::Predicate;
use crate::extent::Extent;
use crate::text::visible;

impl Parser {
    /// Parses attributes. Returns the predicate of the builds that have the other tokens, and these tokens.
    pub(super) fn attributes<'t>(
        &mut self,
        mut tokens: &'t [TokenTree],
        key: &Key,
        enclosing: &Rc<Predicate>,
    ) -> (Rc<Predicate>, &'t [TokenTree]) {
        let all = tokens;
        let mut predicates = Vec::new();
        while let [TokenTree::Punct(hash), TokenTree::Group(group), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            let extent = Extent::of(&tokens[..2]);
            tokens = rest;
            let read = match visible(group.stream()).as_slice() {
                [TokenTree::Ident(word), TokenTree::Group(inner)]
                    if word == "cfg" && inner.delimiter() == Delimiter::Parenthesis =>
                {
                    self.options.parse(&visible(inner.stream()))
                }
                [TokenTree::Ident(word), ..] if word == "doc" => Err(SyntaxIssue::DocComment),
                _ => Err(SyntaxIssue::NotCfg),
            };
            match read {
                Ok(predicate) => predicates.push(predicate),
                Err(syntax) => {
                    // An attribute of another kind does not remove anything.
                    if !matches!(syntax, SyntaxIssue::NotCfg | SyntaxIssue::DocComment) {
                        predicates.push(Predicate::Broken);
                    }
                    // Too many options are one mistake, reported once.
                    let is_known = syntax == SyntaxIssue::TooManyOptions && self.has_reported(&syntax);
                    if !is_known {
                        self.report(extent, key, syntax);
                    }
                }
            }
        }
        if tokens.is_empty() && !all.is_empty() {
            self.report(Extent::of(all), key, SyntaxIssue::LoneAttribute);
        }
        if predicates.is_empty() {
            return (Rc::clone(enclosing), tokens);
        }
        predicates.push((**enclosing).clone());
        (Rc::new(Predicate::All(predicates)), tokens)
    }

    fn has_reported(&self, syntax: &SyntaxIssue) -> bool {
        let is_same = |kind: &IssueKind| matches!(kind, IssueKind::Syntax(same) if same == syntax);
        self.issues.iter().any(|located| is_same(located.issue.kind()))
    }
}
