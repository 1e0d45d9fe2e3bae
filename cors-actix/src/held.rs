//! Where the middleware keeps its policy.

use std::cell::RefCell;
use std::mem;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cors_core::Policy;

use crate::prepared::Prepared;
use crate::record::Record;

/// The policy of one request, from its decision to its response.
#[derive(Clone, Debug)]
pub(crate) enum Current {
    Static(&'static Prepared),
    Shared(Arc<Prepared>),
}

/// Where a middleware keeps its policy.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    Fixed(Current),
    Replaceable(Arc<Replaceable>),
}

/// A policy that a handle replaces.
#[derive(Debug)]
pub(crate) struct Replaceable {
    /// The version of the present policy. One atomic load shows whether the policy was replaced.
    version: AtomicU64,
    present: Mutex<Arc<Prepared>>,
    /// Shared by all policies that replace each other.
    record: Arc<Record>,
}

/// The policy of one worker.
#[derive(Debug)]
pub(crate) enum WorkerPolicy {
    Static(&'static Prepared),
    Shared(Arc<Prepared>),
    Replaceable { policy: Arc<Replaceable>, seen: RefCell<(u64, Arc<Prepared>)> },
}

impl Current {
    #[inline]
    pub(crate) fn prepared(&self) -> &Prepared {
        match self {
            Self::Static(prepared) => prepared,
            Self::Shared(prepared) => prepared,
        }
    }

    /// Returns whether the policy was not replaced.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.prepared().version() == other.prepared().version()
    }
}

impl Held {
    pub(crate) fn current(&self) -> Current {
        match self {
            Self::Fixed(current) => current.clone(),
            Self::Replaceable(policy) => policy.current(),
        }
    }

    pub(crate) fn reader(&self) -> WorkerPolicy {
        match self {
            Self::Fixed(Current::Static(prepared)) => WorkerPolicy::Static(prepared),
            Self::Fixed(Current::Shared(prepared)) => WorkerPolicy::Shared(Arc::clone(prepared)),
            Self::Replaceable(policy) => {
                let seen = RefCell::new(policy.latest());
                WorkerPolicy::Replaceable { policy: Arc::clone(policy), seen }
            }
        }
    }
}

impl Replaceable {
    pub(crate) fn new(policy: Policy) -> Self {
        let record = Arc::new(Record::new());
        let present = Mutex::new(Arc::new(Prepared::new(policy, Arc::clone(&record))));
        Self { version: AtomicU64::new(0), present, record }
    }

    pub(crate) fn replace(&self, policy: Policy) {
        // Made before the lock is taken, because each worker takes the lock at its next request.
        let next = Prepared::new(policy, Arc::clone(&self.record));
        let mut present = self.lock();
        let version = present.version() + 1;
        let former = mem::replace(&mut *present, Arc::new(next.of_version(version)));
        self.version.store(version, Ordering::Release);
        drop(present);
        drop(former);
    }

    pub(crate) fn current(&self) -> Current {
        Current::Shared(self.latest().1)
    }

    fn latest(&self) -> (u64, Arc<Prepared>) {
        let present = self.lock();
        (present.version(), Arc::clone(&present))
    }

    /// A poisoned lock still holds a whole policy.
    fn lock(&self) -> MutexGuard<'_, Arc<Prepared>> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WorkerPolicy {
    /// Returns the policy for a request that comes now.
    #[inline]
    pub(crate) fn current(&self) -> Current {
        match self {
            Self::Static(prepared) => Current::Static(prepared),
            Self::Shared(prepared) => Current::Shared(Arc::clone(prepared)),
            Self::Replaceable { policy, seen } => {
                let mut seen = seen.borrow_mut();
                if seen.0 != policy.version.load(Ordering::Acquire) {
                    *seen = policy.latest();
                }
                Current::Shared(Arc::clone(&seen.1))
            }
        }
    }
}

/// A snapshot of the policy in use. It does not change when the policy is replaced.
///
/// ```
/// use cors_actix::cors_policy;
///
/// let policy = cors_policy! { max_age: 3600, origins: "*" }.policy();
/// assert_eq!(policy.rules().len(), 1);
/// assert_eq!(policy.to_string(), "origins: \"*\",\nmax_age: 1h,");
/// ```
#[derive(Clone)]
pub struct CurrentPolicy(pub(crate) Current);

impl Deref for CurrentPolicy {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        self.0.prepared().policy()
    }
}

impl std::fmt::Display for CurrentPolicy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Policy::fmt(self, formatter)
    }
}

impl std::fmt::Debug for CurrentPolicy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, formatter)
    }
}

impl PartialEq for CurrentPolicy {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl PartialEq<Policy> for CurrentPolicy {
    fn eq(&self, other: &Policy) -> bool {
        **self == *other
    }
}
