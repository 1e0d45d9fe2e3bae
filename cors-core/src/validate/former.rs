//! The origins of former rules, which a later rule never sees.

use std::collections::HashMap;

use crate::{IssueKind, OriginPattern, Origins};

/// What the rules before one match, each with the index of its rule.
#[derive(Default)]
pub(super) struct Former {
    rules: usize,
    /// The rule with `"*"`.
    any: Option<usize>,
    items: HashMap<OriginPattern, usize>,
    wildcards: Vec<(OriginPattern, usize)>,
}

impl Former {
    /// Counts a rule in; none if its origins are broken.
    pub(super) fn add(&mut self, origins: Option<&Origins>) {
        let rule = self.rules;
        self.rules += 1;
        match origins {
            Some(Origins::Any) => self.any = self.any.or(Some(rule)),
            Some(Origins::Listed(patterns)) => {
                for pattern in patterns.iter() {
                    self.items.entry(pattern.clone()).or_insert(rule);
                    if pattern.as_exact().is_none() {
                        self.wildcards.push((pattern.clone(), rule));
                    }
                }
            }
            Some(Origins::Asked) | None => {}
        }
    }

    /// Why no request gets to the rule that follows.
    pub(super) fn hides_all(&self) -> Option<IssueKind> {
        self.any.map(|rule| IssueKind::AfterWildcard { rule })
    }

    /// Why no request gets to an origin or pattern of the rule that follows. Coverage by several items together is not looked for.
    pub(super) fn hides(&self, pattern: &OriginPattern) -> Option<IssueKind> {
        let same = self.items.get_key_value(pattern).map(|(same, rule)| (same, *rule));
        let wider = || self.wildcards.iter().find(|(wide, _)| wide.covers(pattern)).map(|(wide, rule)| (wide, *rule));
        let (by, rule) = same.or_else(wider)?;
        Some(IssueKind::Unreachable { origin: pattern.to_string(), by: by.clone(), rule })
    }
}
