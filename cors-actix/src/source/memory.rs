//! The memory for answers of a source.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cors_core::{Answered, Origin};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::origin_source::SourceAnswer;
use super::settings::Source;
use super::subject::{Subject, SubjectRef};

/// Answers of a source, by key and origin. Allowed and denied answers are separate, so denied ones never replace
/// allowed ones.
pub(super) struct Memory {
    allowed: Cache<Arc<Subject>, Remembered, ByLength>,
    denied: Cache<Arc<Subject>, Remembered, ByLength>,
    /// Answers of earlier generations are forgotten.
    generation: AtomicU64,
}

#[derive(Clone, Copy)]
struct Remembered {
    answer: SourceAnswer,
    at: Instant,
    generation: u64,
    version: u64,
    is_known: bool,
}

/// A key and an origin of at most this many bytes together take one place. Longer ones are rare, but strangers can
/// send them.
const BYTES_OF_A_PLACE: usize = 256;

/// The weight of a key and an origin: their bytes, but at least one place. So both the number of places and of bytes
/// are bounded.
#[derive(Clone)]
struct ByLength;

impl Weighter<Arc<Subject>, Remembered> for ByLength {
    fn weight(&self, subject: &Arc<Subject>, _: &Remembered) -> u64 {
        subject.len().max(BYTES_OF_A_PLACE) as u64
    }
}

/// The generation of an answer that was forgotten separately.
const FORGOTTEN: u64 = 0;

/// The memory's information about an origin.
pub(super) enum Recalled {
    Answer(Answered),
    /// A known origin without a valid answer: it was listed at the start, forgotten on purpose, or allowed more than
    /// once. Once is not enough, because a source can allow any number of origins, such as all subdomains of one.
    Known,
    Nothing,
}

impl Memory {
    pub(super) fn new(settings: &Source) -> Self {
        let cache =
            |places: usize| Cache::with_weighter(places, places.saturating_mul(BYTES_OF_A_PLACE) as u64, ByLength);
        // The parts of the cache fill unevenly. This much extra room keeps known origins from replacing each other.
        let known: usize = settings.known.iter().map(|subject| 1 + subject.len() / BYTES_OF_A_PLACE).sum();
        let allowed = cache(settings.capacity.saturating_add(known.saturating_mul(2)));
        let memory = Self { allowed, denied: cache(settings.capacity), generation: AtomicU64::new(FORGOTTEN + 1) };
        let now = (settings.clock)();
        settings.known.iter().for_each(|subject| memory.forget(subject, now));
        memory
    }

    /// Allocates nothing.
    pub(super) fn recall(
        &self,
        subject: SubjectRef<'_>,
        version: u64,
        now: Instant,
        time_to_live: Duration,
    ) -> Recalled {
        let generation = self.generation.load(Ordering::Acquire);
        let counts = |remembered: &Remembered| {
            remembered.generation == generation
                && remembered.version == version
                && now.saturating_duration_since(remembered.at) < time_to_live
        };
        let allowed = self.allowed.get(&subject);
        let counted = allowed.filter(counts).or_else(|| self.denied.get(&subject).filter(counts));
        match counted {
            Some(remembered) => Recalled::Answer(remembered.answer.into()),
            None if allowed.is_some_and(|remembered| remembered.is_known) => Recalled::Known,
            None => Recalled::Nothing,
        }
    }

    pub(super) fn remember(&self, subject: &Arc<Subject>, answer: SourceAnswer, version: u64, now: Instant) {
        let generation = self.generation.load(Ordering::Acquire);
        if answer == SourceAnswer::Deny {
            self.allowed.remove(subject);
            self.denied
                .insert(Arc::clone(subject), Remembered { answer, at: now, generation, version, is_known: false });
        } else {
            let is_known = self.allowed.get(subject).is_some();
            self.allowed.insert(Arc::clone(subject), Remembered { answer, at: now, generation, version, is_known });
            self.denied.remove(subject);
        }
    }

    /// The application knows an origin for which it calls `forget`, so the origin is known for the next question.
    pub(super) fn forget(&self, subject: &Arc<Subject>, now: Instant) {
        let answer = SourceAnswer::Deny;
        let forgotten = Remembered { answer, at: now, generation: FORGOTTEN, version: 0, is_known: true };
        self.allowed.insert(Arc::clone(subject), forgotten);
        self.denied.remove(subject);
    }

    /// Forgets an origin for every key. Searches the whole memory.
    pub(super) fn forget_origin(&self, origin: &Origin, now: Instant) {
        let is_of_origin = |subject: &Arc<Subject>| subject.origin == *origin;
        self.denied.retain(|subject, _| !is_of_origin(subject));
        let allowed: Vec<_> = self.allowed.iter().map(|(subject, _)| subject).filter(is_of_origin).collect();
        allowed.iter().for_each(|subject| self.forget(subject, now));
    }

    /// Origins that were allowed stay known.
    pub(super) fn forget_all(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::ready;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn source() -> Source {
        Source::new(|_: Origin| ready(Ok::<_, Infallible>(false)))
    }

    #[test]
    fn known_origins_of_any_length_keep_their_places() {
        let key = "k".repeat(128);
        let origin = |number| Origin::parse(&format!("{}://{number}.example", "x".repeat(480))).unwrap();
        let memory = Memory::new(&source().capacity(1).known_by_key((0..1000).map(|number| (&key, origin(number)))));
        for number in 0..1000 {
            let subject = Subject::new(&key, &origin(number));
            assert!(subject.len() > 2 * BYTES_OF_A_PLACE);
            assert!(matches!(memory.recall(subject.borrowed(), 0, Instant::now(), HOUR), Recalled::Known), "{number}");
        }
    }

    #[test]
    fn a_denied_origin_is_known_no_longer() {
        let (memory, begin) = (Memory::new(&source()), Instant::now());
        let subject = Arc::new(Subject::new("", &Origin::parse("https://tenant.example").unwrap()));
        let recall = |hours| memory.recall(subject.borrowed(), 0, begin + hours * HOUR, HOUR);
        (0..2).for_each(|_| memory.remember(&subject, SourceAnswer::Allow, 0, begin));
        assert!(matches!(recall(0), Recalled::Answer(Answered::Allowed)));
        assert!(matches!(recall(1), Recalled::Known));
        memory.remember(&subject, SourceAnswer::Deny, 0, begin + HOUR);
        assert!(matches!(recall(1), Recalled::Answer(Answered::Denied)));
        assert!(matches!(recall(2), Recalled::Nothing));
    }
}
