//! What to write where an answer differs from the policy.

use actix_web::http::{Method, StatusCode};
use cors_browser::{OutgoingRequest, Response};
use cors_core::{Policy, ResponseHeader};

use crate::finding::policy_only::PolicyAnswer;
use crate::finding::unanswered::PreflightUnanswered;
use crate::finding::words::{ONE_POLICY, SET_OUTSIDE, WRAP_LAST, unseen};
use crate::observe::Decisions;

/// A route of the app.
pub(super) struct Route<'r> {
    pub(super) method: &'r Method,
    pub(super) path: &'r str,
    /// Whether no policy is around what serves it.
    pub(super) has_no_policy: bool,
}

/// The answers of the app and of the policy to a request.
pub(super) struct Compared<'a> {
    pub(super) outgoing: &'a OutgoingRequest,
    pub(super) response: &'a Response,
    pub(super) decisions: &'a Decisions,
    /// The answer of the policy alone.
    pub(super) alone: &'a PolicyAnswer,
}

/// Whether an answer shows that no policy is around the route: the handler ran without one, or there is no handler.
pub(super) fn has_no_policy(outgoing: &OutgoingRequest, response: &Response, decisions: &Decisions) -> bool {
    !outgoing.preflight && decisions.policies.is_empty() && matches!(response.status, 200..=299 | 404 | 405)
}

/// Returns helps and notes, perhaps after a sentence; an empty text if the cause is unknown.
pub(super) fn of(route: &Route<'_>, compared: &Compared<'_>, policy: &Policy) -> String {
    let Compared { outgoing, response, decisions, .. } = compared;
    if let Some(conflict) = decisions.conflict() {
        conflict.to_owned()
    } else if !decisions.policies.is_empty() {
        let is_set_outside = is_set_outside(compared, policy);
        if is_set_outside { format!("help: {ONE_POLICY}\nnote: {SET_OUTSIDE}") } else { String::new() }
    } else if route.has_no_policy {
        format!("help: {}", unseen(route.path))
    } else if outgoing.preflight {
        let (method, path) = (route.method.clone(), route.path.to_owned());
        StatusCode::from_u16(response.status)
            .map(|status| PreflightUnanswered { method, path, status }.to_string())
            .unwrap_or_default()
    } else {
        format!("help: {WRAP_LAST}")
    }
}

/// Whether something outside of the policy, which decided alone, sets a header that the policy does not set.
fn is_set_outside(compared: &Compared<'_>, policy: &Policy) -> bool {
    let Compared { response, decisions, alone, .. } = compared;
    let [decided] = decisions.policies.as_slice() else { return false };
    // What a source answers is unknown, but what is denied has no headers.
    let is_known = decided.denial.is_some() || decided.policy == *policy && !alone.asks;
    let of_policy = |header: &ResponseHeader| alone.response.values(header.name()).eq(response.values(header.name()));
    is_known
        && ResponseHeader::ALL
            .iter()
            .any(|header| response.values(header.name()).next().is_some() && !of_policy(header))
}
