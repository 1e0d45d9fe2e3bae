//! The record of a fetch.

use super::{OutgoingRequest, Page, Response, ScriptRequest, Verdict};

/// A request and its response. [`Browser::run`](super::Browser::run) has an example.
///
/// Exhaustive: an exchange has no other parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The request.
    pub request: OutgoingRequest,
    /// The response.
    pub response: Response,
}

/// The record of a whole fetch. [`Browser::run`](super::Browser::run) returns it and has an example.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Transcript {
    /// The page that made the request.
    pub page: Page,
    /// The request as the script made it.
    pub request: ScriptRequest,
    /// The requests that were sent, with their responses, in order. Responses of the HTTP cache, and preflights that
    /// the preflight cache made unnecessary, are left out.
    pub exchanges: Vec<Exchange>,
    /// The last request, if it got no response.
    pub unanswered: Option<OutgoingRequest>,
    /// What the script gets.
    pub verdict: Verdict,
}
