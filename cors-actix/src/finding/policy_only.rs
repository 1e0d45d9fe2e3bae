//! The answer of a policy around an app that adds no CORS headers.

use cors_browser::{OutgoingRequest, Response};
use cors_core::{Answered, Decision, Lines, Policy, Reply, Request, RequestHeader, decide};

/// A policy's own answer.
#[allow(dead_code, reason = "the feature `inspector` reads all of it")]
pub(crate) struct PolicyAnswer {
    pub(crate) response: Response,
    /// Whether the policy answers instead of the app.
    pub(crate) is_answer: bool,
    /// Whether its source is asked. Its answer is assumed to be `answered`.
    pub(crate) asks: bool,
}

/// Decides about the request. Returns the answer of the policy, or an empty 200 with the headers of the policy.
pub(crate) fn answer(policy: &Policy, outgoing: &OutgoingRequest, host: &str, answered: Answered) -> PolicyAnswer {
    let requested = |header: RequestHeader| outgoing.header(header.name()).into_iter();
    let names: Vec<&[u8]> = requested(RequestHeader::AccessControlRequestHeaders).collect();
    let request = Request::new(outgoing.method.as_bytes())
        .origin(Lines::of(requested(RequestHeader::Origin)))
        .access_control_request_method(Lines::of(requested(RequestHeader::AccessControlRequestMethod)))
        .access_control_request_headers(&names)
        .host(Lines::One(host.as_bytes()));
    let (decision, asks) = match decide(policy, &request) {
        Decision::Ask(ask) => {
            let answered = ask.question(&request).map_or_else(Answered::NotAsked, |_| answered);
            (ask.resume(answered, &request), true)
        }
        decision => (decision, false),
    };
    let reply: Reply<'_> = policy.reply(decision);
    let response = Response::new(reply.status().unwrap_or(200));
    let response = reply.lines(&request).fold(response, |response, (name, value)| response.header(name, value));
    let response = reply.vary().into_iter().fold(response, |response, vary| response.header("vary", vary.text()));
    PolicyAnswer { response, is_answer: reply.status().is_some(), asks }
}
