//! The counters and log limits of a policy.

mod limit;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use cors_core::Denial;

pub(crate) use limit::{RefusalLimit, SharedLimit};

use crate::name::PolicyName;

/// The counters and log limits of one policy. They belong to its static, or to the value that a handle replaces.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) counters: Counters,
    pub(crate) log: LogState,
}

/// What was logged, so that strangers cannot fill the log.
#[derive(Debug)]
pub(crate) struct LogState {
    pub(crate) refusals: RefusalLimit,
    pub(crate) unanswered: SharedLimit<&'static str>,
    pub(crate) overwrote: AtomicBool,
    pub(crate) compared: Compared,
}

#[derive(Debug)]
pub(crate) struct Counters {
    granted: AtomicU64,
    refused: [AtomicU64; Denial::ALL.len()],
}

/// The numbers of grants and refusals of a policy, from [`Cors::counts`](crate::Cors::counts), which has an example.
///
/// ```
/// let counts = cors_actix::Counts::default();
/// assert_eq!((counts.granted(), counts.total_refused()), (0, 0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    granted: u64,
    refused: [u64; Denial::ALL.len()],
}

impl Record {
    pub(crate) const fn new() -> Self {
        Self { counters: Counters::new(), log: LogState::new() }
    }
}

impl LogState {
    pub(crate) const fn new() -> Self {
        Self {
            refusals: SharedLimit::new(),
            unanswered: SharedLimit::new(),
            overwrote: AtomicBool::new(false),
            compared: Compared::new(),
        }
    }
}

/// The outer policy, and the rules of both policies for an origin, each with the version of its policy.
pub(crate) type Pair = (PolicyName, [(u64, Option<usize>); 2]);

/// The pairs that were compared. Bounded, because each replacement of a policy makes new pairs.
#[derive(Debug)]
pub(crate) struct Compared(Mutex<Vec<Pair>>);

impl Compared {
    pub(crate) const MOST: usize = 64;

    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Returns the number of pairs, including this one, or `None` if this one must not be compared again.
    pub(crate) fn admit(&self, pair: Pair) -> Option<usize> {
        let mut compared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = compared.len() < Self::MOST && !compared.contains(&pair);
        compared.extend(is_new.then_some(pair));
        is_new.then_some(compared.len())
    }
}

/// The counters are in the order of [`Denial::ALL`]; the number of a reason is the index of its counter.
const _: () = {
    let mut index = 0;
    while index < Denial::ALL.len() {
        assert!(Denial::ALL[index] as usize == index, "`Denial::ALL` is in another order than the enum");
        index += 1;
    }
};

impl Counters {
    pub(crate) const fn new() -> Self {
        Self { granted: AtomicU64::new(0), refused: [const { AtomicU64::new(0) }; Denial::ALL.len()] }
    }

    pub(crate) fn add_granted(&self) {
        self.granted.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn add_refused(&self, denial: Denial) {
        if let Some(count) = self.refused.get(denial as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            granted: self.granted.load(Ordering::Relaxed),
            refused: std::array::from_fn(|index| self.refused[index].load(Ordering::Relaxed)),
        }
    }
}

impl Counts {
    /// Returns the number of granted responses, including granted preflights. Requests without `Origin` do not count.
    /// A request counts as granted if everything that the request shows is granted.
    pub const fn granted(&self) -> u64 {
        self.granted
    }

    /// Returns the number of refused requests for each reason, including reasons with a count of zero.
    pub fn refused(&self) -> impl Iterator<Item = (Denial, u64)> + '_ {
        Denial::ALL.iter().copied().zip(self.refused)
    }

    /// Returns the number of all refused requests.
    pub fn total_refused(&self) -> u64 {
        self.refused.iter().sum()
    }
}
