//! The answers that are remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use cors_core::{Answered, Origin};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::settings::Settings;

/// An origin as it is remembered, found by the bytes of an `Origin` line.
pub(super) type Key = Arc<[u8]>;

/// Answers of a source. Allowed and denied origins are apart, so that however many are denied, none that is allowed makes room
/// for them.
pub(super) struct Memory {
    allowed: Cache<Key, Remembered, ByLength>,
    denied: Cache<Key, Remembered, ByLength>,
    /// Answers of former generations are forgotten.
    generation: AtomicU64,
}

#[derive(Clone, Copy)]
struct Remembered {
    at: Instant,
    generation: u64,
}

/// An origin of so many bytes takes one place. Hardly any page has a longer one, but strangers send what they like.
const BYTES_OF_A_PLACE: usize = 256;

/// What an origin weighs: its bytes, and no less than a place. So neither places nor bytes are exceeded.
#[derive(Clone)]
struct ByLength;

impl Weighter<Key, Remembered> for ByLength {
    fn weight(&self, origin: &Key, _: &Remembered) -> u64 {
        origin.len().max(BYTES_OF_A_PLACE) as u64
    }
}

/// The generation of an answer that was forgotten alone.
const FORGOTTEN: u64 = 0;

/// What is known of an origin.
pub(super) enum Recalled {
    Answer(Answered),
    /// It is no stranger: it was allowed when the source was last asked, too long ago to count, or was forgotten on purpose.
    Known,
    Nothing,
}

impl Memory {
    pub(super) fn new(settings: &Settings) -> Self {
        let bytes = settings.capacity.saturating_mul(BYTES_OF_A_PLACE) as u64;
        let cache = || Cache::with_weighter(settings.capacity, bytes, ByLength);
        Self { allowed: cache(), denied: cache(), generation: AtomicU64::new(FORGOTTEN + 1) }
    }

    /// Allocates nothing.
    pub(super) fn recall(&self, origin: &[u8], settings: &Settings) -> Recalled {
        let now = (settings.clock)();
        let generation = self.generation.load(Ordering::Acquire);
        let counts = |answer: Remembered| {
            answer.generation == generation && now.saturating_duration_since(answer.at) < settings.time_to_live
        };
        let allowed = self.allowed.get(origin);
        if allowed.is_some_and(counts) {
            Recalled::Answer(Answered::Allowed)
        } else if self.denied.get(origin).is_some_and(counts) {
            Recalled::Answer(Answered::Denied)
        } else if allowed.is_some() {
            Recalled::Known
        } else {
            Recalled::Nothing
        }
    }

    pub(super) fn remember(&self, origin: &Key, allows: bool, settings: &Settings) {
        let answer = Remembered { at: (settings.clock)(), generation: self.generation.load(Ordering::Acquire) };
        if allows {
            self.allowed.insert(Arc::clone(origin), answer);
            self.denied.remove(origin);
        } else {
            self.allowed.remove(origin);
            self.denied.insert(Arc::clone(origin), answer);
        }
    }

    /// Whoever says that an origin changed knows it, so it is no stranger when it is asked for next.
    pub(super) fn forget(&self, origin: &Origin, settings: &Settings) {
        let origin = origin.as_str().as_bytes();
        self.allowed.insert(origin.into(), Remembered { at: (settings.clock)(), generation: FORGOTTEN });
        self.denied.remove(origin);
    }

    /// Those that were allowed are still known.
    pub(super) fn forget_all(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }
}
