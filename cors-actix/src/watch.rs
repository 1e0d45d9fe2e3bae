//! What the log is told of a decision, and of what the shadow policy would have decided.

use cors_core::{Answered, Decision, Policy, decide};

use crate::extras::Extras;
use crate::incoming::Incoming;
use crate::log;

/// Tells of a refusal; or, where the policy that is kept refuses nothing, of what the shadow policy would refuse.
pub(crate) fn watch(
    kept: &Policy,
    extras: &Extras,
    incoming: &Incoming<'_>,
    decision: &Decision<'_>,
    answered: Option<Answered>,
) {
    let credentials = incoming.credentials();
    if let Some(denial) = decision.blocked_by_browser(incoming, credentials) {
        return log::refused(kept, denial, incoming);
    }
    let Some(shadow) = extras.shadow.as_ref().map(|shadow| shadow.prepared().policy()) else {
        return;
    };
    // A source that has no answer at hand is not asked for a shadow: nothing may wait for it.
    let would_be = match decide(shadow, incoming) {
        Decision::Ask(question) => answered.and_then(|answered| {
            // The shadow may not ask what the policy that is kept may.
            let answered = question.question(incoming).map_or_else(Answered::NotAsked, |_| answered);
            question.resume(answered, incoming).blocked_by_browser(incoming, credentials)
        }),
        decision => decision.blocked_by_browser(incoming, credentials),
    };
    if let Some(denial) = would_be {
        log::would_have_refused(shadow, denial, incoming);
    }
}
