//! The rules for `origins`.

use super::earlier::EarlierRules;
use super::index::OriginIndex;
use super::rule::RuleContext;
use crate::document::{FieldItem, FieldList, Fields};
use crate::policy::Dangers;
use crate::{Issue, IssueKind, Key, OriginList, OriginPattern, Origins, Place, SuffixList};

/// The origins of a rule, and what their validity depends on.
pub(super) struct OriginsInput<'i> {
    pub(super) fields: &'i Fields,
    pub(super) credentials: bool,
    pub(super) allowed: Dangers,
    pub(super) context: &'i RuleContext<'i>,
    pub(super) earlier: &'i EarlierRules,
}

#[derive(Default)]
pub(super) struct CheckedOrigins {
    /// `None` if the key is absent or broken.
    pub(super) origins: Option<Origins>,
    /// The dangers that the origins need. `None` if an origin has a mistake.
    pub(super) needs: Option<Dangers>,
    /// Whether the origins may need more dangers in a build with another variable.
    pub(super) may_need_more: bool,
}

pub(super) fn check(input: &OriginsInput<'_>, issues: &mut Vec<Issue>) -> CheckedOrigins {
    let found_before = issues.len();
    let field = &input.fields.origins;
    let place = || field.place_of_value(Key::Origins);
    let (is_empty, has_unset) = match field.given() {
        None if field.is_broken() => return CheckedOrigins::default(),
        None if input.context.has_source => {
            let needs = Some(input.needs_of_source());
            return CheckedOrigins { origins: Some(Origins::FromSource), needs, may_need_more: false };
        }
        None => {
            issues.push(Issue::new(input.place_of_missing(), IssueKind::Missing));
            return CheckedOrigins::default();
        }
        Some(FieldList::Wildcard) => return input.any(place(), issues),
        Some(FieldList::NoOrigin) => {
            issues.extend(input.context.has_source.then(|| Issue::new(place(), IssueKind::SourceWithNone)));
            let origins = Some(Origins::Listed(OriginList::of(std::iter::empty())));
            return CheckedOrigins { origins, ..CheckedOrigins::default() };
        }
        Some(FieldList::Items { has_unset, items, .. }) => {
            if items.is_empty() && !has_unset {
                issues.push(Issue::new(field.place_of_empty(Key::Origins), IssueKind::EmptyList));
            }
            (items.is_empty() && !has_unset, *has_unset)
        }
    };
    if let [item @ FieldItem { text: Some(text), .. }] = field.items()
        && text == "*"
    {
        return input.any(Place::item_of(Key::Origins, item.index).marked(item.mark), issues);
    }

    let mut patterns = Vec::new();
    for item in field.items() {
        let parsed = match item.text.as_deref() {
            None => continue,
            Some("*") if input.credentials => Err(IssueKind::WildcardWithCredentials),
            Some(text) => OriginPattern::parse(text).map_err(IssueKind::from),
        };
        match parsed {
            Ok(pattern) => patterns.push((item, pattern)),
            Err(kind) => issues.push(item.issue(Key::Origins, kind)),
        }
    }
    let mut needs = input.needs_of_source();
    let kinds = input.issues(&patterns, &mut needs);
    let mut listed = Vec::new();
    for ((item, pattern), kind) in patterns.iter().zip(kinds) {
        match kind {
            Some(IssueKind::Repetition { .. } | IssueKind::Covered { .. }) if input.context.allows_repetition => {}
            kind => {
                issues.extend(kind.map(|kind| item.issue(Key::Origins, kind)));
                listed.push(pattern);
            }
        }
    }
    let hidden = input.earlier.hides_all().filter(|_| !is_empty);
    issues.extend(hidden.map(|kind| Issue::new(place(), kind)));
    let is_valid = issues.len() == found_before;
    CheckedOrigins {
        needs: is_valid.then_some(needs),
        may_need_more: has_unset,
        origins: Some(Origins::Listed(OriginList::of(listed.into_iter()))),
    }
}

impl OriginsInput<'_> {
    /// Returns the place for missing origins: the key if another build has it, else the rule.
    fn place_of_missing(&self) -> Place {
        let place = self.fields.origins.place_of_name(Key::Origins);
        if self.fields.origins.name_mark == 0 { place.marked(self.fields.mark) } else { place }
    }

    /// Checks `"*"` at a place.
    fn any(&self, place: Place, issues: &mut Vec<Issue>) -> CheckedOrigins {
        let kind = match self.earlier.hides_all() {
            _ if self.credentials => Some(IssueKind::WildcardWithCredentials),
            None if self.context.has_source => Some(IssueKind::SourceNeverAsked),
            hidden => hidden,
        };
        let needs = kind.is_none().then(Dangers::default);
        issues.extend(kind.map(|kind| Issue::new(place, kind)));
        CheckedOrigins { origins: Some(Origins::Any), needs, may_need_more: false }
    }

    /// Returns the dangers of a source, which may allow any origin, but no pattern.
    fn needs_of_source(&self) -> Dangers {
        Dangers { insecure_origins: self.context.has_source && self.credentials, ..Dangers::default() }
    }

    /// Returns the mistake of each pattern that depends on other patterns or keys. Adds the dangers that the patterns
    /// need.
    fn issues(&self, patterns: &[(&FieldItem, OriginPattern)], needs: &mut Dangers) -> Vec<Option<IssueKind>> {
        let mut index = OriginIndex::default();
        for (position, (_, pattern)) in patterns.iter().enumerate() {
            index.add(pattern, position);
        }
        let mut found = Vec::new();
        for (position, (_, pattern)) in patterns.iter().enumerate() {
            let insecure = self.credentials && pattern.is_insecure();
            let is_pattern = self.credentials && pattern.has_subdomains();
            let suffix_issue = if is_pattern { self.public_suffix_issue(pattern) } else { None };
            needs.insecure_origins |= insecure;
            // Without a list of suffixes, any host may be a suffix.
            let unknown = self.context.suffixes.is_none();
            needs.public_suffix_wildcards |= suffix_issue.is_some() || (unknown && is_pattern);

            let text = pattern.to_string();
            let repeated = index.number(pattern) != Some(position);
            let suffix_issue = suffix_issue.filter(|_| !self.allowed.public_suffix_wildcards);
            found.push(match (index.covering(pattern), self.earlier.hides(pattern)) {
                _ if repeated => Some(IssueKind::Repetition { text }),
                (Some((wide, _)), _) => Some(IssueKind::Covered { origin: text, by: wide.clone() }),
                (None, Some(unreachable)) => Some(unreachable),
                _ if insecure && !self.allowed.insecure_origins => {
                    Some(IssueKind::InsecureWithCredentials { origin: text })
                }
                (None, None) => suffix_issue,
            });
        }
        found
    }

    /// Returns the mistake of a pattern that matches names below a public suffix, which belong to different owners.
    fn public_suffix_issue(&self, pattern: &OriginPattern) -> Option<IssueKind> {
        let (host, suffixes) = (pattern.host(), self.context.suffixes);
        // A single label has no owner, whatever the list says. `localhost` is always this machine.
        let is_single = !host.contains('.') && host != "localhost";
        let is_one = is_single || suffixes.is_some_and(|list| list.section(host).is_some());
        // A pattern matches any number of labels, so it also matches names below a suffix further down.
        let below = if is_one { None } else { suffixes.and_then(|list| list.below(host)) };
        let matches_suffix = is_one || below.is_some();
        matches_suffix.then(|| IssueKind::PublicSuffixWithCredentials {
            origin: pattern.to_string(),
            below,
            list: suffixes.and_then(SuffixList::version),
        })
    }
}
