//! What the log is told of a decision, and of what the shadow policy would have decided.

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Ask, Decision, Policy, Request, decide};

use crate::extras::Extras;
use crate::{headers, log};

/// Tells of a refusal; or, where the policy that is kept refuses nothing, of what the shadow policy would refuse.
pub(crate) fn watch<E>(
    kept: &Policy,
    extras: &Extras,
    request: &ServiceRequest,
    read: Request<'_>,
    decision: &Decision<'_, '_>,
    answer: impl Fn(&Ask<'_, '_>) -> Result<Answered, E>,
) {
    let read = headers::read_credentials(request, read);
    let whole = || headers::read_where_from(request, read, extras.public_origin());
    if let Some(denial) = decision.refusal(&read) {
        return log::refused(kept, denial, &whole());
    }
    let Some(shadow) = extras.shadow.as_ref().map(|shadow| shadow.prepared().policy()) else {
        return;
    };
    // A source that has no answer at hand is not asked for a shadow: nothing may wait for it.
    let would_be = match decide(shadow, &read) {
        Decision::Ask(question) => answer(&question).ok().and_then(|answered| question.resume(answered).refusal(&read)),
        decision => decision.refusal(&read),
    };
    if let Some(denial) = would_be {
        log::would_have_refused(shadow, denial, &whole());
    }
}
