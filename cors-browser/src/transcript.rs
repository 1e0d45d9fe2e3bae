//! What was sent and answered, and what came of it.

use super::{OutgoingRequest, Page, Response, ScriptRequest, Verdict};

/// A request and its answer: [`Transcript`] has an example.
///
/// Exhaustive: there is nothing else to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What was sent.
    pub request: OutgoingRequest,
    /// What was answered.
    pub response: Response,
}

/// A fetch from beginning to end, from [`Browser::run`](super::Browser::run).
///
/// ```
/// use cors_browser::{Browser, Page, Response, ScriptRequest, Verdict};
///
/// let request = ScriptRequest::new("https://api.example.com/").method("PUT");
/// let transcript = Browser::new().run(&Page::at("https://app.example.com")?, &request, |outgoing| {
///     let granting = Response::new(204).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "*");
///     outgoing.preflight.then_some(granting)
/// });
/// assert_eq!(transcript.exchanges[0].request.method, "OPTIONS");
/// assert_eq!(transcript.unanswered.unwrap().method, "PUT");
/// assert_eq!(transcript.verdict, Verdict::Unanswered);
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
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
