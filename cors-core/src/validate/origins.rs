//! The rules for `origins`.

use super::former::Former;
use super::known::Known;
use super::rule::Context;
use crate::draft::{Entry, List, Listed};
use crate::policy::Dangers;
use crate::{Issue, IssueKind, Key, OriginList, OriginPattern, Origins, Place};

/// The key, and what it depends on.
pub(super) struct Given<'g> {
    pub(super) entry: &'g Entry<List>,
    pub(super) credentials: bool,
    pub(super) allowed: Dangers,
    pub(super) context: &'g Context<'g>,
    pub(super) former: &'g Former,
}

pub(super) struct CheckedOrigins {
    /// None when the key is absent or broken.
    pub(super) origins: Option<Origins>,
    /// The dangers that the origins bring; none when an origin is mistaken, since then nobody knows.
    pub(super) needs: Option<Dangers>,
}

pub(super) fn check(given: &Given<'_>, issues: &mut Vec<Issue>) -> CheckedOrigins {
    let key = || Place::of(Key::Origins);
    let items = match given.entry {
        Entry::Absent if given.context.asks => {
            return CheckedOrigins { origins: Some(Origins::Asked), needs: Some(given.needs_of_source()) };
        }
        Entry::Absent => {
            issues.push(Issue::new(key(), IssueKind::Missing));
            return CheckedOrigins { origins: None, needs: None };
        }
        Entry::Broken => return CheckedOrigins { origins: None, needs: None },
        Entry::Given(List(Listed::One(text))) if text == "*" => return given.any(key(), issues),
        Entry::Given(List(Listed::Items(items))) if *items == [Some("*".to_owned())] => {
            return given.any(Place::item_of(Key::Origins, 0), issues);
        }
        Entry::Given(_) => super::given_items(Key::Origins, given.entry, issues),
    };

    let found_before = issues.len();
    let mut patterns = Vec::new();
    for (index, text) in items {
        let parsed = match text {
            "*" if given.credentials => Err(IssueKind::WildcardWithCredentials),
            _ => OriginPattern::parse(text),
        };
        match parsed {
            Ok(pattern) => patterns.push((index, pattern)),
            Err(kind) => issues.push(Issue::new(Place::item_of(Key::Origins, index), kind)),
        }
    }
    let mut needs = given.needs_of_source();
    for (index, kind) in given.mistakes(&patterns, &mut needs) {
        issues.push(Issue::new(Place::item_of(Key::Origins, index), kind));
    }
    let is_right = issues.len() == found_before;
    issues.extend(given.former.hides_all().map(|kind| Issue::new(key(), kind)));
    CheckedOrigins {
        needs: is_right.then_some(needs),
        origins: Some(Origins::Listed(OriginList::of(patterns.iter().map(|(_, pattern)| pattern)))),
    }
}

impl Given<'_> {
    /// `"*"`, which stands at a place.
    fn any(&self, place: Place, issues: &mut Vec<Issue>) -> CheckedOrigins {
        let kind = match self.former.hides_all() {
            _ if self.credentials => Some(IssueKind::WildcardWithCredentials),
            None if self.context.asks => Some(IssueKind::NeverAsked),
            hidden => hidden,
        };
        issues.extend(kind.map(|kind| Issue::new(place, kind)));
        CheckedOrigins { origins: Some(Origins::Any), needs: Some(Dangers::default()) }
    }

    /// A source may allow any origin, but no pattern.
    fn needs_of_source(&self) -> Dangers {
        Dangers { insecure_origins: self.context.asks && self.credentials, ..Dangers::default() }
    }

    /// The mistakes that only show when an origin is seen among the others and beside the other keys.
    fn mistakes(&self, patterns: &[(usize, OriginPattern)], needs: &mut Dangers) -> Vec<(usize, IssueKind)> {
        let mut known = Known::default();
        for (index, pattern) in patterns {
            known.add(pattern, *index);
        }
        let mut mistakes = Vec::new();
        for (index, pattern) in patterns {
            let insecure = self.credentials && pattern.is_insecure();
            let guarded = self.credentials && pattern.has_subdomains();
            let strangers = if guarded { self.all_of_a_suffix(pattern) } else { None };
            needs.insecure_origins |= insecure;
            // Where nobody knows the suffixes, any host may be one.
            let unknown = self.context.suffixes.is_none();
            needs.public_suffix_wildcards |= strangers.is_some() || (unknown && guarded);

            let text = pattern.to_string();
            let repeated = known.number(pattern) != Some(*index);
            let strangers = strangers.filter(|_| !self.allowed.public_suffix_wildcards);
            let kind = match (known.covering(pattern), self.former.hides(pattern), strangers) {
                _ if repeated => IssueKind::Repetition { text },
                (Some((wide, _)), ..) => IssueKind::Covered { origin: text, by: wide.clone() },
                (None, Some(unreachable), _) => unreachable,
                _ if insecure && !self.allowed.insecure_origins => IssueKind::InsecureWithCredentials { origin: text },
                (None, None, Some(strangers)) => strangers,
                (None, None, None) => continue,
            };
            mistakes.push((*index, kind));
        }
        mistakes
    }

    /// The mistake of a pattern that takes in the names that strangers have below a suffix.
    fn all_of_a_suffix(&self, pattern: &OriginPattern) -> Option<IssueKind> {
        let (host, suffixes) = (pattern.host(), self.context.suffixes);
        // A single label is nobody's own, whatever a list says, but for the one that always is this machine.
        let is_single = !host.contains('.') && host != "localhost";
        let is_one = is_single || suffixes.is_some_and(|list| list.section(host).is_some());
        // A pattern takes any number of labels, so those below a suffix further down too.
        let below = if is_one { None } else { suffixes.and_then(|list| list.below(host)) };
        let is_mistaken = is_one || below.is_some();
        is_mistaken.then(|| IssueKind::PublicSuffixWithCredentials { origin: pattern.to_string(), below })
    }
}
