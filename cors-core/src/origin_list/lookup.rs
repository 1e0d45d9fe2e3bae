//! The exact origins of a list: a few are compared one by one, more are in a table.

use std::borrow::Cow;

use super::hash;
use super::items::Items;
use super::perfect::Table;
use crate::packed::{Packed, Packing};

/// Maximum number of exact origins that are compared one by one: 130 instructions on average. A search by hash takes 160.
const FEW: usize = 4;

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// The begin and end of each in the text: 60 instructions less than a lookup by position.
    Few(Cow<'static, [[u32; 2]]>),
    Hashed(Longest, Table),
}

/// A text that is longer than every origin is not hashed.
type Longest = usize;

impl Lookup {
    /// Builds the table for the items at these positions.
    pub(super) fn of(positions: &[u32], items: &Items) -> Self {
        let text = |position: u32| items.get(position).unwrap_or_default();
        if positions.len() > FEW {
            let hash = |seed, position: &u32| (hash::exact(seed, text(*position).as_bytes()), *position);
            let table = Table::of(|seed| positions.iter().map(|position| hash(seed, position)).collect());
            if let Some(table) = table {
                let longest = positions.iter().map(|position| text(*position).len()).max();
                return Self::Hashed(longest.unwrap_or(0), table);
            }
        }
        let bounds = positions.iter().filter_map(|position| items.bounds_of(*position));
        Self::Few(bounds.collect())
    }

    /// SRV-4: byte for byte.
    #[inline(always)]
    pub(super) fn has(&self, items: &Items, origin: &[u8]) -> bool {
        match self {
            Self::Few(bounds) => {
                // A loop, since a closure is not inlined: 30 instructions less.
                for [begin, end] in &**bounds {
                    let length = end.wrapping_sub(*begin) as usize;
                    if length == origin.len() && items.slice([*begin, *end]) == Some(origin) {
                        return true;
                    }
                }
                false
            }
            Self::Hashed(longest, table) => origin.len() <= *longest && has_hashed(table, items, origin),
        }
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        match self {
            Self::Few(bounds) => {
                into.number(0u32);
                into.numbers(bounds.as_flattened());
            }
            Self::Hashed(longest, table) => {
                into.number(*longest);
                table.pack(into);
            }
        }
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        match from.number() as usize {
            0 => Self::Few(Cow::Borrowed(from.numbers().as_chunks().0)),
            longest => Self::Hashed(longest, Table::unpack(from)),
        }
    }
}

// Not inlined, so that what most lists need stays in registers.
#[inline(never)]
fn has_hashed(table: &Table, items: &Items, origin: &[u8]) -> bool {
    items.bytes(table.find(hash::exact(table.seed(), origin))) == Some(origin)
}
