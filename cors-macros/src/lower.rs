//! Entries to a draft, for each build that can be, and back from a place in the draft to the tokens in the source.

use std::collections::HashMap;

use cors_core::{Issue, IssueKind, Issues, Key, List, Place, Policy, PolicyDraft};

use crate::configuration::Combination;
use crate::environment::Variable;
use crate::extent::Extent;
use crate::parse::{Content, Entry, Item, Keys, Rule, Source, Value};

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
    /// The rules, by their index if there are several, of which something that cannot be read might be the `origins`.
    pub(crate) hiding_origins: Vec<Option<usize>>,
    /// The rules with an unset `option_env!` among the origins: with it they might need more.
    pub(crate) growing: Vec<Option<usize>>,
}

impl Lowered {
    /// The index in the source of a rule that has another in this build, which leaves some out.
    pub(crate) fn rule_in_source(&self, index: usize) -> Option<usize> {
        self.texts.get(&Place::item_of(Key::Rules, index))?.id.item
    }
}

/// A text in the source: a key with its value, an item, a rule, or one of the values of a variable.
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
        let Some(entry) = source.entries().find(|entry| entry.id == self.entry) else {
            return false;
        };
        let item = match (&entry.value, self.item) {
            (Value::Items(items), Some(item)) => items[item].predicate.holds(combination),
            (Value::Rules(rules), Some(item)) => rules[item].predicate.holds(combination),
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
    texts: HashMap<Place, Text>,
    twice: Vec<(Text, Issue)>,
    hiding_origins: Vec<Option<usize>>,
    growing: Vec<Option<usize>>,
}

impl Lowering {
    fn of(source: &Source, combination: Combination) -> Lowered {
        let mut lowering = Self {
            combination,
            texts: HashMap::new(),
            twice: Vec::new(),
            hiding_origins: Vec::new(),
            growing: Vec::new(),
        };
        let draft = lowering.draft(&source.keys, None);
        let Self { texts, twice, hiding_origins, growing, .. } = lowering;
        let (policy, issues) = match draft.validate() {
            Ok(policy) => (Some(policy), Vec::new()),
            Err(issues) => (without_needless_dangers(draft, &issues), issues.iter().cloned().collect()),
        };
        Lowered { combination, texts, policy, issues, twice, hiding_origins, growing }
    }

    /// The draft of a policy, or of the rule with this index.
    fn draft(&mut self, keys: &Keys, rule: Option<usize>) -> PolicyDraft {
        if keys.hides_origins {
            self.hiding_origins.push(rule);
        }
        let mut given = Vec::new();
        let fill = |draft, entry| self.entry(draft, entry, rule, &mut given);
        keys.entries.iter().fold(PolicyDraft::new(), fill)
    }

    fn entry(&mut self, draft: PolicyDraft, entry: &Entry, rule: Option<usize>, given: &mut Vec<Key>) -> PolicyDraft {
        let place = in_rule(Place::of(entry.key.clone()), rule);
        let key = Text { id: TextId::key(entry.id), extent: entry.key_extent, variable: None };
        let holds = entry.predicate.holds(self.combination);
        if holds == Some(false) {
            // In a build without the key a mistake about its absence belongs to it all the same.
            self.texts.entry(place).or_insert(key);
            return draft;
        }
        if given.contains(&entry.key) {
            if !entry.misspelt && holds.is_some() {
                self.twice.push((key, Issue::__new(place, IssueKind::KeyTwice)));
            }
            return draft;
        }
        given.push(entry.key.clone());
        let extent = if self.is_about_the_key(entry, rule) { entry.key_extent } else { entry.extent };
        self.texts.insert(place, Text { extent, ..key });
        if holds.is_none() { draft.__broken(&entry.key) } else { self.set(draft, entry, rule) }
    }

    /// Whether a mistake at the entry as a whole concerns its key. What a build leaves empty is not wrong in the list, which has
    /// items for another build; and where `rules` must not stand, none of them is to blame.
    fn is_about_the_key(&self, entry: &Entry, rule: Option<usize>) -> bool {
        match (&entry.key, &entry.value) {
            (Key::Rules, _) => true,
            (Key::OnDenied, _) => rule.is_some(),
            (_, Value::Items(items)) => active(items, self.combination).next().is_none(),
            _ => false,
        }
    }

    fn set(&mut self, draft: PolicyDraft, entry: &Entry, rule: Option<usize>) -> PolicyDraft {
        match (&entry.key, &entry.value) {
            (Key::Credentials, Value::Flag(flag)) => draft.credentials(*flag),
            (Key::MaxAge, Value::Text(text)) => draft.max_age(text),
            (Key::OnDenied, Value::Text(text)) => draft.on_denied(text),
            (Key::Rules, Value::Rules(rules)) if rule.is_none() => draft.rules(self.rules(entry, rules)),
            (key, Value::Text(text)) => draft.__list(key, List::from(text.as_str())),
            (key, Value::Items(items)) => match self.list(entry, rule, items) {
                Some(list) => draft.__list(key, list),
                None => draft,
            },
            (key, _) => draft.__broken(key),
        }
    }

    /// The rules that are there in this build.
    fn rules(&mut self, entry: &Entry, rules: &[Rule]) -> Vec<PolicyDraft> {
        let mut drafts = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            let index = drafts.len();
            let holds = rule.predicate.holds(self.combination);
            if holds == Some(false) {
                continue;
            }
            let id = TextId { item: Some(position), ..TextId::key(entry.id) };
            self.texts.insert(Place::item_of(Key::Rules, index), Text { id, extent: rule.extent, variable: None });
            drafts.push(match &rule.keys {
                Some(keys) if holds == Some(true) => self.draft(keys, Some(index)),
                _ => PolicyDraft::new().__broken(&Key::Origins),
            });
        }
        drafts
    }

    /// The items of a list in this build. None when there are none and the key may as well be absent.
    fn list(&mut self, entry: &Entry, rule: Option<usize>, items: &[Item]) -> Option<List> {
        let key = &entry.key;
        let mut texts = Vec::new();
        let mut unset = false;
        for (position, item) in active(items, self.combination) {
            let mut add = |part, text: Option<String>, variable: Option<&String>| {
                let id = TextId { entry: entry.id, item: Some(position), part };
                let place = in_rule(Place::item_of(key.clone(), texts.len()), rule);
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
        if unset && *key == Key::Origins {
            self.growing.push(rule);
        }
        match (texts.is_empty(), unset, key) {
            (true, true, _) => Some(List::__unset()),
            (true, false, key) if *key != Key::Origins => None,
            _ => Some(List::__items(texts)),
        }
    }
}

fn in_rule(place: Place, rule: Option<usize>) -> Place {
    match rule {
        Some(index) => place.in_rule(index),
        None => place,
    }
}

/// A danger that another build needs does not keep this one from having its policy.
fn without_needless_dangers(draft: PolicyDraft, issues: &Issues) -> Option<Policy> {
    let is_needless = |issue: &Issue| matches!(issue.kind(), IssueKind::AllowsNothing { .. });
    let only_needless = issues.iter().all(is_needless);
    only_needless.then(|| draft.__without_needless_dangers(issues).validate().ok()).flatten()
}

/// The items that are there in a build, with their positions in the source.
fn active(items: &[Item], combination: Combination) -> impl Iterator<Item = (usize, &Item)> {
    items.iter().enumerate().filter(move |(_, item)| item.predicate.holds(combination) != Some(false))
}
