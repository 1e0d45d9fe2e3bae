//! The hashes by which items are found. They need not withstand anybody: a search looks at one slot, whatever the hash.

use crate::pattern::asked::{Asked, Scheme};
use crate::pattern::wildcard::{Port, Wildcard};

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

/// Of a pattern.
pub(super) fn wildcard(seed: u64, pattern: &Wildcard<'_>) -> u64 {
    let port = match pattern.port {
        Port::Any => ANY_PORT,
        Port::Exact(port) => port.as_bytes(),
    };
    let host = pattern.host.bytes().rev().fold(seed, next);
    finish(host, rest(pattern.scheme, pattern.subdomains, port))
}

const ANY_PORT: &[u8] = b":*";

/// A host is hashed from its end, so that one pass gives the hash of each of its ends.
const fn next(state: u64, byte: u8) -> u64 {
    (state ^ byte as u64).wrapping_mul(FACTOR)
}

/// What a pattern has beside the host.
fn rest(scheme: Scheme, subdomains: bool, port: &[u8]) -> u64 {
    exact(2 * u64::from(scheme == Scheme::Https) + u64::from(subdomains), port)
}

const fn finish(host: u64, rest: u64) -> u64 {
    mix(host ^ rest)
}

/// Whether one of the patterns that could match an origin has a hash as wanted: at each dot of its host those for subdomains, with
/// its port and with any; and the one for the host itself.
///
/// A pattern's host is not longer than `longest`, so what a longer host begins with is not looked at.
pub(super) fn any_wider(seed: u64, asked: &Asked<'_>, longest: usize, is_wanted: impl Fn(u64) -> bool) -> bool {
    let end = &asked.host[asked.host.len().saturating_sub(longest)..];
    let with_any_port = |subdomains| asked.has_any_port().then(|| rest(asked.scheme, subdomains, ANY_PORT));
    let below = [Some(rest(asked.scheme, true, asked.port)), with_any_port(true)];
    let mut state = seed;
    for byte in end.iter().rev() {
        state = next(state, *byte);
        if *byte == b'.' && below.into_iter().flatten().any(|rest| is_wanted(finish(state, rest))) {
            return true;
        }
    }
    end.len() == asked.host.len() && with_any_port(false).is_some_and(|rest| is_wanted(finish(state, rest)))
}
