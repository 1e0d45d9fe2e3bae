//! What goes into the log.

mod limit;
mod refusal;

use std::sync::atomic::{AtomicBool, Ordering};

pub use refusal::refusals;
pub(crate) use refusal::refused;

/// What filters know our lines by.
const TARGET: &str = "cors_actix";

/// Whether something was said that need not be said again.
#[derive(Debug, Default)]
pub(crate) struct Said(AtomicBool);

impl Said {
    pub(crate) const fn not_yet() -> Self {
        Self(AtomicBool::new(false))
    }

    /// SRV-24: what an inner service set of the six headers was replaced.
    pub(crate) fn conflict(&self) {
        if !self.0.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                target: TARGET,
                "a service inside this CORS policy sets Access-Control-* headers of its own: another CORS middleware, or a \
                 handler; the policy has replaced them, and does so each time (this is said once)"
            );
        }
    }
}

/// A source of origins did not do its part. What floods it is not its fault, and would flood the log too.
#[cfg(feature = "dynamic")]
pub(crate) fn unanswered(origin: &cors_core::Origin, reason: &crate::Unanswered) {
    if !matches!(reason, crate::Unanswered::TooMany) {
        tracing::warn!(target: TARGET, %origin, %reason, "an origin is denied, because there is no answer for it");
    }
}
