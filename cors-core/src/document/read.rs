//! Reads a document into fields, and reports every mistake of form. The same for all readers.

use super::fields::{Content, Field, Fields};
use super::value::wrong_type;
use super::{Document, Entry, Item, Keys, Notation, RawValue};
use crate::{Issue, IssueKind, Key, Place};

/// What has the keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Policy,
    Rule,
}

/// Returns the fields of a policy, and the mistakes of form. The fields do not have the parts with mistakes.
pub(crate) fn read(document: &Document) -> (Fields, Vec<Issue>) {
    let mut reader = Reader { notation: &document.notation, issues: Vec::new() };
    let fields = match &document.content {
        RawValue::Keys(keys) => reader.fields(keys, Level::Policy),
        other => {
            let kind = IssueKind::WrongType { found: other.to_string() };
            reader.issues.push(Issue::new(Place::whole(), kind));
            Fields::unreadable()
        }
    };
    (fields, reader.issues)
}

pub(super) struct Reader<'d> {
    pub(super) notation: &'d Notation,
    pub(super) issues: Vec<Issue>,
}

impl Reader<'_> {
    fn fields(&mut self, keys: &Keys, level: Level) -> Fields {
        let mut fields = Fields { asks_for_other_origins: keys.asks_for_other_origins, ..Fields::default() };
        let mut known = Vec::new();
        let mut misspelt = Vec::new();
        for entry in &keys.entries {
            if self.names_the_schema(entry, level) {
                continue;
            }
            let is_there = !matches!(entry.value, RawValue::Absent);
            match self.key_of(&entry.name, level) {
                Ok(key) if known.contains(&key) => self.report_twice(&key, entry, level),
                Ok(key) => {
                    self.set(&mut fields, &key, entry, level);
                    known.extend(is_there.then_some(key));
                }
                Err(kind) if is_there => misspelt.extend(self.report_unknown(entry, kind).map(|meant| (meant, entry))),
                Err(_) => {}
            }
        }
        // After the loop, since a later entry may have the key that a misspelling suggests.
        for (key, entry) in misspelt {
            if known.contains(&key) {
                self.set_misspelt(&mut Fields::default(), &key, entry, level);
            } else {
                self.set_misspelt(&mut fields, &key, entry, level);
                known.push(key);
            }
        }
        if keys.is_incomplete && fields.origins.is_absent() {
            fields.origins.content = Content::Broken;
        }
        fields
    }

    /// Whether the key is `$schema`, with which a JSON file names its schema for editors.
    fn names_the_schema(&self, entry: &Entry, level: Level) -> bool {
        *self.notation == Notation::Data && level == Level::Policy && entry.name == "$schema"
    }

    /// Returns the key with this name in the notation.
    fn key_of(&self, name: &str, level: Level) -> Result<Key, IssueKind> {
        let in_capitals = matches!(self.notation, Notation::Variables { .. });
        let found = if in_capitals { Key::from_name(&name.to_ascii_lowercase()) } else { Key::from_name(name) };
        let suggestion = match found {
            Ok(key) if !in_capitals || key.name().to_ascii_uppercase() == name => return Ok(key),
            Ok(key) => Some(key),
            Err(error) => error.suggestion().cloned(),
        };
        // A rule must not get the suggestion of a key of the policy, which would be the next mistake.
        let suggestion = suggestion.filter(|key| level == Level::Policy || !belongs_to_policy(key));
        Err(IssueKind::UnknownKey { name: name.to_owned(), suggestion })
    }

    /// Reports a key that the policy or rule already has. The first value is kept; mistakes of form in the second are reported.
    fn report_twice(&mut self, key: &Key, entry: &Entry, level: Level) {
        if !matches!(entry.value, RawValue::Absent | RawValue::Broken) {
            self.issues.push(Issue::new(Place::of(key.clone()).marked(entry.name_mark), IssueKind::DuplicateKey));
            self.set(&mut Fields::default(), key, entry, level);
        }
    }

    /// Reports a name that is not a key. Returns the key that was probably meant.
    fn report_unknown(&mut self, entry: &Entry, kind: IssueKind) -> Option<Key> {
        let meant = match &kind {
            IssueKind::UnknownKey { suggestion, .. } => suggestion.clone(),
            _ => None,
        };
        // Variables cannot express several rules, so `rules` is not a misspelling to correct.
        if meant == Some(Key::Rules) && matches!(self.notation, Notation::Variables { .. }) {
            return meant;
        }
        let place = Place::of(Key::Unknown(entry.name.clone())).marked(entry.name_mark);
        self.issues.push(Issue::new(place, kind));
        meant
    }

    /// Sets a misspelt key. If the value does not fit the key, sets it as broken, so that a wrong suggestion causes no
    /// further mistake.
    fn set_misspelt(&mut self, fields: &mut Fields, key: &Key, entry: &Entry, level: Level) {
        let mut reader = Self { notation: self.notation, issues: Vec::new() };
        reader.set(fields, key, entry, level);
        if fields.has_plausible_value(key) || matches!(self.notation, Notation::Variables { .. }) && *key == Key::Rules
        {
            self.issues.extend(reader.issues.into_iter().map(|issue| issue.at_misspelt(key, &entry.name)));
        } else {
            self.set(fields, key, &Entry { value: RawValue::Broken, ..entry.clone() }, level);
        }
        fields.misspelt.push((key.clone(), entry.name.clone()));
    }

    fn set(&mut self, fields: &mut Fields, key: &Key, entry: &Entry, level: Level) {
        match key {
            key if level == Level::Rule && belongs_to_policy(key) => {
                if !matches!(entry.value, RawValue::Absent) {
                    self.issues
                        .push(Issue::new(Place::of(key.clone()).marked(entry.name_mark), IssueKind::MisplacedKey));
                }
            }
            Key::Rules if matches!(self.notation, Notation::Variables { .. }) => {
                let kind = IssueKind::UnknownKey { name: key.name().to_owned(), suggestion: None };
                self.issues.push(Issue::new(Place::of(Key::Rules), kind));
                if fields.origins.is_absent() {
                    fields.origins.content = Content::Broken;
                }
            }
            Key::Origins => fields.origins = self.field(key, entry, Self::list),
            Key::Credentials => fields.credentials = self.field(key, entry, Self::flag),
            Key::Methods => fields.methods = self.field(key, entry, Self::list),
            Key::AllowHeaders => fields.allow_headers = self.field(key, entry, Self::list),
            Key::ExposeHeaders => fields.expose_headers = self.field(key, entry, Self::list),
            Key::MaxAge => fields.max_age = self.field(key, entry, Self::duration),
            Key::OnDenied => fields.on_denied = self.field(key, entry, Self::word),
            Key::DangerouslyAllow => fields.dangerously_allow = self.field(key, entry, Self::list),
            Key::Rules => {
                // If all rules are for other builds, the mistake is at the key.
                let is_written = |value: &RawValue| matches!(value, RawValue::List(items) if !items.is_empty());
                fields.rules = self.field(key, entry, Self::rules);
                if fields.rules.given().is_some_and(Vec::is_empty) && is_written(&entry.value) {
                    fields.rules.value_mark = entry.name_mark;
                }
            }
            Key::Unknown(_) => {}
        }
    }

    fn field<T>(
        &mut self,
        key: &Key,
        entry: &Entry,
        read: impl FnOnce(&mut Self, &Key, &RawValue) -> Result<T, IssueKind>,
    ) -> Field<T> {
        let content = match &entry.value {
            RawValue::Absent => Content::Absent,
            RawValue::Broken => Content::Broken,
            RawValue::Invalid(kind) => self.broken(key, entry, (**kind).clone()),
            value => match read(self, key, value) {
                Ok(value) => Content::Given(value),
                Err(kind) => self.broken(key, entry, kind),
            },
        };
        Field { content, name_mark: entry.name_mark, value_mark: entry.value_mark }
    }

    fn broken<T>(&mut self, key: &Key, entry: &Entry, kind: IssueKind) -> Content<T> {
        self.issues.push(Issue::new(Place::of(key.clone()).marked(entry.value_mark), kind));
        Content::Broken
    }

    fn rules(&mut self, _: &Key, value: &RawValue) -> Result<Vec<Fields>, IssueKind> {
        let RawValue::List(items) = value else {
            return Err(wrong_type(value));
        };
        let is_there = |item: &&Item| !matches!(item.value, RawValue::Absent);
        Ok(items.iter().filter(is_there).map(|item| self.rule(item)).collect())
    }

    fn rule(&mut self, item: &Item) -> Fields {
        let mut reader = Self { notation: self.notation, issues: Vec::new() };
        let fields = match &item.value {
            RawValue::Keys(keys) => reader.fields(keys, Level::Rule),
            RawValue::Broken => Fields::unreadable(),
            other => {
                let place = Place::item_of(Key::Rules, item.index).marked(item.mark);
                self.issues.push(Issue::new(place, wrong_type(other)));
                Fields::unreadable()
            }
        };
        self.issues.extend(reader.issues.into_iter().map(|issue| issue.in_rule(item.index)));
        Fields { index: item.index, mark: item.mark, ..fields }
    }
}

/// Whether a key belongs to the policy, not to a rule.
const fn belongs_to_policy(key: &Key) -> bool {
    matches!(key, Key::OnDenied | Key::Rules)
}
