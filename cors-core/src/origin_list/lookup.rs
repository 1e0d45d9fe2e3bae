//! Where the items of one kind stand: a few positions, or a table.

use std::borrow::Cow;

use super::perfect::{self, Table};

/// So many exact origins are compared one by one: 130 instructions on average, where a search by hash takes 160.
pub(super) const FEW_ORIGINS: usize = 4;

/// So many patterns are compared one by one: 930 instructions on average, where a search by hash takes 1,220.
pub(super) const FEW_PATTERNS: usize = 8;

/// Other seeds are tried where the items of one cannot be told apart; then they are compared one by one.
const SEEDS: u64 = 16;

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Where each begins in the text, and where it ends: 60 instructions less than to look that up by position.
    Few(Cow<'static, [u32]>),
    Hashed(Table),
}

/// Bounds of a few; or the positions in a table, with its seed and displacements.
pub type LookupParts<'l> = (&'l [u32], Option<(u64, &'l [u16])>);

impl Lookup {
    /// `hash` gives the hash of the item at a position, and `bounds` where it stands.
    pub(super) fn of(
        positions: Vec<u32>,
        few: usize,
        bounds: impl Fn(u32) -> Option<[u32; 2]>,
        hash: impl Fn(u64, u32) -> Option<u64>,
    ) -> Self {
        if positions.len() > few {
            let hashed = |seed| positions.iter().map(|position| Some((hash(seed, *position)?, *position))).collect();
            for seed in 0..SEEDS {
                let table = |hashed: Option<Vec<_>>| perfect::table(&hashed?);
                if let Some((displacements, slots)) = table(hashed(seed)) {
                    return Self::Hashed(Table::new(seed, displacements.into(), slots.into()));
                }
            }
        }
        Self::Few(positions.into_iter().filter_map(bounds).flatten().collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Few(bounds) if bounds.is_empty())
    }

    pub(super) const fn from_parts((numbers, table): LookupParts<'static>) -> Self {
        match table {
            None => Self::Few(Cow::Borrowed(numbers)),
            Some((seed, displacements)) => {
                Self::Hashed(Table::new(seed, Cow::Borrowed(displacements), Cow::Borrowed(numbers)))
            }
        }
    }

    pub(super) fn parts(&self) -> LookupParts<'_> {
        match self {
            Self::Few(bounds) => (bounds, None),
            Self::Hashed(table) => table.parts(),
        }
    }
}
