//! Which pattern covers which, without a look at each pair.

use std::collections::HashMap;

use crate::OriginPattern;

/// Patterns by their host, each with a number.
#[derive(Default)]
pub(super) struct Wildcards {
    by_host: HashMap<String, Vec<(OriginPattern, usize)>>,
}

impl Wildcards {
    /// Remembers a pattern; an exact origin covers no other.
    pub(super) fn add(&mut self, pattern: &OriginPattern, number: usize) {
        if let Some(wildcard) = pattern.wildcard() {
            self.by_host.entry(wildcard.host.to_owned()).or_default().push((pattern.clone(), number));
        }
    }

    /// The first of those with the least number that match all that `pattern` matches, but for `pattern` itself.
    pub(super) fn covering(&self, pattern: &OriginPattern) -> Option<(&OriginPattern, usize)> {
        let host = match pattern.wildcard() {
            Some(wildcard) => wildcard.host,
            None => pattern.host(),
        };
        let dots = host.match_indices('.').map(|(dot, _)| dot).filter(|dot| *dot > 0);
        let wider = std::iter::once(0).chain(dots).filter_map(|begin| self.by_host.get(&host[begin..])).flatten();
        let covering = wider.filter(|(wide, _)| wide != pattern && wide.covers(pattern));
        covering.min_by_key(|(_, number)| *number).map(|(wide, number)| (wide, *number))
    }
}
