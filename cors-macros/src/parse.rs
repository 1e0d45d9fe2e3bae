//! Tokens to entries. A mistake costs its own entry or item and nothing else.

mod attribute;
mod entry;
mod rules;
mod value;
mod word;

use cors_core::__private::Syntax;
use cors_core::{Issue, IssueKind, Key, Place};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::configuration::{Atoms, Predicate};
use crate::environment::Variable;
use crate::extent::Extent;
pub(crate) use word::quoted;

/// A policy as it stands in the source.
pub(crate) struct Source {
    /// The path of the crate that the expansion may name.
    pub(crate) krate: TokenStream,
    /// The whole policy.
    pub(crate) extent: Extent,
    pub(crate) keys: Keys,
    pub(crate) atoms: Atoms,
    /// Mistakes of the grammar, which do not depend on the build.
    pub(crate) mistakes: Vec<Mistake>,
    /// Every variable that was read, so that a change makes cargo compile again.
    pub(crate) variables: Vec<String>,
}

/// A mistake and the tokens that must change.
pub(crate) struct Mistake {
    pub(crate) extent: Extent,
    pub(crate) issue: Issue,
}

/// The keys of a policy, or of one of its rules.
pub(crate) struct Keys {
    pub(crate) entries: Vec<Entry>,
    /// Whether something that cannot be read might be the `origins`.
    pub(crate) hides_origins: bool,
}

/// A key with its value.
pub(crate) struct Entry {
    /// Entries are counted as they stand in the source.
    pub(crate) id: usize,
    /// When the entry is there, and the rule in which it stands.
    pub(crate) predicate: Predicate,
    /// The key that is written, or that was surely meant.
    pub(crate) key: Key,
    /// The key as a name; none when it is misspelt or in quotes.
    pub(crate) name: Option<Ident>,
    /// Where the key stands.
    pub(crate) key_extent: Extent,
    pub(crate) misspelt: bool,
    pub(crate) value: Value,
    /// The whole value.
    pub(crate) extent: Extent,
}

pub(crate) enum Value {
    Broken,
    Flag(bool),
    /// A duration, or the one text where a list may stand.
    Text(String),
    Items(Vec<Item>),
    Rules(Vec<Rule>),
}

/// A rule in `rules`.
pub(crate) struct Rule {
    pub(crate) predicate: Predicate,
    pub(crate) extent: Extent,
    /// None when it is broken.
    pub(crate) keys: Option<Keys>,
}

/// An item of a list.
pub(crate) struct Item {
    pub(crate) predicate: Predicate,
    pub(crate) extent: Extent,
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
    let policy: TokenStream = tokens.collect();
    let extent = Extent::of(&visible(policy.clone()));
    let keys = parser.keys(policy, &Predicate::Constant(true));
    let Parser { atoms, mistakes, variables, .. } = parser;
    Source { krate, extent, keys, atoms, mistakes, variables }
}

impl Source {
    /// Every entry, those of rules too, in the order of the source.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.keys.entries.iter().flat_map(|entry| {
            let rules = match &entry.value {
                Value::Rules(rules) => rules.as_slice(),
                _ => &[],
            };
            let of_rules = rules.iter().filter_map(|rule| rule.keys.as_ref()).flat_map(|keys| &keys.entries);
            std::iter::once(entry).chain(of_rules)
        })
    }
}

#[derive(Default)]
struct Parser {
    /// How many entries were read.
    count: usize,
    /// Whether what is read stands in a rule.
    in_rule: bool,
    atoms: Atoms,
    mistakes: Vec<Mistake>,
    variables: Vec<String>,
}

impl Parser {
    /// The keys of a policy, or of a rule that is there when `enclosing` holds.
    fn keys(&mut self, tokens: TokenStream, enclosing: &Predicate) -> Keys {
        let before = self.mistakes.len();
        let mut entries = Vec::new();
        for segment in self.segments(tokens, &nowhere()) {
            self.entry(&segment, enclosing, &mut entries);
        }
        // Beside the key itself, what looks like a misspelling of it is not known to be one.
        let spelt: Vec<Key> = entries.iter().filter(|entry| !entry.misspelt).map(|entry| entry.key.clone()).collect();
        entries.retain(|entry| !(entry.misspelt && spelt.contains(&entry.key)));
        let hides_origins = self.mistakes[before..].iter().any(|mistake| might_be_origins(mistake.issue.kind()));
        Keys { entries, hides_origins }
    }

    fn syntax(&mut self, extent: impl Into<Extent>, place: &Place, syntax: Syntax) {
        self.mistake(extent, place, IssueKind::Syntax(syntax));
    }

    fn mistake(&mut self, extent: impl Into<Extent>, place: &Place, kind: IssueKind) {
        self.mistakes.push(Mistake { extent: extent.into(), issue: Issue::__new(place.clone(), kind) });
    }

    /// Splits at commas.
    fn segments(&mut self, tokens: TokenStream, place: &Place) -> Vec<Vec<TokenTree>> {
        let mut segments = Vec::new();
        let mut segment = Vec::new();
        for token in visible(tokens) {
            match &token {
                TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                    if punct.as_char() == ';' {
                        self.syntax(punct.span(), place, Syntax::Semicolon);
                    } else if segment.is_empty() {
                        self.syntax(punct.span(), place, Syntax::NeedlessComma);
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

/// Whether what cannot be read might be the `origins`.
fn might_be_origins(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::Syntax(Syntax::NoKey { .. }) | IssueKind::UnknownKey { suggestion: Some(Key::Origins), .. }
    )
}

/// The place of what belongs to no key.
fn nowhere() -> Place {
    Place::of(Key::Unknown(String::new()))
}

/// The tokens with the invisible groups opened in which what came from a `macro_rules!` fragment stands.
pub(crate) fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let open = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => visible(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(open).collect()
}

/// Tokens as a person would write them, on one line; whole, since messages suggest to paste it.
pub(crate) fn text_of(tokens: &[TokenTree]) -> String {
    let text = tokens.iter().cloned().collect::<TokenStream>().to_string();
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, tight) in [
        (" :: ", "::"),
        (" : ", ": "),
        (" ! ", "!"),
        (" !", "!"),
        (" (", "("),
        ("- ", "-"),
        (" . ", "."),
        ("! [", "!["),
        ("& ", "&"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
