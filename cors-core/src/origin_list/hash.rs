//! The hashes of items. They do not need to resist attackers: a search visits few slots, whatever the hash.

/// Odd, with about as many ones as zeros, and without a pattern: the fraction of the golden ratio.
pub(super) const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes every bit depend on every other bit.
pub(super) const fn mix(value: u64) -> u64 {
    fold(value, FACTOR)
}

#[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
const fn fold(one: u64, other: u64) -> u64 {
    let product = one as u128 * other as u128;
    (product >> 64) as u64 ^ product as u64
}

/// Hashes a text, sixteen bytes at a time.
pub(super) fn exact(seed: u64, text: &[u8]) -> u64 {
    let (pairs, rest) = text.as_chunks::<8>().0.as_chunks();
    let whole = pairs
        .iter()
        .fold(seed, |state, [one, other]| fold(state ^ u64::from_le_bytes(*one), FACTOR ^ u64::from_le_bytes(*other)));
    let first = rest.first().map_or(0, |first| u64::from_le_bytes(*first));
    let last = match (text.last_chunk(), text.first_chunk(), text.last_chunk()) {
        (Some(last), ..) => u64::from_le_bytes(*last),
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => text.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
    };
    fold(whole ^ last ^ (text.len() as u64).rotate_left(32), FACTOR ^ first)
}
