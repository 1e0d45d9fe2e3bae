//! Mistakes of a server that do not block the page.

mod lookalike;

use std::time::Instant;

use cors_browser::{Exchange, HeaderLine, OutgoingRequest, Response};
use serde::Serialize;

use crate::client::Network;
use crate::doctor::LONGEST;
use crate::investigation::{Investigation, Probe, is_harmless};
use crate::script::Script;
use lookalike::Lookalike;

/// A warning: a stable name, and a sentence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// Sends the request again from other origins, if the answer may depend on the origin. Adds these requests to the investigation.
pub(crate) fn of_network(
    script: &Script,
    investigation: &mut Investigation,
    network: Option<&Network>,
) -> Vec<Warning> {
    let mut warnings = of_recording(investigation);
    let origin = script.page.origin();
    let echo = investigation.transcript.exchanges.iter().rev().find_map(|exchange| echo_of(exchange, origin));
    let (Some(network), Some((asked, response))) = (network, echo) else {
        return warnings;
    };
    let Strangers { warnings: holes, probes } = ask_as_strangers(origin, asked, network);
    warnings.extend(holes);
    let first = probes.first().map(|probe| &probe.answer.response);
    let needs_vary = |other: &&Response| !allows(other, origin) && [response, other].into_iter().any(lacks_vary);
    if !asked.preflight && first.is_some_and(|other| needs_vary(&other)) {
        warnings.push(Warning::new(
            "vary-missing",
            "answers depend on the origin, and one of them has no Vary: Origin, so a cache may give it to pages of other origins",
        ));
    }
    investigation.probes = probes;
    warnings
}

/// The answers to other origins.
#[derive(Default)]
pub(crate) struct Strangers {
    pub(crate) warnings: Vec<Warning>,
    pub(crate) probes: Vec<Probe>,
}

/// Asks from other origins, until an answer shows enough.
pub(crate) fn ask_as_strangers(origin: &str, asked: &OutgoingRequest, network: &Network) -> Strangers {
    let mut strangers = Strangers::default();
    let end = Instant::now() + LONGEST;
    for lookalike in Lookalike::of(origin) {
        if lookalike.is_covered_by(&strangers.warnings) {
            continue;
        }
        let request = asked_by(&lookalike.origin, asked);
        let left = end.saturating_duration_since(Instant::now());
        let Ok(answer) = network.send_within(&request, left) else { break };
        let is_first = strangers.probes.is_empty();
        let is_constant = allows(&answer.response, origin);
        let hole = lookalike.hole(&answer.response);
        // A server that allows every origin allows lookalikes too, and one that always names the same origin compares nothing.
        let says_enough = is_first && (is_constant || hole.is_some());
        strangers.warnings.extend(hole.map(|text| Warning::new(lookalike.code, text)));
        strangers.probes.push(Probe { request, answer });
        if says_enough {
            break;
        }
    }
    strangers
}

/// A harmless request whose answer names the origin that asked.
fn echo_of<'e>(exchange: &'e Exchange, origin: &str) -> Option<(&'e OutgoingRequest, &'e Response)> {
    let request = Some(&exchange.request).filter(|request| request.preflight || is_harmless(&request.method))?;
    allows(&exchange.response, origin).then_some((request, &exchange.response))
}

fn allows(response: &Response, origin: &str) -> bool {
    response.values("access-control-allow-origin").eq([origin.as_bytes()])
}

fn lacks_vary(response: &Response) -> bool {
    may_be_stored(response) && !response.varies_by("Origin") && !response.varies_by("*")
}

/// Whether a cache may store the answer (<https://www.rfc-editor.org/rfc/rfc9111#section-3>): most errors only if they say so.
fn may_be_stored(response: &Response) -> bool {
    const BY_DEFAULT: [u16; 12] = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];
    let values = response.values("cache-control").map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
    let control: String = values.collect::<Vec<_>>().join(",");
    let has = |directives: &[&str]| directives.iter().any(|directive| control.contains(directive));
    let says_so = has(&["max-age", "s-maxage", "public"]) || response.values("expires").next().is_some();
    !has(&["no-store"]) && (says_so || BY_DEFAULT.contains(&response.status))
}

fn asked_by(origin: &str, request: &OutgoingRequest) -> OutgoingRequest {
    let mut request = request.clone();
    request.credentials = false;
    let is_of_the_page = |name: &str| ["origin", "authorization"].iter().any(|known| name.eq_ignore_ascii_case(known));
    request.headers.retain(|line| !is_of_the_page(&line.name));
    request.headers.push(HeaderLine::new("Origin", origin));
    request
}

/// A redirect also makes the origin of a page null.
fn null(investigation: &Investigation) -> Option<Warning> {
    let allows_null =
        |exchange: &Exchange| exchange.request.header("origin") == Some(b"null") && allows(&exchange.response, "null");
    investigation
        .transcript
        .exchanges
        .iter()
        .any(allows_null)
        .then(|| Warning::new("null-allowed", lookalike::NULL_ALLOWED))
}
