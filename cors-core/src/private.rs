//! Items for `cors-macros` and its expansion, and for `cors-browser`. Not for users, and not stable.

use std::borrow::Cow;

pub use crate::response::ALLOW_CREDENTIALS;
use crate::{Issue, IssueKind, Key, OnDenied, Place, Policy, Rule, SyntaxIssue};

/// A policy as written, before it is checked.
pub mod document {
    pub use crate::document::{Document, Entry, Item, Keys, Mark, Notation, Presence, RawValue, split_values};
}

/// The rules of a checked policy as literals, for statics.
pub mod packed {
    pub use crate::packed::{Packed, Packing};
}

/// Checks a document. Returns every mistake with the mark of its place. Returns the policy if there is no mistake, or
/// only dangers that the policy does not need.
#[cfg(feature = "public-suffix")]
pub fn check(document: &document::Document) -> (Option<Policy>, Vec<(document::Mark, Issue)>) {
    let (policy, issues) = crate::validate::check(document, Some(&crate::PublicSuffixes));
    (policy, issues.into_iter().map(|issue| (issue.place().mark(), issue)).collect())
}

/// Returns a mistake of the grammar at a key.
pub fn syntax_issue(key: Key, syntax: SyntaxIssue) -> Issue {
    Issue::new(Place::of(key), IssueKind::Syntax(syntax))
}

/// Returns a mistake of the grammar in an item of a list.
pub fn item_issue(key: Key, syntax: SyntaxIssue) -> Issue {
    Issue::new(Place::item_of(key, 0), IssueKind::Syntax(syntax))
}

/// Adds a note that only builds with this configuration have the mistake.
pub fn in_build(issue: Issue, configuration: String) -> Issue {
    issue.in_build(configuration)
}

/// Returns the same mistake with a message in the notation of source, without the configuration of its build.
#[must_use]
pub fn in_source(issue: &Issue) -> Issue {
    Issue::new(issue.place().clone(), issue.kind().clone())
}

/// Returns a policy that the macro has checked.
pub const fn checked_policy(rules: &'static [Rule], on_denied: OnDenied) -> Policy {
    Policy::from_checked(Cow::Borrowed(rules), on_denied)
}
