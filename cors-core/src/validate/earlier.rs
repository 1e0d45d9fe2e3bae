//! The origins of earlier rules. A later rule never gets their requests.

use super::index::OriginIndex;
use crate::{IssueKind, OriginPattern, OriginPatternRef, Origins};

/// The origins that earlier rules match, each with the index of its rule.
#[derive(Default)]
pub(super) struct EarlierRules {
    /// The first rule with `"*"`.
    any: Option<usize>,
    items: OriginIndex,
}

impl EarlierRules {
    /// Adds the origins of the rule with this index. `None` means broken origins.
    pub(super) fn add(&mut self, origins: Option<&Origins>, rule: usize) {
        match origins {
            Some(Origins::Any) => self.any = self.any.or(Some(rule)),
            Some(Origins::Listed(patterns)) => {
                for pattern in patterns.iter().map(OriginPatternRef::to_pattern) {
                    self.items.add(&pattern, rule);
                }
            }
            Some(Origins::FromSource) | None => {}
        }
    }

    /// Returns the mistake of the next rule, if no request reaches the rule.
    pub(super) fn hides_all(&self) -> Option<IssueKind> {
        self.any.map(|rule| IssueKind::AfterWildcard { rule })
    }

    /// Returns the mistake of an origin or pattern in the next rule, if one earlier item matches all of its requests.
    pub(super) fn hides(&self, pattern: &OriginPattern) -> Option<IssueKind> {
        let same = self.items.number(pattern).map(|rule| (pattern, rule));
        let (by, rule) = same.or_else(|| self.items.covering(pattern))?;
        Some(IssueKind::Unreachable { origin: pattern.to_string(), by: by.clone(), rule })
    }
}
