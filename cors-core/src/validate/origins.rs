//! The rules for `origins`.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::draft::{Entry, List, Listed};
use crate::policy::Dangers;
use crate::{Issue, IssueKind, Key, OriginPattern, Origins, Place};

pub(super) struct CheckedOrigins {
    /// None when the key is absent or broken.
    pub(super) origins: Option<Origins>,
    /// The dangers that the origins bring; none when an origin is mistaken, since then nobody knows.
    pub(super) needs: Option<Dangers>,
}

pub(super) fn check(
    entry: &Entry<List>,
    credentials: bool,
    allowed: Dangers,
    is_public_suffix: &dyn Fn(&str) -> bool,
    issues: &mut Vec<Issue>,
) -> CheckedOrigins {
    let any = |place: Place, issues: &mut Vec<Issue>| {
        if credentials {
            issues.push(Issue::new(place, IssueKind::WildcardWithCredentials));
        }
        CheckedOrigins { origins: Some(Origins::Any), needs: Some(Dangers::default()) }
    };
    let items = match entry {
        Entry::Absent => {
            issues.push(Issue::new(Place::of(Key::Origins), IssueKind::Missing));
            return CheckedOrigins { origins: None, needs: None };
        }
        Entry::Broken => return CheckedOrigins { origins: None, needs: None },
        Entry::Given(List(Listed::One(text))) if text == "*" => return any(Place::of(Key::Origins), issues),
        Entry::Given(List(Listed::Items(items))) if *items == [Some("*".to_owned())] => {
            return any(Place::item_of(Key::Origins, 0), issues);
        }
        Entry::Given(_) => super::given_items(Key::Origins, entry, issues),
    };

    let found_before = issues.len();
    let mut patterns = Vec::new();
    for (index, text) in items {
        let parsed = match text {
            "*" if credentials => Err(IssueKind::WildcardWithCredentials),
            _ => OriginPattern::parse(text),
        };
        match parsed {
            Ok(pattern) => patterns.push((index, pattern)),
            Err(kind) => issues.push(Issue::new(Place::item_of(Key::Origins, index), kind)),
        }
    }
    let mut needs = Dangers::default();
    for (index, kind) in mistakes(&patterns, credentials, allowed, is_public_suffix, &mut needs) {
        issues.push(Issue::new(Place::item_of(Key::Origins, index), kind));
    }
    CheckedOrigins {
        needs: (issues.len() == found_before).then_some(needs),
        origins: Some(Origins::Listed(Cow::Owned(patterns.into_iter().map(|(_, pattern)| pattern).collect()))),
    }
}

/// The mistakes that only show when an origin is seen among the others and beside the other keys.
fn mistakes(
    patterns: &[(usize, OriginPattern)],
    credentials: bool,
    allowed: Dangers,
    is_public_suffix: &dyn Fn(&str) -> bool,
    needs: &mut Dangers,
) -> Vec<(usize, IssueKind)> {
    let wildcards: Vec<_> = patterns.iter().filter(|(_, pattern)| pattern.as_exact().is_none()).collect();
    let mut seen = HashSet::new();
    let mut mistakes = Vec::new();
    for (index, pattern) in patterns {
        let insecure = credentials && pattern.is_insecure();
        let strangers = credentials && pattern.has_subdomains() && is_all_of_a_suffix(pattern.host(), is_public_suffix);
        needs.insecure_origins |= insecure;
        needs.public_suffix_wildcards |= strangers;

        let text = pattern.to_string();
        let repeated = !seen.insert(pattern);
        let covering = wildcards.iter().find(|(_, wide)| wide != pattern && wide.covers(pattern));
        let kind = match covering {
            _ if repeated => IssueKind::Repetition { text },
            Some((_, wide)) => IssueKind::Covered { origin: text, by: wide.clone() },
            None if insecure && !allowed.insecure_origins => IssueKind::InsecureWithCredentials { origin: text },
            None if strangers && !allowed.public_suffix_wildcards => {
                IssueKind::PublicSuffixWithCredentials { origin: text }
            }
            None => continue,
        };
        mistakes.push((*index, kind));
    }
    mistakes
}

/// A single label is nobody's own, whatever a list says, but for the one that always is this machine.
fn is_all_of_a_suffix(host: &str, is_public_suffix: &dyn Fn(&str) -> bool) -> bool {
    let single_label = !host.contains('.') && host != "localhost";
    // The list has rules such as `*.compute.amazonaws.com`: below that host every label is a suffix.
    single_label || is_public_suffix(host) || is_public_suffix(&format!("any-label.{host}"))
}
