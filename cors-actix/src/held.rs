//! Where a policy is kept, and which one decides a request.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cors_core::Policy;

use crate::prepared::Prepared;

/// A policy as one request sees it, from its decision to its response.
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

/// A policy that a handle replaces. `version` counts the replacements, so that a request sees with one look that there was none.
#[derive(Debug)]
pub(crate) struct Replaceable {
    version: AtomicU64,
    policy: Mutex<Arc<Prepared>>,
}

/// What a service, which belongs to one thread, knows of its policy.
#[derive(Debug)]
pub(crate) enum Reader {
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
}

impl Current {
    /// Whether this is the same policy, and not one that has replaced it.
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

    pub(crate) fn reader(&self) -> Reader {
        match self {
            Self::Fixed(Current::Static(prepared)) => Reader::Static(prepared),
            Self::Fixed(Current::Shared(prepared)) => Reader::Shared(Arc::clone(prepared)),
            Self::Replaceable(policy) => {
                Reader::Replaceable { seen: RefCell::new(policy.latest()), policy: Arc::clone(policy) }
            }
        }
    }
}

impl Replaceable {
    pub(crate) fn new(prepared: Prepared) -> Self {
        Self { version: AtomicU64::new(0), policy: Mutex::new(Arc::new(prepared)) }
    }

    /// Puts another policy in place of the present one, which keeps its record.
    pub(crate) fn replace(&self, policy: Policy) {
        let mut present = self.lock();
        *present = Arc::new(present.replaced_by(policy));
        self.version.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn current(&self) -> Current {
        Current::Shared(self.latest().1)
    }

    fn latest(&self) -> (u64, Arc<Prepared>) {
        let present = self.lock();
        (self.version.load(Ordering::Acquire), Arc::clone(&present))
    }

    /// A panic cannot leave a policy half replaced.
    fn lock(&self) -> MutexGuard<'_, Arc<Prepared>> {
        self.policy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader {
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

/// A policy that is in use. It stays as it is, also when another replaces it.
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
