//! What was sent and answered, and what came of it.

use super::{OutgoingRequest, Page, Response, ScriptRequest, Verdict};

/// A request and its answer: [`Browser::run`](super::Browser::run) has an example.
///
/// Exhaustive: there is nothing else to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What was sent.
    pub request: OutgoingRequest,
    /// What was answered.
    pub response: Response,
}

/// A fetch from beginning to end, from [`Browser::run`](super::Browser::run), which has an example.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Transcript {
    /// The page whose script asked.
    pub page: Page,
    /// The request as the script stated it.
    pub request: ScriptRequest,
    /// What was sent and answered, in order. Answers of the HTTP cache and remembered preflights are not sent.
    pub exchanges: Vec<Exchange>,
    /// The last request, where no answer came.
    pub unanswered: Option<OutgoingRequest>,
    /// What the script gets.
    pub verdict: Verdict,
}
