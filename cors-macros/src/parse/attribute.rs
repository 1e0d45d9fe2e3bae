//! `#[cfg(..)]` before an entry or an item.

use cors_core::__private::Syntax;
use cors_core::Place;
use proc_macro2::{Delimiter, TokenTree};

use super::{Parser, visible};
use crate::configuration::Predicate;
use crate::extent::Extent;

impl Parser {
    /// When what follows the attributes is there, and what follows.
    pub(super) fn attributes<'t>(
        &mut self,
        mut tokens: &'t [TokenTree],
        place: &Place,
    ) -> (Predicate, &'t [TokenTree]) {
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
                    self.atoms.parse(&visible(inner.stream()))
                }
                [TokenTree::Ident(word), ..] if word == "doc" => Err(Syntax::DocComment),
                _ => Err(Syntax::NotCfg),
            };
            match read {
                Ok(predicate) => predicates.push(predicate),
                Err(syntax) => {
                    // What an attribute of another kind stands before is there all the same.
                    if !matches!(syntax, Syntax::NotCfg | Syntax::DocComment) {
                        predicates.push(Predicate::Broken);
                    }
                    // One option too many is one mistake, however often it is named.
                    let known = syntax == Syntax::TooManyAtoms && self.has_reported(&syntax);
                    if !known {
                        self.syntax(extent, place, syntax);
                    }
                }
            }
        }
        if tokens.is_empty() && !all.is_empty() {
            self.syntax(Extent::of(all), place, Syntax::LoneAttribute);
        }
        (Predicate::All(predicates), tokens)
    }

    fn has_reported(&self, syntax: &Syntax) -> bool {
        let is_same =
            |kind: &cors_core::IssueKind| matches!(kind, cors_core::IssueKind::Syntax(same) if same == syntax);
        self.mistakes.iter().any(|mistake| is_same(mistake.issue.kind()))
    }
}
