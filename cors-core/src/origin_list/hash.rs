//! The hashes by which items are found. They need not withstand anybody: a search looks at few slots, whatever the hash.

use crate::origin::host::LONGEST_HOST;

/// Odd, with about as many ones as zeros, and no pattern: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes every bit depend on every other.
#[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
pub(super) const fn mix(value: u64) -> u64 {
    let product = value as u128 * FACTOR as u128;
    (product >> 64) as u64 ^ product as u64
}

/// Of a whole text, eight bytes at a time.
pub(super) fn exact(seed: u64, text: &[u8]) -> u64 {
    let (chunks, rest) = text.as_chunks::<8>();
    let whole = chunks.iter().fold(seed, |state, chunk| mix(state ^ u64::from_le_bytes(*chunk)));
    let last = match text.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
    };
    mix(whole ^ last ^ (text.len() as u64).rotate_left(32))
}

/// The hashes of what a text ends with, eight bytes at a time from its end.
pub(super) struct Suffixes<'t> {
    text: &'t [u8],
    states: &'t States,
}

/// After so many chunks.
pub(super) type States = [u64; LONGEST_HOST.div_ceil(8)];

impl<'t> Suffixes<'t> {
    /// Of a text with `http://` or `https://` before the longest suffix, or with the last slash in it, where its length is even.
    #[inline(always)]
    pub(super) fn new(seed: u64, text: &'t [u8], states: &'t mut States) -> Self {
        let mut state = seed;
        states[0] = seed;
        text.as_rchunks().1.iter().rev().zip(&mut states[1..]).for_each(|(chunk, next)| {
            state = mix(state ^ u64::from_le_bytes(*chunk));
            *next = state;
        });
        Self { text, states }
    }

    pub(super) fn suffix(&self, length: u8) -> Option<&'t [u8]> {
        self.text.get(self.text.len().checked_sub(length.into())?..)
    }

    /// The hash of a suffix.
    #[inline(always)]
    pub(super) fn hash(&self, length: u8) -> u64 {
        // All whole chunks, but for the first bytes, one to eight.
        let rest = usize::from(length.wrapping_sub(1));
        let start = self.text.len().wrapping_sub((rest | 7) + 1);
        let first = self.text.get(start..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk));
        mix(self.states[rest / 8] ^ first >> (56 - 8 * (rest % 8)))
    }
}
