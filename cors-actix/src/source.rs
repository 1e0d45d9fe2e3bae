//! Where a policy is kept, and which one decides a request.

use std::sync::Arc;

use crate::prepared::Prepared;

/// A policy as one request sees it, from its decision to its response.
#[derive(Clone, Debug)]
pub(crate) enum Current {
    Static(&'static Prepared),
    Shared(Arc<Prepared>),
}

/// What a service asks for the policy of each request.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Fixed(Current),
    #[cfg(feature = "live")]
    Live(Arc<arc_swap::ArcSwap<Prepared>>),
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

impl Source {
    #[inline]
    pub(crate) fn current(&self) -> Current {
        match self {
            Self::Fixed(current) => current.clone(),
            #[cfg(feature = "live")]
            Self::Live(live) => Current::Shared(live.load_full()),
        }
    }
}
