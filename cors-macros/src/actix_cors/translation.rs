//! The policy with the meaning of a chain. If only the author knows what to write, it has a `todo!`, which no policy
//! accepts.

use cors_core::__private::check;
use cors_core::__private::document::{Document, Entry, Item, Keys, Mark, Notation, RawValue};
use cors_core::names::is_safelisted_method;
use cors_core::{Issue, IssueKind, Key};

use crate::extent::Extent;

#[derive(Default)]
pub(super) struct Translation {
    keys: Keys,
    /// The number of marks. Each value and item has one.
    marks: Mark,
    notes: Vec<String>,
    errors: Vec<(Extent, String)>,
}

impl Translation {
    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    fn note_once(&mut self, note: &str) {
        if !self.notes.iter().any(|other| other == note) {
            self.note(note);
        }
    }

    pub(super) fn error(&mut self, extent: Extent, text: String) {
        self.errors.push((extent, text));
    }

    pub(super) fn remove(&mut self, key: &Key) {
        self.keys.entries.retain(|entry| entry.name != key.name());
    }

    pub(super) fn set(&mut self, key: &Key, value: RawValue) {
        self.remove(key);
        let value_mark = self.mark();
        self.keys.entries.push(Entry { name: key.name().to_owned(), name_mark: 0, value_mark, value });
    }

    /// Leaves a value or an item to the author.
    pub(super) fn leave_open(&mut self, key: &Key, found: &str) {
        self.note_once(
            "replace each todo!(..) by the value itself; values that only the running program knows need a PolicyDraft in \
             place of cors_policy!, as docs/guide/run-time.md shows",
        );
        if key.takes_list() { self.add(key, open(found)) } else { self.set(key, open(found)) }
    }

    /// Adds an item to a list. Like in actix-cors, an item replaces `*`, except in the list of methods, where it adds
    /// nothing.
    pub(super) fn add(&mut self, key: &Key, value: RawValue) {
        let mark = self.mark();
        match self.value(key) {
            Some(RawValue::List(items)) => items.push(Item { index: items.len(), mark, variable: None, value }),
            Some(_) if *key == Key::Methods => {}
            _ => self.set(key, RawValue::List(vec![Item { index: 0, mark, variable: None, value }])),
        }
    }

    pub(super) fn has_every_origin(&mut self) -> bool {
        matches!(self.value(&Key::Origins), Some(RawValue::Text(_)))
    }

    fn value(&mut self, key: &Key) -> Option<&mut RawValue> {
        self.keys.entries.iter_mut().find(|entry| entry.name == key.name()).map(|entry| &mut entry.value)
    }

    fn mark(&mut self) -> Mark {
        self.marks += 1;
        self.marks
    }

    /// Returns the policy as the error of the chain, and the other errors.
    pub(super) fn into_errors(mut self, chain: Extent) -> Vec<(Extent, String)> {
        if self.value(&Key::Origins).is_none() {
            self.note("the chain allows no origin; if a loop adds them, write Cors::new(PolicyDraft::new().origins(list).validate()?) instead");
            self.set(&Key::Origins, RawValue::Name("none".to_owned()));
        }
        let every_header = matches!(self.value(&Key::AllowHeaders), Some(RawValue::Text(_)));
        if every_header && self.value(&Key::Credentials).is_none() {
            self.note("without credentials, browsers do not count `Authorization` among all headers, so it is named");
            self.add(&Key::AllowHeaders, RawValue::Text("*".to_owned()));
            self.add(&Key::AllowHeaders, RawValue::Text("Authorization".to_owned()));
        }
        self.note_methods_that_need_no_permission();
        self.repair();
        let policy = self.print();
        let open = if policy.contains("todo!(") { ", with values of yours in place of each todo!(..)" } else { "" };
        let notes: String = self.notes.iter().map(|note| format!("\nnote: {note}")).collect();
        let text = format!(
            "this is a chain of actix-cors\nhelp: write this policy in place of the whole cors_policy! {{ .. }}{open}:\n\n{policy}\n{notes}"
        );
        self.errors.insert(0, (chain, text));
        self.errors.sort_by_key(|(extent, _)| extent.position());
        self.errors
    }

    /// Adds a note: a policy cannot refuse a method that needs no permission, but actix-cors refuses it in
    /// preflights.
    fn note_methods_that_need_no_permission(&mut self) {
        let lists_headers = self.value(&Key::AllowHeaders).is_some();
        let missing: Vec<&str> = match self.value(&Key::Methods) {
            Some(RawValue::List(items)) => {
                let is_listed = |name: &&str| items.iter().any(|item| may_be(&item.value, name));
                WITHOUT_PERMISSION.into_iter().filter(|name| !is_listed(name)).collect()
            }
            None if lists_headers => WITHOUT_PERMISSION.to_vec(),
            _ => return,
        };
        let (need, them) = if missing.len() == 1 { ("needs", "it") } else { ("need", "them") };
        if !missing.is_empty() {
            let missing = missing.join(" and ");
            self.note(format!(
                "the chain does not list {missing}, which {need} no permission in CORS, so the policy lets {them} through as \
                 well; refuse in the handler what must not run"
            ));
        }
    }

