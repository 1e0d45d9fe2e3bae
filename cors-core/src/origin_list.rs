//! The origins and patterns of a rule, found by the same number of steps however many there are.

mod hash;
mod lookup;
mod perfect;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::OriginPattern;
use crate::pattern::asked::Asked;
use crate::pattern::wildcard::Wildcard;
use lookup::{FEW_ORIGINS, FEW_PATTERNS, Lookup};
use perfect::Table;

/// The items of a rule's `origins`, in the order in which they are written.
///
/// A few are compared one by one. More are found by perfect hashing: whatever origin a stranger chooses, the one place where it
/// could stand is looked at, and for a pattern at most two places for each label of its host.
///
/// ```
/// use cors_core::{Origins, PolicyDraft};
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
    /// The length of the longest item, in bytes.
    longest: usize,
    exact: Lookup,
    wildcards: Lookup,
}

/// The texts of all items, one behind the other: so they take the least room.
#[derive(Clone, PartialEq, Eq)]
struct Items {
    text: Cow<'static, str>,
    /// Where each begins in `text`, and where the last one ends.
    bounds: Cow<'static, [u32]>,
}

/// What the macro writes into statics.
pub type Parts<'l> = (&'l str, &'l [u32], usize, [LookupParts<'l>; 2]);

pub use lookup::LookupParts;

impl OriginList {
    pub(crate) fn of<'p>(patterns: impl Iterator<Item = &'p OriginPattern>) -> Self {
        let mut text = String::new();
        let mut bounds = vec![0];
        for pattern in patterns {
            // Items beyond 4 GiB of text are left out, and match nothing.
            let Ok(end) = u32::try_from(text.len() + pattern.as_str().len()) else {
                break;
            };
            text.push_str(pattern.as_str());
            bounds.push(end);
        }
        // What they grew beyond their items could be as much again.
        text.shrink_to_fit();
        bounds.shrink_to_fit();
        let items = Items { text: text.into(), bounds: bounds.into() };
        let (wildcards, exact) = items
            .positions()
            .partition(|position| items.get(*position).is_some_and(|item| Wildcard::of(item).is_some()));
        let bounds = |position| items.bounds_of(position);
        let hash_of_exact = |seed, position| Some(hash::exact(seed, items.get(position)?.as_bytes()));
        let hash_of_wildcard = |seed, position| Some(hash::wildcard(seed, &Wildcard::of(items.get(position)?)?));
        Self {
            longest: items.texts().map(str::len).max().unwrap_or(0),
            exact: Lookup::of(exact, FEW_ORIGINS, bounds, hash_of_exact),
            wildcards: Lookup::of(wildcards, FEW_PATTERNS, bounds, hash_of_wildcard),
            items,
        }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.bounds.len().saturating_sub(1)
    }

    /// Whether there are none, which only parts that are left out of a build can bring about.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items.
    pub fn iter(&self) -> impl Iterator<Item = OriginPattern> {
        self.texts().map(OriginPattern::checked)
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.texts()
    }

    /// Whether one of the items matches the value of an `Origin` line.
    // Not inlined; `decide` says why.
    #[inline(never)]
    pub fn matches(&self, origin: &[u8]) -> bool {
        self.has(origin) || !self.wildcards.is_empty() && self.has_wildcard_for(origin)
    }

    /// SRV-4: byte for byte.
    #[inline]
    fn has(&self, origin: &[u8]) -> bool {
        match &self.exact {
            Lookup::Few(bounds) => {
                let text = self.items.text.as_bytes();
                bounds.as_chunks().0.iter().any(|bounds| text.get(range(*bounds)) == Some(origin))
            }
            Lookup::Hashed(table) => self.has_hashed(table, origin),
        }
    }

    /// What is longer than any item is not even hashed.
    fn has_hashed(&self, table: &Table, origin: &[u8]) -> bool {
        origin.len() <= self.longest && self.items.bytes(table.find(hash::exact(table.seed(), origin))) == Some(origin)
    }

    fn has_wildcard_for(&self, origin: &[u8]) -> bool {
        let Some(asked) = Asked::of(origin) else {
            return false;
        };
        let matches = |item: Option<&str>| item.and_then(Wildcard::of).is_some_and(|wildcard| wildcard.matches(&asked));
        match &self.wildcards {
            Lookup::Few(bounds) => {
                let text = &self.items.text;
                bounds.as_chunks().0.iter().any(|bounds| matches(text.get(range(*bounds))))
            }
            Lookup::Hashed(table) => {
                hash::any_wider(table.seed(), &asked, self.longest, |hash| matches(self.items.get(table.find(hash))))
            }
        }
    }

    /// A list that was checked while the macro expanded.
    #[doc(hidden)]
    pub const fn __checked(
        text: &'static str,
        bounds: &'static [u32],
        longest: usize,
        [exact, wildcards]: [LookupParts<'static>; 2],
    ) -> Self {
        let items = Items { text: Cow::Borrowed(text), bounds: Cow::Borrowed(bounds) };
        Self { items, longest, exact: Lookup::from_parts(exact), wildcards: Lookup::from_parts(wildcards) }
    }

    /// What [`__checked`](Self::__checked) takes.
    #[doc(hidden)]
    pub fn __parts(&self) -> Parts<'_> {
        (&self.items.text, &self.items.bounds, self.longest, [self.exact.parts(), self.wildcards.parts()])
    }
}

impl Items {
    fn positions(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.bounds.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.positions().filter_map(|position| self.get(position))
    }

    fn get(&self, position: u32) -> Option<&str> {
        self.text.get(range(self.bounds_of(position)?))
    }

    fn bytes(&self, position: u32) -> Option<&[u8]> {
        self.text.as_bytes().get(range(self.bounds_of(position)?))
    }

    fn bounds_of(&self, position: u32) -> Option<[u32; 2]> {
        self.bounds.get(position as usize..)?.first_chunk().copied()
    }
}

const fn range([begin, end]: [u32; 2]) -> Range<usize> {
    begin as usize..end as usize
}

impl fmt::Debug for OriginList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.texts()).finish()
    }
}
