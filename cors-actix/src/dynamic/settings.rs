//! What can be set, and the values when nothing is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cors_core::Origin;

use super::source::AnySource;
use super::unanswered::Unanswered;

/// A day is longer than any client waits, and can be added to any instant.
const LONGEST_TIME_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

type Clock = dyn Fn() -> Instant + Send + Sync;
type Observer = dyn Fn(&Origin, &Unanswered) + Send + Sync;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) source: Arc<dyn AnySource>,
    pub(super) clock: Arc<Clock>,
    pub(super) on_unanswered: Arc<Observer>,
    pub(super) capacity: usize,
    pub(super) time_to_live: Duration,
    pub(super) time_limit: Duration,
    pub(super) questions_at_once: usize,
}

impl Settings {
    pub(super) fn new(source: Arc<dyn AnySource>) -> Self {
        Self {
            source,
            clock: Arc::new(Instant::now),
            #[cfg(feature = "tracing")]
            on_unanswered: Arc::new(crate::log::unanswered),
            #[cfg(not(feature = "tracing"))]
            on_unanswered: Arc::new(|_, _| {}),
            capacity: 10_000,
            time_to_live: Duration::from_secs(60),
            time_limit: Duration::from_secs(2),
            questions_at_once: 16,
        }
    }

    pub(super) fn time_limit(&mut self, limit: Duration) {
        self.time_limit = limit.min(LONGEST_TIME_LIMIT);
    }
}
