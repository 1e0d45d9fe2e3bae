//! What goes into the log.

mod limit;
mod refusal;

#[cfg(feature = "dynamic")]
use std::mem::{Discriminant, discriminant};
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(feature = "dynamic")]
use limit::SharedLimit;

pub use refusal::{refusals, shadow_refusals};
pub(crate) use refusal::{refused, would_have_refused};

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
                "a service inside this CORS policy sets Access-Control-* headers of its own: another CORS middleware, a \
                 handler, or the response of a Rejection; the policy has replaced them, and does so each time (this is said once)"
            );
        }
    }
}

/// A source of origins gave no answer. Each kind of reason is written once in a while: strangers choose the origins.
#[cfg(feature = "dynamic")]
pub(crate) fn unanswered(origin: &cors_core::Origin, reason: &crate::Unanswered) {
    static LIMIT: SharedLimit<Discriminant<crate::Unanswered>> = SharedLimit::new();
    if let Some(left_out) = LIMIT.admit(discriminant(reason)) {
        tracing::warn!(target: TARGET, %origin, %reason, left_out, "an origin is denied, because there is no answer for it");
    }
}

/// What an inspector says that is mounted in a release build.
#[cfg(feature = "inspector")]
pub(crate) fn inspector_is_off(text: &str) {
    tracing::warn!(target: TARGET, "{text}");
}
