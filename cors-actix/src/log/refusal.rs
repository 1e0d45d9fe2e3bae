//! A line for each refusal, and counts of all.

use std::sync::atomic::{AtomicU64, Ordering};

use cors_core::{Denial, IncomingRequest, Origin, Policy};
use tracing::Level;

use super::TARGET;
use super::limit::SharedLimit;
use crate::incoming::Incoming;

/// What is written of a value that is too long to be an origin, in bytes.
const QUOTED: usize = 64;

/// What one kind of policy refused.
struct Refusals {
    limit: SharedLimit<(Denial, Vec<u8>)>,
    counts: [AtomicU64; Denial::ALL.len()],
}

static KEPT: Refusals = Refusals::none();
static SHADOW: Refusals = Refusals::none();

/// How often requests were refused since the program started, by reason: for metrics. All policies count together.
///
/// Needs the feature `tracing`.
///
/// ```
/// for (denial, count) in cors_actix::refusals() {
///     println!("cors_refusals{{reason=\"{}\"}} {count}", denial.code());
/// }
/// ```
pub fn refusals() -> impl Iterator<Item = (Denial, u64)> {
    KEPT.by_reason()
}

/// How often a shadow policy would have refused what the policy in use grants, by reason: for metrics. All of them count
/// together; there is an example at [`Cors::shadow`](crate::Cors::shadow).
///
/// Needs the feature `tracing`.
pub fn shadow_refusals() -> impl Iterator<Item = (Denial, u64)> {
    SHADOW.by_reason()
}

/// Counts a refusal, and writes a line with what to do about it, if somebody listens and it was not written lately.
pub(crate) fn refused(policy: &Policy, denial: Denial, request: &Incoming<'_>) {
    if let Some(Line { origin, advice, left_out }) = KEPT.add(policy, denial, request) {
        let reason = denial.code();
        tracing::info!(target: TARGET, %origin, reason, %advice, left_out, "refused by CORS: {denial}");
    }
}

/// The same for what a shadow policy would have refused.
pub(crate) fn would_have_refused(shadow: &Policy, denial: Denial, request: &Incoming<'_>) {
    if let Some(Line { origin, advice, left_out }) = SHADOW.add(shadow, denial, request) {
        let reason = denial.code();
        tracing::info!(
            target: TARGET, %origin, reason, %advice, left_out,
            "the shadow policy would have refused: {denial}"
        );
    }
}

/// What is written of a refusal.
struct Line {
    origin: String,
    advice: String,
    left_out: u64,
}

impl Refusals {
    const fn none() -> Self {
        Self { limit: SharedLimit::new(), counts: [const { AtomicU64::new(0) }; Denial::ALL.len()] }
    }

    fn by_reason(&self) -> impl Iterator<Item = (Denial, u64)> {
        Denial::ALL.iter().zip(&self.counts).map(|(denial, count)| (*denial, count.load(Ordering::Relaxed)))
    }

    fn add(&self, policy: &Policy, denial: Denial, request: &Incoming<'_>) -> Option<Line> {
        // A page of the server's own needs no grant, so it is refused nothing.
        if request.is_same_origin() {
            return None;
        }
        self.counts[denial as usize].fetch_add(1, Ordering::Relaxed);
        if !tracing::enabled!(target: TARGET, Level::INFO) {
            return None;
        }
        let origin = request.origin_lines().one().unwrap_or_default();
        // SRV-5a: of what is too long to be an origin, the length and the first bytes are written.
        let is_too_long = origin.len() > Origin::MAX_LENGTH;
        let shown = if is_too_long { &origin[..QUOTED] } else { origin };
        let left_out = self.limit.admit((denial, shown.to_vec()))?;
        let cut = if is_too_long { format!("... ({} bytes)", origin.len()) } else { String::new() };
        let advice = policy.advice(denial, request).to_string();
        // What came over the wire is escaped.
        Some(Line { origin: format!("{}{cut}", shown.escape_ascii()), advice, left_out })
    }
}
