//! The origins and patterns of a rule. A search takes the same number of steps for any number of items.

mod asked;
mod hash;
mod items;
mod lookup;
mod perfect;
mod wildcards;

use std::fmt;

use crate::packed::{Packed, Packing};
use crate::{OriginPattern, OriginPatternRef};
use items::Items;
use lookup::Lookup;
use wildcards::WildcardTable;

/// The items of a rule's `origins`, in the order of the source.
///
/// A few items are compared one by one. More are found by perfect hashing: for any origin that a client sends, a search visits one
/// place for an exact origin, and at most seven for a pattern, for any number of labels in the host.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Origins, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com", "https://*.preview.example.com"]).validate()?;
/// let Origins::Listed(origins) = policy.rules()[0].origins() else { unreachable!() };
/// assert_eq!(origins.len(), 2);
/// assert!(origins.matches(b"https://pull-17.preview.example.com"));
/// assert!(!origins.matches(b"https://preview.example.com"));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OriginList {
    items: Items,
    exact: Lookup,
    wildcards: WildcardTable,
}

impl OriginList {
    pub(crate) fn of<'p>(patterns: impl Iterator<Item = &'p OriginPattern>) -> Self {
        let items = Items::of(patterns.map(OriginPattern::as_str));
        let is_exact = |position: &u32| {
            let pattern = items.get(*position).and_then(OriginPatternRef::checked);
            pattern.is_some_and(OriginPatternRef::is_exact)
        };
        let (exact, wildcards): (Vec<u32>, Vec<u32>) = items.positions().partition(is_exact);
        Self { exact: Lookup::of(&exact, &items), wildcards: WildcardTable::of(&wildcards, &items), items }
    }

    /// Returns the number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items. That is possible only if `#[cfg(..)]` removes all of them.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the items.
    pub fn iter(&self) -> impl Iterator<Item = OriginPatternRef<'_>> {
        self.texts().filter_map(OriginPatternRef::checked)
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.texts()
    }

    /// Whether one of the items matches the value of an `Origin` line.
    // Inlined always, so that a rule that is passed over takes 40 to 80 instructions.
    #[inline(always)]
    pub fn matches(&self, origin: &[u8]) -> bool {
        self.exact.has(&self.items, origin) || !self.wildcards.is_empty() && self.wildcards.have(&self.items, origin)
    }

    /// Whether there are no patterns.
    #[inline(always)]
    pub(crate) fn is_exact(&self) -> bool {
        self.wildcards.is_empty()
    }

    pub(crate) fn pack(&self, into: &mut Packing) {
        let Self { items, exact, wildcards } = self;
        items.pack(into);
        exact.pack(into);
        wildcards.pack(into);
    }

    pub(crate) const fn unpack(from: &mut Packed) -> Self {
        Self { items: Items::unpack(from), exact: Lookup::unpack(from), wildcards: WildcardTable::unpack(from) }
    }
}

impl fmt::Debug for OriginList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.texts()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookup, OriginList, OriginPattern};

    fn list(count: usize, item: impl Fn(usize) -> String) -> OriginList {
        let patterns: Vec<_> = (0..count).filter_map(|number| OriginPattern::parse(&item(number)).ok()).collect();
        OriginList::of(patterns.iter())
    }

    #[test]
    fn many_items_have_a_table_and_a_few_have_none() {
        for (count, origins_are_hashed, patterns_are_hashed) in [
            (1, false, false),
            (4, false, false),
            (5, true, false),
            (8, true, false),
            (9, true, true),
            (1_000, true, true),
        ] {
            let origins = list(count, |number| format!("https://tenant-{number}.example.com"));
            assert_eq!(origins.len(), count);
            assert_eq!(matches!(origins.exact, Lookup::Hashed(..)), origins_are_hashed, "{count} origins");
            let patterns = list(count, |number| format!("https://*.tenant-{number}.example.com"));
            assert_eq!(!patterns.wildcards.table.is_empty(), patterns_are_hashed, "{count} patterns");
        }
    }

    #[test]
    fn bases_of_many_lengths_are_found_among_each_other() {
        for labels in [5, 6] {
            let base = |first, labels| format!("{first}{}", ".a".repeat(labels - 1));
            // Others of each length, so that each is asked for, and enough for a table.
            let item = |number| match (number % labels, number / labels) {
                (0, 0) => format!("https://*.{}", base("t", labels)),
                (fewer, first) => format!("https://*.{}", base(["x", "y", "z"][first], labels - fewer)),
            };
            let list = list(13, item);
            assert!(!list.wildcards.table.is_empty(), "{labels} labels");
            let base = base("t", labels);
            for (host, is_found) in [
                (format!("w.{base}"), true),
                (format!("w.w.w.{base}"), true),
                (base.clone(), false),
                (format!("w{base}"), false),
                (format!("w.{}", base.replace('t', "u")), false),
            ] {
                assert_eq!(list.matches(format!("https://{host}").as_bytes()), is_found, "{host}");
            }
        }
    }

    /// Returns the list with empty tables.
    fn with_empty_tables(list: &OriginList) -> OriginList {
        let mut list = list.clone();
        list.wildcards.table.slots.to_mut().fill(u32::MAX);
        if let Lookup::Hashed(_, table) = &mut list.exact {
            table.slots.to_mut().fill(u32::MAX);
        }
        list
    }

    #[test]
    fn where_there_is_a_table_nothing_else_is_looked_at() {
        for (count, is_found) in [(4, true), (9, false)] {
            let origins = list(count, |number| format!("https://tenant-{number}.example.com"));
            assert!(origins.matches(b"https://tenant-1.example.com"));
            assert_eq!(with_empty_tables(&origins).matches(b"https://tenant-1.example.com"), is_found, "{count}");
            let patterns = list(count, |number| format!("https://*.tenant-{number}.example.com"));
            assert!(patterns.matches(b"https://a.tenant-1.example.com"));
            assert_eq!(with_empty_tables(&patterns).matches(b"https://a.tenant-1.example.com"), is_found, "{count}");
        }
    }
}