    /// Removes what a policy refuses, and adds a note with the reason.
    fn repair(&mut self) {
        // A corrected value can be in the list twice; what is still refused after this is left open.
        const ROUNDS: usize = 4;
        for _ in 0..ROUNDS {
            let content = RawValue::Keys(self.keys.clone());
            let (_, mut issues) = check(&Document { notation: Notation::Source, content, ..Document::default() });
            // Values of a wrong type are the open ones.
            issues.retain(|(_, issue)| !matches!(issue.kind(), IssueKind::WrongType { .. }));
            if issues.is_empty() {
                return;
            }
            for (mark, issue) in issues {
                let reason = reason(&issue);
                self.note(if allows_more(issue.kind()) { newly_allowed(&reason) } else { reason });
                self.replace(mark, issue.kind());
            }
        }
    }

    fn replace(&mut self, mark: Mark, kind: &IssueKind) {
        for entry in &mut self.keys.entries {
            if entry.value_mark == mark {
                entry.value = match kind {
                    IssueKind::WildcardWithCredentials if entry.name == Key::Origins.name() => {
                        list([open("the origins that may read as the user"), RawValue::Other(OWN_MACHINE.to_owned())])
                    }
                    IssueKind::WildcardWithCredentials => list([open("the response headers that scripts read")]),
                    kind => corrected(kind).unwrap_or_else(|| open(&entry.value.to_string())),
                };
            } else if let RawValue::List(items) = &mut entry.value {
                if is_superfluous(kind) {
                    items.retain(|item| item.mark != mark);
                }
                for item in items.iter_mut().filter(|item| item.mark == mark) {
                    item.value = corrected(kind).unwrap_or_else(|| open(item.value.to_string().trim_matches('"')));
                }
            }
        }
        self.keys.entries.retain(|entry| !matches!(&entry.value, RawValue::List(items) if items.is_empty()));
    }

    /// Returns the policy in the notation of the macro.
    fn print(&self) -> String {
        let of_key = |key: &Key| self.keys.entries.iter().find(|entry| entry.name == key.name());
        let lines: String = Key::ALL.iter().filter_map(of_key).map(line).collect();
        format!("cors_actix::cors_policy! {{\n{lines}}}")
    }
}

fn line(entry: &Entry) -> String {
    const WIDTH: usize = 100;
    let line = format!("    {}: {},\n", entry.name, entry.value);
    match &entry.value {
        RawValue::List(items) if line.len() > WIDTH => {
            let items: String = items.iter().map(|item| format!("        {},\n", item.value)).collect();
            format!("    {}: [\n{items}    ],\n", entry.name)
        }
        _ => line,
    }
}

/// Returns a value that only the author can know.
fn open(found: &str) -> RawValue {
    RawValue::Other(format!("todo!({found:?})"))
}

/// Methods that people expect to refuse if a list does not have them.
const WITHOUT_PERMISSION: [&str; 2] = ["GET", "POST"];

/// Returns whether an item is or can be this method.
fn may_be(item: &RawValue, method: &str) -> bool {
    match item {
        RawValue::Name(name) | RawValue::Text(name) => name.eq_ignore_ascii_case(method),
        _ => true,
    }
}

/// The item for people who allow everything during development.
const OWN_MACHINE: &str = "#[cfg(debug_assertions)] \"http://localhost:*\"";

fn list<const N: usize>(values: [RawValue; N]) -> RawValue {
    let items = values.into_iter().enumerate();
    RawValue::List(items.map(|(index, value)| Item { index, mark: 0, variable: None, value }).collect())
}

/// Returns the mistake, and why the policy differs, in one line.
fn reason(issue: &Issue) -> String {
    let message = issue.message();
    let notes = if is_superfluous(issue.kind()) { Vec::new() } else { message.notes() };
    std::iter::once(message.summary()).chain(notes).collect::<Vec<_>>().join("; ")
}

/// Returns whether the corrected value allows what the chain never allowed, since no browser sends what it says.
fn allows_more(kind: &IssueKind) -> bool {
    match kind {
        IssueKind::UnserialisableOrigin { suggestion, .. } => suggestion.is_some(),
        IssueKind::MethodCase { suggestion, .. } => !is_safelisted_method(suggestion),
        _ => false,
    }
}

/// Adds to a note that the policy allows more.
pub(super) fn newly_allowed(note: &str) -> String {
    format!("{note}; the old policy never allowed it, and this one does: remove it if you do not need it")
}

/// Returns whether the policy means the same without the item.
const fn is_superfluous(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::Repetition { .. }
            | IssueKind::Covered { .. }
            | IssueKind::NeedlessAuthorization
            | IssueKind::ForbiddenName { .. }
            | IssueKind::MisplacedName { .. }
    )
}

/// Returns the value that the author meant, if it is clear.
fn corrected(kind: &IssueKind) -> Option<RawValue> {
    match kind {
        IssueKind::UnserialisableOrigin { suggestion, .. }
        | IssueKind::WildcardElsewhere { suggestion, .. }
        | IssueKind::NotAToken { suggestion, .. } => suggestion.clone().map(RawValue::Text),
        IssueKind::MethodCase { suggestion, .. } => Some(RawValue::Name((*suggestion).to_owned())),
        IssueKind::MaxAgeTooLong { .. } => Some(RawValue::Number("1d".to_owned())),
        _ => None,
    }
}
