//! A line for each refusal, and counts of all.

use std::sync::atomic::{AtomicU64, Ordering};

use cors_core::{Denial, Policy, Request};
use tracing::Level;

use super::TARGET;
use super::limit::SharedLimit;

/// So much of an origin is written and told apart; no page has a longer one.
const LONGEST: usize = 300;

static LIMIT: SharedLimit<(Denial, Vec<u8>)> = SharedLimit::new();

static COUNTS: [AtomicU64; Denial::ALL.len()] = [const { AtomicU64::new(0) }; Denial::ALL.len()];

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
    Denial::ALL.into_iter().zip(&COUNTS).map(|(denial, count)| (denial, count.load(Ordering::Relaxed)))
}

/// Counts a refusal, and writes a line with what to do about it, if somebody listens and it was not written lately.
///
/// A page of the server's own needs no grant, so it was refused nothing.
pub(crate) fn refused(policy: &Policy, denial: Denial, request: &Request<'_>) {
    if request.is_same_origin() {
        return;
    }
    COUNTS[denial as usize].fetch_add(1, Ordering::Relaxed);
    if !tracing::enabled!(target: TARGET, Level::INFO) {
        return;
    }
    let origin = request.origin_value().unwrap_or_default();
    let shown = &origin[..origin.len().min(LONGEST)];
    let Some(left_out) = LIMIT.admit((denial, shown.to_vec())) else {
        return;
    };
    // What came over the wire is escaped, and a long value gets no advice, which would repeat it.
    let advice = if shown.len() == origin.len() { policy.advice(denial, request).to_string() } else { String::new() };
    tracing::info!(
        target: TARGET,
        origin = %shown.escape_ascii(),
        reason = denial.code(),
        advice = %advice,
        left_out,
        "refused by CORS: {denial}"
    );
}
