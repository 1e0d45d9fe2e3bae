//! The accepted values of each key in each notation.

use super::fields::{FieldItem, FieldList};
use super::read::Reader;
use super::variables::{is_enclosed, split_values};
use super::{Item, Notation, RawValue};
use crate::issue::SyntaxIssue;
use crate::{Issue, IssueKind, Key, Place};

impl Reader<'_> {
    pub(super) fn flag(&mut self, _: &Key, value: &RawValue) -> Result<bool, IssueKind> {
        match value {
            RawValue::Flag(flag) => Ok(*flag),
            RawValue::Variable { .. } => match single(value)? {
                "true" => Ok(true),
                "false" => Ok(false),
                _ => Err(wrong_type(value)),
            },
            value => Err(wrong_type(value)),
        }
    }

    /// Reads a number of seconds, or a number with a unit. Accepts a text only in notations whose numbers have no
    /// units.
    pub(super) fn duration(&mut self, _: &Key, value: &RawValue) -> Result<String, IssueKind> {
        match (value, self.notation) {
            (RawValue::Number(text), _) => Ok(text.clone()),
            (RawValue::Text(text), notation) if *notation != Notation::Source => Ok(text.clone()),
            (RawValue::Variable { .. }, _) => single(value).map(str::to_owned),
            (value, _) => Err(wrong_type(value)),
        }
    }

    /// Reads a bare name. Accepts a text in notations without bare names.
    pub(super) fn word(&mut self, _: &Key, value: &RawValue) -> Result<String, IssueKind> {
        match (value, self.notation) {
            (RawValue::Name(name), _) if !is_constant(name) => Ok(name.clone()),
            (RawValue::Text(text), notation) if *notation != Notation::Source => Ok(text.clone()),
            (RawValue::Variable { .. }, _) => single(value).map(str::to_owned),
            (value, _) => Err(wrong_type(value)),
        }
    }

    pub(super) fn list(&mut self, key: &Key, value: &RawValue) -> Result<FieldList, IssueKind> {
        let whole_list = |text: &str, may_be_none: bool| match text {
            "*" if *key != Key::DangerouslyAllow => Some(FieldList::Wildcard),
            NONE if *key == Key::Origins && may_be_none => Some(FieldList::NoOrigin),
            _ => None,
        };
        let whole = match (value, self.notation) {
            (RawValue::Text(text), notation) => whole_list(text, *notation != Notation::Source),
            (RawValue::Name(name), _) => whole_list(name, true),
            (RawValue::Variable { text, .. }, _) => whole_list(text.trim(), true),
            _ => None,
        };
        match (whole, value) {
            (Some(list), _) => Ok(list),
            (None, RawValue::Variable { .. }) => several(value),
            (None, RawValue::List(items)) => Ok(self.items(key, items)),
            // A bare method is a name, not a constant. Only the brackets are missing.
            (None, RawValue::Name(name)) if *key == Key::Methods && !name.contains('_') => {
                Err(IssueKind::WrongType { found: name.clone() })
            }
            (None, value) => Err(wrong_type(value)),
        }
    }

    fn items(&mut self, key: &Key, items: &[Item]) -> FieldList {
        let is_there = |item: &&Item| !matches!(item.value, RawValue::Absent | RawValue::Unset);
        let there: Vec<FieldItem> = items.iter().filter(is_there).map(|item| self.item(key, item)).collect();
        let has_unset = items.iter().any(|item| matches!(item.value, RawValue::Unset));
        FieldList::Items { is_for_other_builds: there.is_empty() && !items.is_empty(), has_unset, items: there }
    }

    fn item(&mut self, key: &Key, item: &Item) -> FieldItem {
        let text = match &item.value {
            RawValue::Broken => None,
            value => self
                .text(key, value)
                .map_err(|kind| {
                    let place = Place::item_of(key.clone(), item.index).marked(item.mark);
                    self.issues.push(Issue::new(place, kind));
                })
                .ok(),
        };
        FieldItem { index: item.index, mark: item.mark, variable: item.variable.clone(), text }
    }

    fn text(&self, key: &Key, value: &RawValue) -> Result<String, IssueKind> {
        match (key, value) {
            (_, RawValue::Text(text)) | (Key::DangerouslyAllow, RawValue::Name(text)) => Ok(text.clone()),
            // No registered method has an underscore; many constants have one.
            (Key::Methods, RawValue::Name(name)) if !name.contains('_') => Ok(name.clone()),
            (Key::Origins, RawValue::Name(name)) if name == "null" || name == NONE => Ok(name.clone()),
            (Key::Origins, RawValue::Name(name)) => Err(not_a_literal(name)),
            // `null` without quotes means the origin.
            (Key::Origins, RawValue::Null) => Ok("null".to_owned()),
            (_, RawValue::Invalid(kind)) => Err((**kind).clone()),
            (_, value) => Err(wrong_type(value)),
        }
    }
}

/// Returns the mistake for a value of another type. A name in capitals is a constant, which a macro cannot evaluate.
pub(super) fn wrong_type(value: &RawValue) -> IssueKind {
    match value {
        RawValue::Name(name) if is_constant(name) => not_a_literal(name),
        RawValue::Invalid(kind) => (**kind).clone(),
        value => IssueKind::WrongType { found: value.to_string() },
    }
}

/// The value of `origins` for a policy that allows no origin (SRV-26).
const NONE: &str = "none";

/// Splits the text of a variable at commas.
fn several(value: &RawValue) -> Result<FieldList, IssueKind> {
    let RawValue::Variable { variable, text } = value else {
        return Err(wrong_type(value));
    };
    let values = split_values(variable, text).map_err(IssueKind::Syntax)?;
    if is_enclosed(text.trim()) || values.iter().any(|value| is_enclosed(value)) {
        return Err(wrong_type(value));
    }
    let item = |(index, text)| FieldItem { index, mark: 0, variable: None, text: Some(text) };
    let items = values.into_iter().enumerate().map(item).collect();
    Ok(FieldList::Items { items, is_for_other_builds: false, has_unset: false })
}

/// Returns the text of a variable that is not a list. A comma has no meaning there.
fn single(value: &RawValue) -> Result<&str, IssueKind> {
    match value {
        RawValue::Variable { variable, text } => match text.trim() {
            "" => Err(IssueKind::Syntax(SyntaxIssue::EmptyVariable { variable: variable.clone() })),
            text if is_enclosed(text) => Err(wrong_type(value)),
            text => Ok(text),
        },
        value => Err(wrong_type(value)),
    }
}

fn not_a_literal(name: &str) -> IssueKind {
    IssueKind::Syntax(SyntaxIssue::NotALiteral { found: name.to_owned() })
}

/// Whether a name looks like a constant: capitals, digits and underscores.
fn is_constant(name: &str) -> bool {
    name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
