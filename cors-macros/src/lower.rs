//! Entries to a draft, for each build that can be, and back from a place in the draft to the token in the source.

use std::collections::HashMap;

use cors_core::{Issue, IssueKind, Issues, Key, List, Place, Policy, PolicyDraft};
use proc_macro2::Span;

use crate::configuration::Combination;
use crate::environment::Variable;
use crate::parse::{Content, Entry, Item, Source, Value};

/// What the policy is in one build.
pub(crate) struct Lowered {
    pub(crate) combination: Combination,
    /// Where a place of the draft stands in the source.
    pub(crate) tokens: HashMap<Place, Token>,
    pub(crate) result: Result<Policy, Issues>,
    /// Mistakes that concern entries, not the draft: a key that stands there twice.
    pub(crate) twice: Vec<(Token, Issue)>,
}

/// A text in the source: an item, or one of the values of a variable.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) id: TokenId,
    pub(crate) span: Span,
    pub(crate) variable: Option<String>,
}

/// Entry, item and part; tokens sort as they stand in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TokenId(usize, usize, usize);

/// The id of a key itself sorts before its items.
const KEY: usize = 0;

/// The policy of every build, checked.
pub(crate) fn lower(source: &Source) -> Vec<Lowered> {
    let lower = |combination| Lowering::new(source, combination).finish();
    source.atoms.combinations().into_iter().map(lower).collect()
}

struct Lowering {
    combination: Combination,
    draft: PolicyDraft,
    tokens: HashMap<Place, Token>,
    twice: Vec<(Token, Issue)>,
}

impl Lowering {
    fn new(source: &Source, combination: Combination) -> Self {
        let mut lowering = Self { combination, draft: PolicyDraft::new(), tokens: HashMap::new(), twice: Vec::new() };
        for (index, entry) in source.entries.iter().enumerate() {
            lowering.entry(index, entry);
        }
        lowering
    }

    fn finish(self) -> Lowered {
        let Self { combination, draft, tokens, twice } = self;
        Lowered { combination, tokens, twice, result: draft.validate_with(is_public_suffix) }
    }

    fn entry(&mut self, index: usize, entry: &Entry) {
        let place = Place::of(entry.key.clone());
        let id = TokenId(index, KEY, 0);
        match entry.predicate.holds(self.combination) {
            // In a build without the key a mistake about its absence belongs to it all the same.
            Some(false) => {
                self.tokens.entry(place).or_insert(Token { id, span: entry.name.span(), variable: None });
                return;
            }
            Some(true) if self.is_given(&place) => {
                let token = Token { id, span: entry.name.span(), variable: None };
                self.twice.push((token, Issue::__new(place, IssueKind::KeyTwice)));
                return;
            }
            Some(true) | None => {}
        }
        let whole_list_is_empty =
            matches!(&entry.value, Value::Items(items) if active(items, self.combination).next().is_none());
        let span = if whole_list_is_empty { entry.name.span() } else { entry.span };
        self.tokens.insert(place, Token { id: TokenId(index, KEY, 1), span, variable: None });
        self.set(index, entry);
    }

    fn is_given(&self, place: &Place) -> bool {
        self.tokens.get(place).is_some_and(|token| token.id.2 == 1)
    }

    fn set(&mut self, index: usize, entry: &Entry) {
        let draft = std::mem::take(&mut self.draft);
        let broken = entry.predicate.holds(self.combination).is_none();
        self.draft = match (&entry.key, &entry.value) {
            (key, _) if broken => draft.__broken(key),
            (Key::Credentials, Value::Flag(flag)) => draft.credentials(*flag),
            (Key::MaxAge, Value::Text(text)) => draft.max_age(text),
            (key, Value::Text(text)) => set_list(draft, key, List::from(text.as_str())),
            (key, Value::Items(items)) => match self.list(index, key, items) {
                Some(list) => set_list(draft, key, list),
                None => draft,
            },
            (key, _) => draft.__broken(key),
        };
    }

    /// The items of a list in this build. None when there are none and the key may as well be absent.
    fn list(&mut self, index: usize, key: &Key, items: &[Item]) -> Option<List> {
        let mut texts = Vec::new();
        let mut unset = false;
        for (position, item) in active(items, self.combination) {
            let mut add = |part, text: Option<String>, variable: Option<&String>| {
                let id = TokenId(index, position + 1, part);
                let place = Place::item_of(key.clone(), texts.len());
                self.tokens.insert(place, Token { id, span: item.span, variable: variable.cloned() });
                texts.push(text);
            };
            if item.predicate.holds(self.combination).is_none() {
                add(0, None, None);
                continue;
            }
            match &item.content {
                Content::Broken => add(0, None, None),
                Content::Text(text) => add(0, Some(text.clone()), None),
                Content::Variable { value: Variable::Unset, required: false, .. } => unset = true,
                Content::Variable { value: Variable::Unset | Variable::Broken(_), .. } => add(0, None, None),
                Content::Variable { name, value: Variable::Values(values), .. } => {
                    for (part, value) in values.iter().enumerate() {
                        add(part, Some(value.clone()), Some(name));
                    }
                }
            }
        }
        match (texts.is_empty(), unset, key) {
            (true, true, _) => Some(List::__unset()),
            (true, false, key) if *key != Key::Origins => None,
            _ => Some(List::__items(texts)),
        }
    }
}

/// The items that are there in a build, with their positions in the source.
fn active(items: &[Item], combination: Combination) -> impl Iterator<Item = (usize, &Item)> {
    items.iter().enumerate().filter(move |(_, item)| item.predicate.holds(combination) != Some(false))
}

fn set_list(draft: PolicyDraft, key: &Key, list: List) -> PolicyDraft {
    match key {
        Key::Origins => draft.origins(list),
        Key::Methods => draft.methods(list),
        Key::AllowHeaders => draft.allow_headers(list),
        Key::ExposeHeaders => draft.expose_headers(list),
        Key::DangerouslyAllow => draft.dangerously_allow(list),
        key => draft.__broken(key),
    }
}

/// Both sections of the list count: below `github.io` strangers have their sites as they do below `com`.
fn is_public_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == host.as_bytes())
}
