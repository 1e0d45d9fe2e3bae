//! What an application says beside the policy.

use std::sync::Arc;

use cors_core::Origin;

use crate::rejection::Rejection;
#[cfg(feature = "tracing")]
use crate::source::Current;

/// How requests are refused, and the policy that is tried out beside the one that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Extras {
    pub(crate) rejection: Option<Arc<Rejection>>,
    #[cfg(feature = "tracing")]
    pub(crate) shadow: Option<Current>,
}

impl Extras {
    pub(crate) const fn none() -> Self {
        Self {
            rejection: None,
            #[cfg(feature = "tracing")]
            shadow: None,
        }
    }

    /// The origin at which browsers know the server, where the application states one.
    pub(crate) fn public_origin(&self) -> Option<&Origin> {
        self.rejection.as_deref().and_then(Rejection::stated_origin)
    }
}
