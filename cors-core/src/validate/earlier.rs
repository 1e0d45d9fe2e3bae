//! The origins of earlier rules, which a later rule never sees.

use super::index::OriginIndex;
use crate::{IssueKind, OriginPattern, OriginPatternRef, Origins};

/// What the rules before one match, each with the index of its rule.
#[derive(Default)]
pub(super) struct EarlierRules {
    /// The rule with `"*"`.
    any: Option<usize>,
    items: OriginIndex,
}

impl EarlierRules {
    /// Adds the origins of the rule with this index; none if they are broken.
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

    /// Why no request gets to the rule that follows.
    pub(super) fn hides_all(&self) -> Option<IssueKind> {
        self.any.map(|rule| IssueKind::AfterWildcard { rule })
    }

    /// Why no request gets to an origin or pattern of the rule that follows. Coverage by several items together is not looked for.
    pub(super) fn hides(&self, pattern: &OriginPattern) -> Option<IssueKind> {
        let same = self.items.number(pattern).map(|rule| (pattern, rule));
        let (by, rule) = same.or_else(|| self.items.covering(pattern))?;
        Some(IssueKind::Unreachable { origin: pattern.to_string(), by: by.clone(), rule })
    }
}
