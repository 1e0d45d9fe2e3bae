//! Sets of lengths of what hosts end with.

use std::borrow::Cow;

/// Lengths from 1 on, each a bit.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Lengths(pub(super) Cow<'static, [u8]>);

impl Lengths {
    pub(super) fn insert(&mut self, length: usize) {
        let (bytes, index) = (self.0.to_mut(), (length - 1) / 8);
        bytes.resize(bytes.len().max(index + 1), 0);
        bytes[index] |= 1 << ((length - 1) % 8);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of these that begin with a dot in the text, the shortest first.
    #[inline(always)]
    pub(super) fn at_dots(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let mut pairs = self.0.iter().zip(text.as_rchunks().1.iter().rev());
        let (mut found, mut index) = (0, 0_usize);
        std::iter::from_fn(move || {
            while found == 0 {
                let (lengths, chunk) = pairs.next()?;
                index += 8;
                if *lengths != 0 {
                    found = lengths & dots(*chunk);
                }
            }
            let length = index - 7 + found.trailing_zeros() as usize;
            found &= found - 1;
            Some(length)
        })
    }
}

/// A bit for each byte that is a dot, the last one's first.
const fn dots(chunk: [u8; 8]) -> u8 {
    const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
    let differing = u64::from_be_bytes(chunk) ^ u64::from_ne_bytes([b'.'; 8]);
    // The highest bit of each byte in which nothing differs.
    let equal = !(((differing & LOW) + LOW) | differing | LOW);
    // Moves these bits beside each other.
    ((equal >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
}
