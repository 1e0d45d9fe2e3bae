//! The hashes by which items are found. They need not withstand anybody: a search looks at few slots, whatever the hash.

use crate::origin::host::LONGEST_HOST;

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
    text: &'t [u8],
    /// How many chunks are hashed.
    whole: usize,
    state: u64,
}

/// The state after so many chunks.
pub(super) type States = [u64; LONGEST_HOST.div_ceil(8)];

impl<'t> Suffix<'t> {
    /// Of a text with at least seven bytes before the longest suffix: `http://` stands before a host.
    pub(super) fn new(seed: u64, text: &'t [u8]) -> Self {
        Self { text, whole: 0, state: seed }
    }

    /// All whole chunks of a suffix that is not shorter, but for its first bytes, one to eight.
    pub(super) fn extended(mut self, length: usize) -> Self {
        while (self.whole + 1) * 8 < length {
            self = Self { whole: self.whole + 1, state: mix(self.state ^ self.chunk()), ..self };
        }
        self
    }

    /// What extending leads to, for all lengths at once.
    #[inline(always)]
    pub(super) fn states(&self) -> States {
        let mut states = [self.state; _];
        let mut state = self.state;
        for (next, chunk) in states[1..].iter_mut().zip(self.text.as_rchunks().1.iter().rev()) {
            state = mix(state ^ u64::from_le_bytes(*chunk));
            *next = state;
        }
        states
    }

    /// The same as extending it.
    pub(super) fn with_state_of(&self, states: &States, length: usize) -> Self {
        let whole = (length - 1) / 8;
        Self { whole, state: states.get(whole).copied().unwrap_or_default(), ..*self }
    }

    /// The hash of the suffix to which this was extended, and of what is asked for beside it.
    pub(super) fn hash(&self, length: usize, beside: u32) -> u64 {
        let unused = 8 * (8 - (length - 8 * self.whole));
        mix(self.state ^ self.chunk() >> unused ^ u64::from(beside).wrapping_mul(FACTOR))
    }

    /// The next to be hashed.
    fn chunk(&self) -> u64 {
        let start = self.text.len().wrapping_sub(8 * (self.whole + 1));
        self.text.get(start..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk))
    }
}
