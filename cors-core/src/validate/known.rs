//! Which items are known, and which of them covers another, without a look at each pair.

use std::collections::HashMap;

use crate::OriginPattern;

/// Items, each with a number: of those that are the same the first.
#[derive(Default)]
pub(super) struct Known {
    numbers: HashMap<OriginPattern, usize>,
    /// The patterns among them by their host, and then by scheme and port.
    wildcards: HashMap<String, HashMap<String, (OriginPattern, usize)>>,
}

impl Known {
    pub(super) fn add(&mut self, item: &OriginPattern, number: usize) {
        self.numbers.entry(item.clone()).or_insert(number);
        if item.wildcard().is_some() {
            let (scheme, host, port) = parts(item.as_str());
            let of_host = self.wildcards.entry(host.to_owned()).or_default();
            of_host.entry(format!("{scheme}{port}")).or_insert_with(|| (item.clone(), number));
        }
    }

    /// The number of an item.
    pub(super) fn number(&self, item: &OriginPattern) -> Option<usize> {
        self.numbers.get(item).copied()
    }

    /// The first of the patterns with the least number that match all that `item` matches, but for `item` itself.
    pub(super) fn covering(&self, item: &OriginPattern) -> Option<(&OriginPattern, usize)> {
        let (scheme, host, port) = parts(item.as_str());
        let same_or_any_port = [port, ":*"].map(|port| format!("{scheme}{port}"));
        let dots = host.match_indices('.').map(|(dot, _)| dot).filter(|dot| *dot > 0);
        let hosts = std::iter::once(0).chain(dots).filter_map(|begin| self.wildcards.get(&host[begin..]));
        let wider = hosts.flat_map(|of_host| same_or_any_port.iter().filter_map(|port| of_host.get(port)));
        let covering = wider.filter(|(wide, _)| wide != item && wide.covers(item));
        covering.min_by_key(|(_, number)| *number).map(|(wide, number)| (wide, *number))
    }
}

/// Scheme, host and port of an item. The host of a pattern for subdomains begins with a dot, and a port with a colon.
fn parts(item: &str) -> (&str, &str, &str) {
    let (scheme, authority) = item.split_once("://").unwrap_or_default();
    let authority = authority.strip_prefix('*').unwrap_or(authority);
    let port = authority.rfind(':').filter(|colon| !authority[*colon..].ends_with(']')).unwrap_or(authority.len());
    let (host, port) = authority.split_at(port);
    (scheme, host, port)
}
