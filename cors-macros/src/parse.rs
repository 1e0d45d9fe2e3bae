//! Parses tokens into a document. After a mistake parsing continues with the next entry or item.

mod attribute;
mod entry;
mod value;
mod word;

use std::rc::Rc;

use cors_core::__private::document::{Document, Keys, Mark, Notation, RawValue};
use cors_core::__private::syntax_issue;
use cors_core::{Key, SyntaxIssue};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::configuration::{CfgOptions, Predicate};
use crate::extent::Extent;
use crate::source::{LocatedIssue, Marked, Source, Unset};
use crate::text::visible;

/// Parses a policy. `krate` is the path of the adapter crate.
pub(crate) fn parse(krate: TokenStream, policy: TokenStream) -> Source {
    let mut parser = Parser::default();
    let always = Rc::new(Predicate::Constant(true));
    parser.mark(Extent::of(&visible(policy.clone())), &always);
    let content = RawValue::Keys(parser.keys(policy, &always));
    let Parser { marks, options, issues, names, variables, unset, .. } = parser;
    let document = Document { notation: Notation::Source, content, ..Document::default() };
    Source { krate, document, marks, options, issues, names, variables, unset }
}

#[derive(Default)]
struct Parser {
    /// Whether the parser is in a rule.
    in_rule: bool,
    marks: Vec<Marked>,
    options: CfgOptions,
    issues: Vec<LocatedIssue>,
    names: Vec<(Option<Key>, Ident)>,
    variables: Vec<String>,
    unset: Vec<Unset>,
}

impl Parser {
    /// Parses the keys of a policy or rule for builds in which `enclosing` holds.
    fn keys(&mut self, tokens: TokenStream, enclosing: &Rc<Predicate>) -> Keys {
        let mut keys = Keys::default();
        for segment in self.segments(tokens, &no_key()) {
            self.entry(&segment, enclosing, &mut keys);
        }
        self.names.push((None, end_of_names()));
        keys
    }

    fn mark(&mut self, extent: impl Into<Extent>, predicate: &Rc<Predicate>) -> Mark {
        self.marks.push(Marked { extent: extent.into(), predicate: Rc::clone(predicate) });
        self.marks.len() - 1
    }

    /// Reports a mistake of the grammar.
    fn report(&mut self, extent: impl Into<Extent>, key: &Key, syntax: SyntaxIssue) {
        self.issues.push(LocatedIssue { extent: extent.into(), issue: syntax_issue(key.clone(), syntax) });
    }

    /// Splits tokens at commas, and reports semicolons and needless commas.
    fn segments(&mut self, tokens: TokenStream, key: &Key) -> Vec<Vec<TokenTree>> {
        let mut segments = Vec::new();
        let mut segment = Vec::new();
        for token in visible(tokens) {
            match &token {
                TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                    if punct.as_char() == ';' {
                        self.report(punct.span(), key, SyntaxIssue::Semicolon);
                    } else if segment.is_empty() {
                        self.report(punct.span(), key, SyntaxIssue::NeedlessComma);
                    }
                    segments.push(std::mem::take(&mut segment));
                }
                _ => segment.push(token),
            }
        }
        segments.push(segment);
        segments.retain(|segment| !segment.is_empty());
        segments
    }
}

/// Returns a name after the last one of a kind. An editor that completes a new name finds this place in the
/// expansion.
fn end_of_names() -> Ident {
    Ident::new("end", Span::call_site())
}

/// Returns the key for a mistake that belongs to no key.
const fn no_key() -> Key {
    Key::Unknown(String::new())
}
