//! Which items are known, and which of them covers another, without a look at each pair.

use std::collections::HashMap;

use crate::OriginPattern;
use crate::origin::split::{Port, Scheme};

/// Items, each with a number: of those that are the same the first.
#[derive(Default)]
pub(super) struct Known {
    numbers: HashMap<OriginPattern, usize>,
    /// The patterns among them by their host, and then by scheme and port.
    wildcards: HashMap<String, OfHost>,
}

/// Patterns of one host, which differ in scheme or port.
type OfHost = HashMap<(Scheme, Port), (OriginPattern, usize)>;

impl Known {
    pub(super) fn add(&mut self, item: &OriginPattern, number: usize) {
        self.numbers.entry(item.clone()).or_insert(number);
        let parts = item.as_pattern_ref();
        if !parts.is_exact() {
            let of_host = self.wildcards.entry(parts.base().to_owned()).or_default();
            of_host.entry((parts.split().scheme, parts.split().port)).or_insert_with(|| (item.clone(), number));
        }
    }

    /// The number of an item.
    pub(super) fn number(&self, item: &OriginPattern) -> Option<usize> {
        self.numbers.get(item).copied()
    }

    /// The first of the patterns with the least number that match all that `item` matches, but for `item` itself.
    pub(super) fn covering(&self, item: &OriginPattern) -> Option<(&OriginPattern, usize)> {
        let (host, split) = (item.as_pattern_ref().base(), *item.as_pattern_ref().split());
        let same_or_any_port = [split.port, Port::Any].map(|port| (split.scheme, port));
        let dots = host.match_indices('.').map(|(dot, _)| dot).filter(|dot| *dot > 0);
        let hosts = std::iter::once(0).chain(dots).filter_map(|begin| self.wildcards.get(&host[begin..]));
        let wider = hosts.flat_map(|of_host| same_or_any_port.iter().filter_map(|port| of_host.get(port)));
        wider.filter(|(wide, _)| wide != item).min_by_key(|(_, number)| *number).map(|(wide, number)| (wide, *number))
    }
}
