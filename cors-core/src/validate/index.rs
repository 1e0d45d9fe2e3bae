//! An index of origins and patterns. Finds repetition and coverage without comparing every pair.

use std::collections::HashMap;

use crate::OriginPattern;
use crate::origin::split::{Port, Scheme};

/// Origins and patterns, each with a number. Equal ones have the number of the first.
#[derive(Default)]
pub(super) struct OriginIndex {
    numbers: HashMap<OriginPattern, usize>,
    /// The patterns by host, then by scheme and port.
    wildcards: HashMap<String, OfHost>,
}

/// The patterns of one host, by scheme and port.
type OfHost = HashMap<(Scheme, Port), (OriginPattern, usize)>;

impl OriginIndex {
    pub(super) fn add(&mut self, item: &OriginPattern, number: usize) {
        self.numbers.entry(item.clone()).or_insert(number);
        let parts = item.as_pattern_ref();
        if !parts.is_exact() {
            let of_host = self.wildcards.entry(parts.base().to_owned()).or_default();
            of_host.entry((parts.split().scheme, parts.split().port)).or_insert_with(|| (item.clone(), number));
        }
    }

    /// Returns the number of the first item equal to this one.
    pub(super) fn number(&self, item: &OriginPattern) -> Option<usize> {
        self.numbers.get(item).copied()
    }

    /// Returns a pattern that matches every origin that `item` matches, and its number. Ignores `item` itself. If there
    /// are several, returns the one with the lowest number.
    pub(super) fn covering(&self, item: &OriginPattern) -> Option<(&OriginPattern, usize)> {
        let (host, split) = (item.as_pattern_ref().base(), *item.as_pattern_ref().split());
        let same_or_any_port = [split.port, Port::Any].map(|port| (split.scheme, port));
        let dots = host.match_indices('.').map(|(dot, _)| dot).filter(|dot| *dot > 0);
        let hosts = std::iter::once(0).chain(dots).filter_map(|begin| self.wildcards.get(&host[begin..]));
        let wider = hosts.flat_map(|of_host| same_or_any_port.iter().filter_map(|port| of_host.get(port)));
        wider.filter(|(wide, _)| wide != item).min_by_key(|(_, number)| *number).map(|(wide, number)| (wide, *number))
    }
}
