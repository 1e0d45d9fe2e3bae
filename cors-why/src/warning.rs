//! What is wrong with a server beside what blocks, or although nothing does.

use cors_browser::{Exchange, HeaderLine, OutgoingRequest, Response, Stranger};
use serde::Serialize;

use crate::client::Network;
use crate::investigation::{Investigation, Probe, is_harmless};
use crate::script::Script;

/// Something to know, by a name that does not change and in words.
#[derive(Debug, Serialize)]
pub(crate) struct Warning {
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

impl Warning {
    fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}

pub(crate) fn of_recording(investigation: &Investigation) -> Vec<Warning> {
    null(investigation).into_iter().collect()
}

/// Asks the server once more, for strangers, where its answer may depend on who asks, and adds that to what was sent.
pub(crate) fn of_network(script: &Script, investigation: &mut Investigation, network: &Network) -> Vec<Warning> {
    let mut warnings = of_recording(investigation);
    let origin = script.page.origin();
    let echo = investigation.transcript.exchanges.iter().rev().find_map(|exchange| echo_of(exchange, origin));
    let Some((asked, response)) = echo else {
        return warnings;
    };
    let needs_vary = !asked.preflight && !response.varies_by("Origin") && !response.varies_by("*");
    let mut probes = Vec::new();
    for stranger in Stranger::of(origin) {
        let request = asked_by(&stranger, asked);
        let Ok(answer) = network.send(&request) else { break };
        let is_constant = allows(&answer.response, origin);
        let hole = answer.response.hole(&stranger).map(|text| Warning::new(stranger.code(), text));
        // Who allows everybody allows those who look alike, and who names one origin whoever asks compares nothing.
        let says_enough = probes.is_empty() && (is_constant || hole.is_some());
        warnings.extend(hole);
        if probes.is_empty() && needs_vary && !is_constant {
            warnings.push(Warning::new(
                "vary-missing",
                "the answer depends on the origin and has no Vary: Origin, so a cache may give it to pages of other origins",
            ));
        }
        probes.push(Probe { request, answer });
        if says_enough {
            break;
        }
    }
    investigation.probes = probes;
    warnings
}

/// A harmless request whose answer allows exactly the origin that asked.
fn echo_of<'e>(exchange: &'e Exchange, origin: &str) -> Option<(&'e OutgoingRequest, &'e Response)> {
    let request = Some(&exchange.request).filter(|request| request.preflight || is_harmless(&request.method))?;
    allows(&exchange.response, origin).then_some((request, &exchange.response))
}

fn allows(response: &Response, origin: &str) -> bool {
    response.values("access-control-allow-origin").eq([origin.as_bytes()])
}

fn asked_by(stranger: &Stranger, request: &OutgoingRequest) -> OutgoingRequest {
    let mut request = request.clone();
    request.credentials = false;
    let is_of_the_page = |name: &str| ["origin", "authorization"].iter().any(|known| name.eq_ignore_ascii_case(known));
    request.headers.retain(|line| !is_of_the_page(&line.name));
    request.headers.push(HeaderLine::new("Origin", stranger.origin()));
    request
}

/// A redirect makes a page null too.
fn null(investigation: &Investigation) -> Option<Warning> {
    let allows_null =
        |exchange: &Exchange| exchange.request.header("origin") == Some(b"null") && allows(&exchange.response, "null");
    investigation.transcript.exchanges.iter().any(allows_null).then(|| {
        Warning::new(
            "null-allowed",
            "the server allows null, which is what sandboxed frames of every site are, so every site can read the answer",
        )
    })
}
