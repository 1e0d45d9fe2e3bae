//! The last exchanges. Joins preflights and requests.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use actix_web::http::header::HeaderMap;

use super::exchange::{KeptExchange, KeptRequest};
use crate::observe::Decisions;

/// Maximum number of exchanges to keep.
const MOST: usize = 50;

/// A browser sends the request immediately after the preflight. A later request belongs to another preflight.
const AT_ONCE: Duration = Duration::from_secs(10);

/// The exchanges of all workers.
pub(super) struct Log {
    now: Box<dyn Fn() -> Instant + Send + Sync>,
    began: Instant,
    /// Different in each process, so that an open page notices a restart of the app.
    hashes: RandomState,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    count: u64,
    exchanges: VecDeque<Arc<KeptExchange>>,
    /// Whether a policy is wrapped around the inspector.
    is_inside_policy: bool,
}

/// A preflight, the request that followed it, or both.
pub(super) struct Together {
    pub(super) preflight: Option<Arc<KeptExchange>>,
    pub(super) actual: Option<Arc<KeptExchange>>,
}

/// A snapshot for the page.
pub(super) struct Look {
    pub(super) exchanges: Vec<Arc<KeptExchange>>,
    pub(super) is_inside_policy: bool,
    /// Changes with every change of the page.
    pub(super) revision: String,
}

impl Log {
    pub(super) fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        let began = now();
        Self { now: Box::new(now), began, hashes: RandomState::new(), kept: Mutex::default() }
    }

    pub(super) fn add(&self, request: KeptRequest, status: u16, headers: &HeaderMap, decisions: Decisions) {
        let (elapsed, answer) =
            ((self.now)().saturating_duration_since(self.began), KeptExchange::answer_lines(headers));
        let mut kept = self.kept();
        kept.count += 1;
        let (number, time) = (kept.count, SystemTime::now());
        if kept.exchanges.len() == MOST {
            kept.exchanges.pop_front();
        }
        kept.exchanges.push_back(Arc::new(KeptExchange { number, time, elapsed, request, status, answer, decisions }));
    }

    pub(super) fn is_inside_policy(&self) {
        self.kept().is_inside_policy = true;
    }

    /// Returns a hash that only this process can compute.
    pub(super) fn hash(&self, value: impl Hash) -> u64 {
        self.hashes.hash_one(value)
    }

    /// Returns a snapshot. `texts` are the other contents of the page.
    pub(super) fn look(&self, texts: &[String]) -> Look {
        let kept = self.kept();
        let hash = self.hash((kept.count, kept.is_inside_policy, texts));
        Look {
            exchanges: kept.exchanges.iter().cloned().collect(),
            is_inside_policy: kept.is_inside_policy,
            revision: format!("{hash:x}"),
        }
    }

    /// Ignores poisoning, because the entries are always complete.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Joins each request with the last preflight before it that asked for it, the newest first. `lets_follow` returns
/// whether the answer to a preflight allows the request; if not, the two do not belong together.
pub(super) fn together(
    exchanges: &[Arc<KeptExchange>],
    lets_follow: impl Fn(&Arc<KeptExchange>) -> bool,
) -> Vec<Together> {
    let mut joined: Vec<Together> = Vec::new();
    for exchange in exchanges {
        if exchange.request.is_preflight {
            joined.push(Together { preflight: Some(Arc::clone(exchange)), actual: None });
            continue;
        }
        let waiting = joined.iter_mut().rev().find(|before| {
            let fits = |preflight: &Arc<KeptExchange>| {
                preflight.asks_about(exchange)
                    && exchange.elapsed.saturating_sub(preflight.elapsed) <= AT_ONCE
                    && lets_follow(preflight)
            };
            before.actual.is_none() && before.preflight.as_ref().is_some_and(fits)
        });
        match waiting {
            Some(waiting) => waiting.actual = Some(Arc::clone(exchange)),
            None => joined.push(Together { preflight: None, actual: Some(Arc::clone(exchange)) }),
        }
    }
    joined.sort_by_key(|together| std::cmp::Reverse(together.last().map_or(0, |exchange| exchange.number)));
    joined
}

impl Together {
    pub(super) fn first(&self) -> Option<&KeptExchange> {
        self.preflight.as_deref().or(self.actual.as_deref())
    }

    pub(super) fn last(&self) -> Option<&KeptExchange> {
        self.actual.as_deref().or(self.preflight.as_deref())
    }
}
