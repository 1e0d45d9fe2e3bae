//! What a policy answers by itself, around an app that adds no CORS headers.

use cors_browser::{OutgoingRequest, Response};
use cors_core::{Answered, Decision, Lines, Policy, Reply, Request, RequestHeader, decide};

/// A policy's own answer.
#[allow(dead_code, reason = "the feature `inspector` reads all of it")]
pub(crate) struct PolicyAnswer {
    pub(crate) response: Response,
    /// Whether the policy answers in place of the app.
    pub(crate) is_answer: bool,
    /// Whether its source is asked, which is taken to say `answered`.
    pub(crate) asks: bool,
}

/// Decides, with the headers and the status of the policy on an empty 200.
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
