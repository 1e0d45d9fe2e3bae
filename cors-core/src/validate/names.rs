//! The rules for `methods`, `allow_headers` and `expose_headers`.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::document::{Field, FieldList};
use crate::names::{
    is_forbidden_method, is_forbidden_request_header, is_forbidden_response_header, is_non_wildcard_request_header,
    is_preflight_header, is_protocol_header, is_request_only_header, is_safelisted_method, is_token,
    registered_in_upper_case,
};
use crate::{Issue, IssueKind, Key, Names};

/// A key with a list of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NameList {
    Methods,
    AllowHeaders,
    ExposeHeaders,
}

impl NameList {
    const fn key(self) -> Key {
        match self {
            Self::Methods => Key::Methods,
            Self::AllowHeaders => Key::AllowHeaders,
            Self::ExposeHeaders => Key::ExposeHeaders,
        }
    }

    /// Returns the form of a name for comparison. Header names are case-insensitive.
    fn identity(self, name: &str) -> Cow<'_, str> {
        match self {
            Self::Methods => name.into(),
            Self::AllowHeaders | Self::ExposeHeaders => name.to_ascii_lowercase().into(),
        }
    }
}

pub(super) fn check(
    list: NameList,
    field: &Field<FieldList>,
    credentials: bool,
    allows_repetition: bool,
    issues: &mut Vec<Issue>,
) -> Names {
    if field.given() == Some(&FieldList::Wildcard) {
        if list == NameList::ExposeHeaders && credentials {
            issues.push(Issue::new(field.place_of_value(list.key()), IssueKind::WildcardWithCredentials));
        }
        return Names::Any("*".into());
    }
    let texts: Vec<&str> = field.items().iter().filter_map(|item| item.text.as_deref()).collect();
    let context = NameContext::of(list, credentials, &texts, field.items().len());
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for item in field.items() {
        let Some(name) = item.text.as_deref() else {
            continue;
        };
        let repeated = !seen.insert(list.identity(name));
        match context.issue(name, repeated) {
            Some(IssueKind::Repetition { .. }) if allows_repetition => {}
            Some(kind) => issues.push(item.issue(list.key(), kind)),
            None => names.push(name),
        }
    }
    let text = names.join(", ");
    match names.as_slice() {
        [] => Names::Unset,
        names if names.contains(&"*") => Names::Any(text.into()),
        names if list == NameList::Methods && names.iter().all(is_safelisted_method) => Names::Safelisted(text.into()),
        _ => Names::Listed(text.into()),
    }
}

/// What the check of a name depends on besides the name.
struct NameContext {
    list: NameList,
    credentials: bool,
    /// Number of items that are `*`.
    wildcards: usize,
    /// Number of items that are neither `*` nor allowed beside it.
    others: usize,
}

impl NameContext {
    /// `count` is the number of items, including broken ones.
    fn of(list: NameList, credentials: bool, names: &[&str], count: usize) -> Self {
        // `*` does not cover `Authorization`, which is therefore allowed beside it.
        let beside = |name: &str| list == NameList::AllowHeaders && is_non_wildcard_request_header(name);
        let wildcards = names.iter().filter(|name| **name == "*").count();
        let companions = names.iter().filter(|name| beside(name)).count();
        Self { list, credentials, wildcards, others: count - wildcards - companions }
    }

    /// Returns the first mistake of an item, in the order of the policy language.
    fn issue(&self, name: &str, repeated: bool) -> Option<IssueKind> {
        match name {
            "*" => self.wildcard(),
            name if name.contains('*') => {
                Some(IssueKind::WildcardElsewhere { text: name.to_owned(), suggestion: None })
            }
            name => self.repetition(name, repeated).or_else(|| issue_in(self.list, name)),
        }
    }

    fn wildcard(&self) -> Option<IssueKind> {
        if self.list == NameList::ExposeHeaders && self.credentials {
            Some(IssueKind::WildcardWithCredentials)
        } else if self.wildcards > 1 || self.others > 0 {
            Some(IssueKind::WildcardElsewhere { text: "*".to_owned(), suggestion: None })
        } else {
            None
        }
    }

    fn repetition(&self, name: &str, repeated: bool) -> Option<IssueKind> {
        if repeated {
            return Some(IssueKind::Repetition { text: name.to_owned() });
        }
        let covered = self.list == NameList::AllowHeaders
            && self.credentials
            && is_non_wildcard_request_header(name)
            && self.wildcards > 0
            // Beside other names the `*` is the mistake.
            && self.others == 0;
        covered.then_some(IssueKind::NeedlessAuthorization)
    }
}

/// Returns the mistake of a name that does not depend on the other items.
fn issue_in(list: NameList, name: &str) -> Option<IssueKind> {
    let forbidden = match list {
        NameList::Methods => is_forbidden_method(name.as_bytes()),
        NameList::AllowHeaders => is_forbidden_request_header(name),
        NameList::ExposeHeaders => is_forbidden_response_header(name),
    };
    let misplaced = match list {
        NameList::Methods => false,
        NameList::AllowHeaders => is_protocol_header(name),
        NameList::ExposeHeaders => is_preflight_header(name) || is_request_only_header(name),
    };
    if forbidden {
        Some(IssueKind::ForbiddenName { name: name.to_owned() })
    } else if misplaced {
        Some(IssueKind::MisplacedName { name: name.to_owned() })
    } else if !is_token(name.as_bytes()) {
        Some(IssueKind::NotAToken { text: name.to_owned(), suggestion: name_in(list, name) })
    } else {
        let registered = if list == NameList::Methods { registered_in_upper_case(name) } else { None };
        registered.map(|suggestion| IssueKind::MethodCase { method: name.to_owned(), suggestion })
    }
}

/// Returns the name without the white space and punctuation around it, if that is valid.
fn name_in(list: NameList, text: &str) -> Option<String> {
    let name = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ','));
    if name == text {
        return None;
    }
    match issue_in(list, name) {
        None => Some(name.to_owned()),
        Some(IssueKind::MethodCase { suggestion, .. }) => Some(suggestion.to_owned()),
        Some(_) => None,
    }
}
