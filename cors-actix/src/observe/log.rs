//! The lines of the log.

use std::sync::atomic::Ordering;

use cors_core::{NestingConflict, Origin};
use tracing::Level;

use super::TARGET;
use super::event::{Decided, Observer};
use crate::careless::CarelessSource;
use crate::name::PolicyName;
use crate::record::{Compared, LogState, RefusalLimit};
use crate::unanswered::Unanswered;

/// The number of bytes to log of a value that is too long to be an origin.
const QUOTED: usize = 64;

impl Observer for LogState {
    fn decided(&self, decided: &Decided<'_>) {
        if let Some(Line { origin, reason, text, advice, left_out }) = Line::of(decided, &self.refusals) {
            let policy = decided.policy_name();
            tracing::info!(target: TARGET, %policy, %origin, reason, %advice, left_out, "refused by CORS: {text}");
        }
    }

    /// SRV-24: headers of an inner service were replaced.
    fn overwrote(&self, policy: PolicyName) {
        if !self.overwrote.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                target: TARGET,
                %policy,
                "a service inside this CORS policy sets Access-Control-* headers of its own: other CORS middleware, a \
                 handler, or the response of a Rejection; the policy has replaced them, and does so each time (this is said once)"
            );
        }
    }

    fn nested(&self, outer: PolicyName, inner: PolicyName, conflict: &NestingConflict) {
        let text = conflict.text(outer, inner);
        tracing::warn!(target: TARGET, %outer, %inner, "{text} (each disagreement is said once)");
    }

    /// Strangers choose the origins, so each kind of reason has a limit.
    fn unanswered(&self, policy: PolicyName, origin: &Origin, reason: &Unanswered) {
        if let Some(left_out) = self.unanswered.admit(reason.code()) {
            tracing::warn!(
                target: TARGET, %policy, %origin, %reason, left_out,
                "an origin is denied, because there is no answer for it"
            );
        }
    }

    fn careless(&self, policy: PolicyName, source: &CarelessSource) {
        let origin = source.origin();
        if source.with_credentials() {
            tracing::error!(target: TARGET, %policy, %origin, "{source}; nothing that it allows is granted (this is said once)");
        } else {
            tracing::warn!(target: TARGET, %policy, %origin, "{source} (this is said once)");
        }
    }
}

impl LogState {
    pub(super) fn compared_enough(&self, policy: PolicyName) {
        let most = Compared::MOST;
        tracing::warn!(
            target: TARGET, %policy,
            "this policy was compared with those around it for {most} pairs of rules: whether others disagree is not said any more"
        );
    }
}

/// Logs a request that a shadow policy would have refused.
pub(super) fn would_have_refused(decided: &Decided<'_>, limit: &RefusalLimit) {
    if let Some(Line { origin, reason, text, advice, left_out }) = Line::of(decided, limit) {
        let policy = decided.policy_name();
        tracing::info!(
            target: TARGET, %policy, %origin, reason, %advice, left_out,
            "the shadow policy would have refused: {text}"
        );
    }
}

/// The fields of a line about a refusal.
struct Line {
    origin: String,
    reason: &'static str,
    text: String,
    advice: String,
    left_out: u64,
}

impl Line {
    /// Returns `None` if nothing is refused, if no subscriber listens, or if the limit is reached.
    fn of(decided: &Decided<'_>, limit: &RefusalLimit) -> Option<Self> {
        let denial = decided.denial().filter(|_| tracing::enabled!(target: TARGET, Level::INFO))?;
        let origin = decided.origin().unwrap_or_default();
        // SRV-5a: logs the length and the first bytes of a value that is too long to be an origin.
        let is_too_long = origin.len() > Origin::MAX_LENGTH;
        let shown = if is_too_long { &origin[..QUOTED] } else { origin };
        let left_out = limit.admit((denial, shown.to_vec()))?;
        let cut = if is_too_long { format!("... ({} bytes)", origin.len()) } else { String::new() };
        Some(Self {
            // Bytes of the request are escaped.
            origin: format!("{}{cut}", shown.escape_ascii()),
            reason: denial.code(),
            text: denial.to_string(),
            advice: decided.advice().map(|advice| advice.to_string()).unwrap_or_default(),
            left_out,
        })
    }
}
