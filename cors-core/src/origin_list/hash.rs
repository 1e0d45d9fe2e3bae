//! The hashes by which items are found. They need not withstand anybody: a search looks at few slots, whatever the hash.

/// Odd, with about as many ones as zeros, and no pattern: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes every bit depend on every other.
#[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
pub(super) const fn mix(value: u64) -> u64 {
    let product = (value ^ FACTOR) as u128 * FACTOR as u128;
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
#[derive(Clone, Copy)]
pub(super) struct Suffix<'t> {
    /// What is not yet hashed.
    before: &'t [[u8; 8]],
    whole: usize,
    state: u64,
}

impl<'t> Suffix<'t> {
    /// Of a text with at least seven bytes before the longest suffix: `http://` stands before a host.
    pub(super) fn new(seed: u64, text: &'t [u8]) -> Self {
        Self { before: text.as_rchunks().1, whole: 0, state: seed }
    }

    /// All whole chunks of a suffix that is not shorter, but for its first bytes, one to eight.
    pub(super) fn extended(mut self, length: usize) -> Self {
        while (self.whole + 1) * 8 < length
            && let Some((chunk, before)) = self.before.split_last()
        {
            self = Self { before, whole: self.whole + 1, state: mix(self.state ^ u64::from_le_bytes(*chunk)) };
        }
        self
    }

    /// The hash of the suffix to which this was extended, and of what is asked for beside it.
    pub(super) fn hash(&self, length: usize, beside: u32) -> u64 {
        let first = self.before.last().map_or(0, |chunk| u64::from_le_bytes(*chunk));
        let unused = 8 * (8 - (length - 8 * self.whole));
        mix(self.state ^ first >> unused ^ u64::from(beside).wrapping_mul(FACTOR))
    }
}
