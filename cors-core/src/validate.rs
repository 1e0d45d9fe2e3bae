//! Draft to policy: every rule of the policy language, once.

mod dangers;
mod names;
mod origins;

use std::borrow::Cow;

use crate::draft::{Entry, List, Listed};
use crate::{Issue, IssueKind, Issues, Key, MaxAge, Place, Policy, PolicyDraft, Rule};
use dangers::Requested;
use names::ListOf;
use origins::CheckedOrigins;

/// Every mistake, or the policy.
pub(crate) fn validate(draft: &PolicyDraft, is_public_suffix: &dyn Fn(&str) -> bool) -> Result<Policy, Issues> {
    let mut issues = Vec::new();
    let credentials = draft.credentials.given().copied();
    let requested = Requested::read(&draft.dangerously_allow, &mut issues);
    let CheckedOrigins { origins, needs } =
        origins::check(&draft.origins, credentials == Some(true), requested.allowed(), is_public_suffix, &mut issues);
    // What a broken value or a mistaken origin would have needed is not known.
    let known = !draft.origins.has_broken_part() && draft.credentials != Entry::Broken;
    if let Some(needs) = needs.filter(|_| known) {
        requested.report_unneeded(needs, &mut issues);
    }

    let mut names = |of: ListOf, entry| names::check(of, entry, credentials == Some(true), &mut issues);
    let methods = names(ListOf::Methods, &draft.methods);
    let allow_headers = names(ListOf::AllowHeaders, &draft.allow_headers);
    let expose_headers = names(ListOf::ExposeHeaders, &draft.expose_headers);
    let report_max_age = |kind| issues.push(Issue::new(Place::of(Key::MaxAge), kind));
    let max_age = draft.max_age.given().and_then(|text| MaxAge::parse(text).map_err(report_max_age).ok());

    match origins {
        Some(origins) if issues.is_empty() && !has_broken_part(draft) => {
            let rule = Rule {
                origins,
                credentials: credentials.unwrap_or(false),
                methods,
                allow_headers,
                expose_headers,
                max_age,
                dangerously_allow: requested.allowed(),
            };
            Ok(Policy::__checked(Cow::Owned(vec![rule])))
        }
        _ => {
            issues.sort_by(|left, right| left.place().cmp(right.place()));
            Err(Issues::new(issues))
        }
    }
}

/// Both sections of the list count: below `github.io` strangers have their sites as they do below `com`.
#[cfg(feature = "public-suffix")]
pub(crate) fn is_public_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == host.as_bytes())
}

/// The items of a list that can be read, with their indices. A list that is empty, or a text where a list belongs, is a mistake;
/// whoever takes `"*"` has looked for it before.
fn given_items<'e>(key: Key, entry: &'e Entry<List>, issues: &mut Vec<Issue>) -> Vec<(usize, &'e str)> {
    let kind = match entry {
        Entry::Absent | Entry::Broken | Entry::Given(List(Listed::Unset)) => return Vec::new(),
        Entry::Given(List(Listed::One(text))) => IssueKind::WrongType { found: format!("{text:?}") },
        Entry::Given(List(Listed::Items(items))) if items.is_empty() => IssueKind::EmptyList,
        Entry::Given(List(Listed::Items(items))) => {
            let with_text = |(index, item): (usize, &'e Option<String>)| Some((index, item.as_deref()?));
            return items.iter().enumerate().filter_map(with_text).collect();
        }
    };
    issues.push(Issue::new(Place::of(key), kind));
    Vec::new()
}

/// Whether something was reported when the draft was read, so that no policy can come of it.
fn has_broken_part(draft: &PolicyDraft) -> bool {
    let lists = [&draft.origins, &draft.methods, &draft.allow_headers, &draft.expose_headers, &draft.dangerously_allow];
    lists.into_iter().any(Entry::has_broken_part)
        || draft.credentials == Entry::Broken
        || draft.max_age == Entry::Broken
}
