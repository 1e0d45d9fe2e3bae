//! A draft that is filled key by key, by whoever reads data or variables.

use super::{List, Listed, PolicyDraft};
use crate::{Issue, IssueKind, Key, Place};

/// The value of a key, as it was read.
pub(super) enum Value {
    /// Of another type, which is among the mistakes.
    Broken,
    Flag(bool),
    /// A duration, or a word.
    Text(String),
    List(List),
    #[cfg(feature = "serde")]
    Rules(Vec<PolicyDraft>),
}

impl Value {
    /// Whether one can tell that a value of the key was meant.
    fn has_form(&self) -> bool {
        match self {
            Self::Broken => false,
            Self::List(List(Listed::One(text))) => text == "*",
            Self::List(List(Listed::Items(items))) => !items.is_empty(),
            _ => true,
        }
    }
}

/// A value, and the mistakes that keep it or parts of it from being held.
pub(super) struct Read {
    pub(super) value: Value,
    pub(super) mistakes: Vec<Issue>,
}

impl Read {
    /// A value that is right as far as its form goes.
    pub(super) const fn right(value: Value) -> Self {
        Self { value, mistakes: Vec::new() }
    }

    /// A value that cannot be held.
    pub(super) fn broken(key: &Key, kind: IssueKind) -> Self {
        Self { value: Value::Broken, mistakes: vec![Issue::new(Place::of(key.clone()), kind)] }
    }
}

/// The keys that came so far. No mistake ends it.
#[derive(Default)]
pub(super) struct Filling {
    draft: PolicyDraft,
    given: Vec<Key>,
    /// The keys that were meant, the names that stand there, and the values.
    misspelt: Vec<(Key, String, Value)>,
}

impl Filling {
    /// Takes a key, or the mistake in its name, and its value.
    pub(super) fn entry(&mut self, name: &str, key: Result<Key, IssueKind>, read: impl FnOnce(&Key) -> Read) {
        let kind = match key {
            Ok(key) => {
                let Read { value, mistakes } = read(&key);
                self.draft.found.extend(mistakes);
                return self.given(key, value);
            }
            Err(kind) => kind,
        };
        if let IssueKind::UnknownKey { suggestion: Some(meant), .. } = &kind {
            let Read { mut value, mistakes } = read(meant);
            // A wrong guess must have no consequences.
            if value.has_form() {
                self.draft.found.extend(mistakes.into_iter().map(|issue| issue.at_misspelt(name)));
            } else {
                value = Value::Broken;
            }
            self.misspelt.push((meant.clone(), name.to_owned(), value));
        }
        self.draft.report(Issue::new(Place::of(Key::Unknown(name.to_owned())), kind));
    }

    fn given(&mut self, key: Key, value: Value) {
        if self.given.contains(&key) {
            self.draft.report(Issue::new(Place::of(key), IssueKind::KeyTwice));
        } else {
            self.set(key, value);
        }
    }

    fn set(&mut self, key: Key, value: Value) {
        let draft = std::mem::take(&mut self.draft);
        self.draft = match (&key, value) {
            (Key::Credentials, Value::Flag(flag)) => draft.credentials(flag),
            (Key::MaxAge, Value::Text(text)) => draft.max_age(text),
            (Key::OnDenied, Value::Text(text)) => draft.on_denied(text),
            #[cfg(feature = "serde")]
            (Key::Rules, Value::Rules(rules)) => draft.rules(rules),
            (key, Value::List(list)) => draft.__list(key, list),
            (key, _) => draft.__broken(key),
        };
        self.given.push(key);
    }

    /// The draft. Only now is it known which keys stand beside what looks like a misspelling of them.
    pub(super) fn finish(mut self) -> PolicyDraft {
        for (key, name, value) in std::mem::take(&mut self.misspelt) {
            if !self.given.contains(&key) {
                self.draft.misspelt.push((key.clone(), name));
                self.set(key, value);
            }
        }
        self.draft
    }

    /// Adds a mistake at what is no key.
    pub(super) fn report(&mut self, issue: Issue) {
        self.draft.report(issue);
    }

    /// Says that the origins stand where they cannot be read, so that nobody misses them.
    pub(super) fn origins_stand_elsewhere(&mut self) {
        if !self.given.contains(&Key::Origins) {
            self.set(Key::Origins, Value::Broken);
        }
    }
}
