//! Entries to a draft, for each build that can be, and back from a place in the draft to the tokens in the source.

use std::collections::HashMap;

use cors_core::{Issue, IssueKind, Issues, Key, List, Place, Policy, PolicyDraft};

use crate::configuration::Combination;
use crate::environment::Variable;
use crate::extent::Extent;
use crate::parse::{Content, Entry, Item, Source, Value};

/// What the policy is in one build.
pub(crate) struct Lowered {
    pub(crate) combination: Combination,
    /// Where a place of the draft stands in the source.
    pub(crate) texts: HashMap<Place, Text>,
    /// None when there are issues, or a required variable is unset.
    pub(crate) policy: Option<Policy>,
    pub(crate) issues: Vec<Issue>,
    /// Mistakes that concern entries, not the draft: a key that stands there twice.
    pub(crate) twice: Vec<(Text, Issue)>,
    /// Whether an `option_env!` among the origins is unset: with it the policy might need more.
    pub(crate) origins_may_grow: bool,
}

/// A text in the source: a key with its value, an item, or one of the values of a variable.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) id: TextId,
    pub(crate) extent: Extent,
    pub(crate) variable: Option<String>,
}

/// Texts sort as they stand in the source; a key before its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextId {
    entry: usize,
    item: Option<usize>,
    /// Which of the values of a variable.
    part: usize,
}

impl TextId {
    const fn key(entry: usize) -> Self {
        Self { entry, item: None, part: 0 }
    }

    /// Whether the text is there in a build.
    pub(crate) fn is_in(self, source: &Source, combination: Combination) -> bool {
        let entry = &source.entries[self.entry];
        let item = match (&entry.value, self.item) {
            (Value::Items(items), Some(item)) => items[item].predicate.holds(combination),
            _ => None,
        };
        entry.predicate.holds(combination) != Some(false) && item != Some(false)
    }
}

/// The policy of every build, checked.
pub(crate) fn lower(source: &Source) -> Vec<Lowered> {
    source.atoms.combinations().into_iter().map(|combination| Lowering::of(source, combination)).collect()
}

struct Lowering {
    combination: Combination,
    draft: PolicyDraft,
    given: Vec<Key>,
    /// The items of `dangerously_allow`.
    dangers: Vec<Option<String>>,
    texts: HashMap<Place, Text>,
    twice: Vec<(Text, Issue)>,
    origins_may_grow: bool,
}

impl Lowering {
    fn of(source: &Source, combination: Combination) -> Lowered {
        let mut lowering = Self {
            combination,
            draft: PolicyDraft::new(),
            given: Vec::new(),
            dangers: Vec::new(),
            texts: HashMap::new(),
            twice: Vec::new(),
            origins_may_grow: false,
        };
        for (index, entry) in source.entries.iter().enumerate() {
            lowering.entry(index, entry);
        }
        let Self { draft, dangers, texts, twice, origins_may_grow, .. } = lowering;
        let (policy, issues) = match draft.validate() {
            Ok(policy) => (Some(policy), Vec::new()),
            Err(issues) => (without_needless_dangers(draft, &dangers, &issues), issues.iter().cloned().collect()),
        };
        Lowered { combination, texts, policy, issues, twice, origins_may_grow }
    }

    fn entry(&mut self, index: usize, entry: &Entry) {
        let place = Place::of(entry.key.clone());
        let key = Text { id: TextId::key(index), extent: entry.key_extent, variable: None };
        if entry.predicate.holds(self.combination) == Some(false) {
            // In a build without the key a mistake about its absence belongs to it all the same.
            self.texts.entry(place).or_insert(key);
            return;
        }
        if self.given.contains(&entry.key) {
            if !entry.misspelt && entry.predicate.holds(self.combination).is_some() {
                self.twice.push((key, Issue::__new(place, IssueKind::KeyTwice)));
            }
            return;
        }
        self.given.push(entry.key.clone());
        let is_empty = matches!(&entry.value, Value::Items(items) if active(items, self.combination).next().is_none());
        // What this build leaves empty is not wrong in the list, which has items for another.
        let extent = if is_empty { entry.key_extent } else { entry.extent };
        self.texts.insert(place, Text { extent, ..key });
        self.set(index, entry);
    }

    fn set(&mut self, index: usize, entry: &Entry) {
        let draft = std::mem::take(&mut self.draft);
        let broken = entry.predicate.holds(self.combination).is_none();
        self.draft = match (&entry.key, &entry.value) {
            (key, _) if broken => draft.__broken(key),
            (Key::Credentials, Value::Flag(flag)) => draft.credentials(*flag),
            (Key::MaxAge, Value::Text(text)) => draft.max_age(text),
            (key, Value::Text(text)) => draft.__list(key, List::from(text.as_str())),
            (key, Value::Items(items)) => match self.list(index, key, items) {
                Some(list) => draft.__list(key, list),
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
                let id = TextId { entry: index, item: Some(position), part };
                let place = Place::item_of(key.clone(), texts.len());
                self.texts.insert(place, Text { id, extent: item.extent, variable: variable.cloned() });
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
        self.origins_may_grow |= unset && *key == Key::Origins;
        if *key == Key::DangerouslyAllow {
            self.dangers.clone_from(&texts);
        }
        match (texts.is_empty(), unset, key) {
            (true, true, _) => Some(List::__unset()),
            (true, false, key) if *key != Key::Origins => None,
            _ => Some(List::__items(texts)),
        }
    }
}

/// A danger that another build needs does not keep this one from having its policy.
fn without_needless_dangers(draft: PolicyDraft, dangers: &[Option<String>], issues: &Issues) -> Option<Policy> {
    let is_needless = |issue: &Issue| matches!(issue.kind(), IssueKind::AllowsNothing { .. });
    let is_needed = |index: &usize| issues.iter().all(|issue| issue.place().item() != Some(*index));
    let needed: Vec<_> = (0..dangers.len()).filter(is_needed).map(|index| dangers[index].clone()).collect();
    let list = if needed.is_empty() { List::__unset() } else { List::__items(needed) };
    let only_needless = issues.iter().all(is_needless);
    only_needless.then(|| draft.dangerously_allow(list).validate().ok()).flatten()
}

/// The items that are there in a build, with their positions in the source.
fn active(items: &[Item], combination: Combination) -> impl Iterator<Item = (usize, &Item)> {
    items.iter().enumerate().filter(move |(_, item)| item.predicate.holds(combination) != Some(false))
}
