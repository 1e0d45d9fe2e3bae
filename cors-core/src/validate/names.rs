//! The rules for `methods`, `allow_headers` and `expose_headers`.

use crate::draft::{Entry, List, Listed};
use crate::names::{
    is_forbidden_method, is_forbidden_request_header, is_forbidden_response_header, is_non_wildcard_request_header,
    is_protocol_header, is_request_only_header, is_safelisted_method, is_token, registered_in_upper_case,
};
use crate::{Issue, IssueKind, Key, Names, Place};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListOf {
    Methods,
    AllowHeaders,
    ExposeHeaders,
}

impl ListOf {
    const fn key(self) -> Key {
        match self {
            Self::Methods => Key::Methods,
            Self::AllowHeaders => Key::AllowHeaders,
            Self::ExposeHeaders => Key::ExposeHeaders,
        }
    }
}

pub(super) fn check(of: ListOf, entry: &Entry<List>, credentials: bool, issues: &mut Vec<Issue>) -> Names {
    if let Entry::Given(List(Listed::One(text))) = entry
        && text == "*"
    {
        if of == ListOf::ExposeHeaders && credentials {
            issues.push(Issue::new(Place::of(of.key()), IssueKind::WildcardWithCredentials));
        }
        return Names::Any("*".into());
    }
    let items = super::given_items(of.key(), entry, issues);
    let context = Context { of, credentials, items: &items, count: count(entry) };
    for (position, (index, _)) in items.iter().enumerate() {
        if let Some(kind) = context.mistake(position) {
            issues.push(Issue::new(Place::item_of(of.key(), *index), kind));
        }
    }
    let text = items.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
    match items.as_slice() {
        [] => Names::Unsaid,
        items if items.iter().any(|(_, name)| *name == "*") => Names::Any(text.into()),
        items if of == ListOf::Methods && items.iter().all(|(_, name)| is_safelisted_method(name)) => {
            Names::Safelisted(text.into())
        }
        _ => Names::Listed(text.into()),
    }
}

/// How many items were written, broken ones too.
fn count(entry: &Entry<List>) -> usize {
    match entry {
        Entry::Given(List(Listed::Items(items))) => items.len(),
        _ => 0,
    }
}

struct Context<'c> {
    of: ListOf,
    credentials: bool,
    items: &'c [(usize, &'c str)],
    count: usize,
}

impl Context<'_> {
    /// The first mistake of an item, in the order in which the policy language lists them.
    fn mistake(&self, position: usize) -> Option<IssueKind> {
        match self.items[position].1 {
            "*" => self.wildcard(),
            name if name.contains('*') => Some(IssueKind::WildcardElsewhere { text: name.to_owned() }),
            name => self.repetition(position).or_else(|| mistake_in(self.of, name)),
        }
    }

    fn wildcard(&self) -> Option<IssueKind> {
        // Where `*` stands for names, `Authorization` is not one of them and may stand beside it.
        let beside = |name: &str| self.of == ListOf::AllowHeaders && is_non_wildcard_request_header(name);
        let wildcards = self.items.iter().filter(|(_, name)| *name == "*").count();
        let companions = self.items.iter().filter(|(_, name)| beside(name)).count();
        if self.of == ListOf::ExposeHeaders && self.credentials {
            Some(IssueKind::WildcardWithCredentials)
        } else if wildcards > 1 || wildcards + companions < self.count {
            Some(IssueKind::WildcardElsewhere { text: "*".to_owned() })
        } else {
            None
        }
    }

    fn repetition(&self, position: usize) -> Option<IssueKind> {
        let name = self.items[position].1;
        let same = |other: &str| match self.of {
            ListOf::Methods => other == name,
            ListOf::AllowHeaders | ListOf::ExposeHeaders => other.eq_ignore_ascii_case(name),
        };
        if self.items[..position].iter().any(|(_, other)| same(other)) {
            return Some(IssueKind::Repetition { text: name.to_owned() });
        }
        let covered = self.of == ListOf::AllowHeaders
            && self.credentials
            && is_non_wildcard_request_header(name)
            && self.items.iter().any(|(_, other)| *other == "*");
        covered.then_some(IssueKind::NeedlessAuthorization)
    }
}

/// The mistake in a name, wherever it stands.
fn mistake_in(of: ListOf, name: &str) -> Option<IssueKind> {
    let forbidden = match of {
        ListOf::Methods => is_forbidden_method(name.as_bytes()),
        ListOf::AllowHeaders => is_forbidden_request_header(name),
        ListOf::ExposeHeaders => is_forbidden_response_header(name),
    };
    let misplaced = match of {
        ListOf::Methods => false,
        ListOf::AllowHeaders => is_protocol_header(name),
        ListOf::ExposeHeaders => is_protocol_header(name) || is_request_only_header(name),
    };
    if forbidden {
        Some(IssueKind::ForbiddenName { name: name.to_owned() })
    } else if misplaced {
        Some(IssueKind::MisplacedName { name: name.to_owned() })
    } else if !is_token(name.as_bytes()) {
        Some(IssueKind::NotAToken { text: name.to_owned(), suggestion: name_in(of, name) })
    } else {
        let registered = if of == ListOf::Methods { registered_in_upper_case(name) } else { None };
        registered.map(|suggestion| IssueKind::MethodCase { method: name.to_owned(), suggestion })
    }
}

/// The name that is left when white space and punctuation around it are taken away, if that has no mistake itself.
fn name_in(of: ListOf, text: &str) -> Option<String> {
    let name = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ','));
    if name == text {
        return None;
    }
    match mistake_in(of, name) {
        None => Some(name.to_owned()),
        Some(IssueKind::MethodCase { suggestion, .. }) => Some(suggestion.to_owned()),
        Some(_) => None,
    }
}
