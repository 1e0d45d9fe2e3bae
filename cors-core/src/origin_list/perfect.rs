//! Perfect hashing: every item has its own slot, so a search visits only one slot.
//!
//! Each bucket has a displacement that moves its items to free slots. It is found by trying. The method is known as hash and displace
//! (Belazzougui, Botelho, Dietzfelbinger, 2009).

use std::borrow::Cow;
use std::cmp::Reverse;

use super::hash::mix;
use crate::packed::{Packed, Packing};

/// Average number of items in a bucket.
const IN_BUCKET: usize = 4;

/// The value of a slot without an item. No item has such a high number.
const FREE: u32 = u32::MAX;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Table {
    seed: u64,
    /// One for each bucket.
    displacements: Cow<'static, [u16]>,
    /// Numbers of items.
    pub(super) slots: Cow<'static, [u32]>,
}

/// Number of seeds that are tried if two items have the same hash.
const SEEDS: u64 = 16;

impl Table {
    /// An empty table.
    pub(super) const NONE: Self = Self { seed: 0, displacements: Cow::Borrowed(&[]), slots: Cow::Borrowed(&[]) };

    /// Builds the table for items with these hashes under a seed. Returns nothing if two hashes are equal under every seed.
    pub(super) fn of(hashed: impl Fn(u64) -> Vec<(u64, u32)>) -> Option<Self> {
        (0..SEEDS).find_map(|seed| {
            let (displacements, slots) = table(&hashed(seed))?;
            Some(Self { seed, displacements: displacements.into(), slots: slots.into() })
        })
    }

    pub(super) fn pack(&self, into: &mut Packing) {
        let Self { seed, displacements, slots } = self;
        into.number(*seed);
        into.displacements(displacements);
        into.numbers(slots);
    }

    pub(super) const fn unpack(from: &mut Packed) -> Self {
        Self {
            seed: from.number() as u64,
            displacements: Cow::Borrowed(from.displacements()),
            slots: Cow::Borrowed(from.numbers()),
        }
    }

    pub(super) const fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Returns the number of the only item that can have this hash.
    pub(super) fn find(&self, hash: u64) -> u32 {
        let displacement = self.displacements.get(bucket(hash, self.displacements.len()));
        let slot = displacement.map(|displacement| slot(hash, *displacement, self.slots.len()));
        slot.and_then(|slot| self.slots.get(slot)).copied().unwrap_or(FREE)
    }
}

/// Returns displacements and slots for items with these hashes, or nothing if two hashes are equal.
pub(super) fn table(items: &[(u64, u32)]) -> Option<(Vec<u16>, Vec<u32>)> {
    let count = items.len() / IN_BUCKET + 1;
    let mut buckets = vec![Vec::new(); count];
    for item in items {
        buckets[bucket(item.0, count)].push(*item);
    }
    let mut order: Vec<usize> = (0..count).collect();
    // Full buckets first, while there is room.
    order.sort_by_key(|index| Reverse(buckets[*index].len()));

    let mut displacements = vec![0; count];
    // A ninth stays free, so that the last buckets find a place soon.
    let mut slots = vec![FREE; items.len() + items.len() / 8 + 1];
    for index in order {
        displacements[index] = (0..=u16::MAX).find(|displacement| place(&buckets[index], *displacement, &mut slots))?;
    }
    Some((displacements, slots))
}

/// Puts all items of a bucket into their slots, or none of them.
fn place(items: &[(u64, u32)], displacement: u16, slots: &mut [u32]) -> bool {
    for (count, (hash, position)) in items.iter().enumerate() {
        let slot = slot(*hash, displacement, slots.len());
        if slots[slot] != FREE {
            for (hash, _) in &items[..count] {
                slots[self::slot(*hash, displacement, slots.len())] = FREE;
            }
            return false;
        }
        slots[slot] = *position;
    }
    true
}

const fn bucket(hash: u64, count: usize) -> usize {
    scale(hash, count)
}

const fn slot(hash: u64, displacement: u16, count: usize) -> usize {
    scale(mix(hash ^ displacement as u64), count)
}

/// Maps the upper half of a hash to a number below `count`, without a division.
const fn scale(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}
