//! Tokens to entries. A mistake costs its own entry or item and nothing else.

mod value;

use cors_core::__private::Syntax;
use cors_core::{Issue, IssueKind, Key, Place};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use crate::configuration::{Atoms, Predicate};
use crate::environment::Variable;

/// A policy as it stands in the source.
pub(crate) struct Source {
    /// The path of the crate that the expansion may name.
    pub(crate) krate: TokenStream,
    pub(crate) entries: Vec<Entry>,
    pub(crate) atoms: Atoms,
    /// Mistakes of the grammar, which do not depend on the build.
    pub(crate) mistakes: Vec<Mistake>,
    /// Every variable that was read, so that a change makes cargo compile again.
    pub(crate) variables: Vec<String>,
}

/// A mistake and the token that must change.
pub(crate) struct Mistake {
    pub(crate) span: Span,
    pub(crate) issue: Issue,
}

/// A key with its value.
pub(crate) struct Entry {
    pub(crate) predicate: Predicate,
    pub(crate) key: Key,
    pub(crate) name: Ident,
    pub(crate) value: Value,
    /// The whole value.
    pub(crate) span: Span,
}

pub(crate) enum Value {
    Broken,
    Flag(bool),
    /// A duration, or the one text where a list may stand.
    Text(String),
    Items(Vec<Item>),
}

/// An item of a list.
pub(crate) struct Item {
    pub(crate) predicate: Predicate,
    pub(crate) span: Span,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Broken,
    Text(String),
    Variable { name: String, required: bool, value: Variable },
}

/// Reads the path of the crate in brackets, then the policy.
pub(crate) fn parse(input: TokenStream) -> Source {
    let mut tokens = input.into_iter();
    let krate = match tokens.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let mut parser = Parser::default();
    for segment in parser.segments(tokens.collect(), None) {
        parser.entry(&segment);
    }
    let Parser { entries, atoms, mistakes, variables } = parser;
    Source { krate, entries, atoms, mistakes, variables }
}

#[derive(Default)]
struct Parser {
    entries: Vec<Entry>,
    atoms: Atoms,
    mistakes: Vec<Mistake>,
    variables: Vec<String>,
}

impl Parser {
    fn syntax(&mut self, span: Span, place: &Place, syntax: Syntax) {
        self.mistake(span, place, IssueKind::Syntax(syntax));
    }

    fn mistake(&mut self, span: Span, place: &Place, kind: IssueKind) {
        self.mistakes.push(Mistake { span, issue: Issue::__new(place.clone(), kind) });
    }

    /// Splits at commas. What came from a `macro_rules!` fragment stands in invisible groups, which are opened.
    fn segments(&mut self, tokens: TokenStream, key: Option<&Key>) -> Vec<Vec<TokenTree>> {
        let mut segments = vec![Vec::new()];
        for token in visible(tokens) {
            match (&token, segments.last_mut()) {
                (TokenTree::Punct(punct), Some(segment)) if punct.as_char() == ',' => {
                    if segment.is_empty() {
                        let place = Place::of(key.cloned().unwrap_or(Key::Unknown(",".to_owned())));
                        self.syntax(punct.span(), &place, Syntax::NeedlessComma);
                    } else {
                        segments.push(Vec::new());
                    }
                }
                (_, Some(segment)) => segment.push(token),
                (_, None) => {}
            }
        }
        segments.retain(|segment| !segment.is_empty());
        segments
    }

    /// `#[cfg(..)] key: value`, and what follows if a comma is missing.
    fn entry(&mut self, tokens: &[TokenTree]) {
        let unknown = Place::of(Key::Unknown(String::new()));
        let (predicate, tokens) = self.attributes(tokens, &unknown);
        let (name, rest) = match tokens {
            [TokenTree::Ident(name), TokenTree::Punct(colon), rest @ ..] if is_colon(colon, rest) => (name, rest),
            [TokenTree::Ident(name)] if Key::from_name(&name.to_string()).is_ok() => (name, &[][..]),
            [] => return,
            [first, ..] => {
                let found = text_of(&tokens[..tokens.len().min(3)]);
                return self.syntax(first.span(), &unknown, Syntax::NoKey { found });
            }
        };
        let key = Key::from_name(&name.to_string()).unwrap_or_else(|kind| {
            self.mistake(name.span(), &unknown, kind);
            Key::Unknown(name.to_string())
        });
        let (mut value, following) = rest.split_at(end_of_value(rest));
        if matches!(key, Key::Unknown(_)) {
            value = &[];
        } else if value.is_empty() {
            self.syntax(name.span(), &Place::of(key.clone()), Syntax::NoValue);
        }
        let span = value.first().map_or(name.span(), TokenTree::span);
        let parsed = if value.is_empty() { Value::Broken } else { self.value(&key, value) };
        self.entries.push(Entry { predicate, key, name: name.clone(), value: parsed, span });
        if let [first, ..] = following {
            self.syntax(first.span(), &unknown, Syntax::MissingComma);
            self.entry(following);
        }
    }

    /// Attributes before an entry or item: `cfg` and nothing else.
    fn attributes<'t>(&mut self, mut tokens: &'t [TokenTree], place: &Place) -> (Predicate, &'t [TokenTree]) {
        let mut predicates = Vec::new();
        while let [TokenTree::Punct(hash), TokenTree::Group(group), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            tokens = rest;
            let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
            let parsed = match attribute.as_slice() {
                [TokenTree::Ident(word), TokenTree::Group(inner)]
                    if word == "cfg" && inner.delimiter() == Delimiter::Parenthesis =>
                {
                    self.atoms.parse(&inner.stream().into_iter().collect::<Vec<_>>())
                }
                _ => Err(Syntax::NotCfg),
            };
            predicates.push(parsed.unwrap_or_else(|syntax| {
                self.syntax(group.span(), place, syntax);
                Predicate::Broken
            }));
        }
        (Predicate::All(predicates), tokens)
    }
}

/// Where the value ends and, because a comma is missing, the next entry begins.
fn end_of_value(tokens: &[TokenTree]) -> usize {
    let begins_entry = |index: &usize| match &tokens[*index..] {
        [TokenTree::Ident(_), TokenTree::Punct(colon), rest @ ..] => {
            let after_colon =
                *index > 0 && matches!(&tokens[*index - 1], TokenTree::Punct(punct) if punct.as_char() == ':');
            is_colon(colon, rest) && !after_colon
        }
        [TokenTree::Punct(hash), TokenTree::Group(group), ..] => {
            hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket
        }
        _ => false,
    };
    (0..tokens.len()).find(begins_entry).unwrap_or(tokens.len())
}

/// Whether this is a colon alone, not the first half of `::`.
fn is_colon(punct: &proc_macro2::Punct, rest: &[TokenTree]) -> bool {
    let another_follows = matches!(rest, [TokenTree::Punct(next), ..] if next.as_char() == ':');
    punct.as_char() == ':' && !(punct.spacing() == proc_macro2::Spacing::Joint && another_follows)
}

/// The tokens with invisible groups opened.
fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let open = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => visible(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(open).collect()
}

/// Tokens as a person would write them.
pub(crate) fn text_of(tokens: &[TokenTree]) -> String {
    let mut text = tokens.iter().cloned().collect::<TokenStream>().to_string();
    for (spaced, tight) in [(" :: ", "::"), (" ! ", "!"), (" !", "!"), (" (", "("), ("- ", "-")] {
        text = text.replace(spaced, tight);
    }
    text
}
