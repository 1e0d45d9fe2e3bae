//! What is wrong with a server beside what blocks, or although nothing does.

use cors_core::browser::{HeaderLine, OutgoingRequest, Response};
use serde::Serialize;
use url::{Host, Url};

use crate::client::Network;
use crate::investigation::{Exchange, Investigation, Purpose, is_harmless};
use crate::script::Script;

/// An origin that no server can mean to allow: nothing under `.invalid` exists.
const STRANGER: &str = "https://why-probe.invalid";

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

pub(crate) fn of_recording(script: &Script, investigation: &Investigation) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = mixed_content(script).into_iter().collect();
    warnings.extend(null(investigation));
    warnings
}

/// Asks the server once more, for a stranger, where its answer may depend on who asks, and adds that to what was sent.
pub(crate) fn of_network(script: &Script, investigation: &mut Investigation, network: &Network) -> Vec<Warning> {
    let mut warnings = of_recording(script, investigation);
    let origin = script.page.origin();
    let echo = investigation.exchanges.iter().rev().find_map(|exchange| echo_of(exchange, origin));
    let Some((request, response)) = echo.filter(|_| origin != "null") else {
        return warnings;
    };
    let request = asked_by_stranger(request);
    let Ok(answer) = network.send(&request) else {
        return warnings;
    };
    let allowed = values(&answer, "access-control-allow-origin");
    if allowed == [STRANGER.as_bytes()] {
        warnings.push(reflected(values(&answer, "access-control-allow-credentials") == [b"true"]));
    }
    let is_constant = allowed == [origin.as_bytes()];
    if !is_constant && !request.preflight && !varies(response) {
        warnings.push(Warning::new(
            "vary-missing",
            "the answer depends on the origin and has no Vary: Origin, so a cache may give it to pages of other origins",
        ));
    }
    let probe = Exchange { purpose: Purpose::Probe, request, response: Some(answer), withheld: false };
    investigation.exchanges.push(probe);
    warnings
}

/// A harmless request whose answer allows exactly the origin that asked.
fn echo_of<'e>(exchange: &'e Exchange, origin: &str) -> Option<(&'e OutgoingRequest, &'e Response)> {
    let request = Some(&exchange.request).filter(|request| request.preflight || is_harmless(&request.method))?;
    let response = exchange.response.as_ref()?;
    (values(response, "access-control-allow-origin") == [origin.as_bytes()]).then_some((request, response))
}

fn asked_by_stranger(request: &OutgoingRequest) -> OutgoingRequest {
    let mut request = request.clone();
    request.credentials = false;
    let is_of_the_page = |name: &str| ["origin", "authorization"].iter().any(|known| name.eq_ignore_ascii_case(known));
    request.headers.retain(|line| !is_of_the_page(&line.name));
    request.headers.push(HeaderLine::new("Origin", STRANGER));
    request
}

fn reflected(with_credentials: bool) -> Warning {
    let begin = format!("the server allows whatever origin asks, {STRANGER} too");
    Warning::new(
        "origin-reflected",
        match with_credentials {
            true => format!(
                "{begin}, and with credentials: every site can read what belongs to your users. Name the origins that may"
            ),
            false => format!(
                "{begin}. If everybody may read the answer, say so by Access-Control-Allow-Origin: *, and if not, name the \
                 origins that may"
            ),
        },
    )
}

/// A redirect makes a page null too.
fn null(investigation: &Investigation) -> Option<Warning> {
    let allows = |exchange: &Exchange| {
        let allowed = exchange.response.as_ref().map(|response| values(response, "access-control-allow-origin"));
        exchange.request.header("origin") == Some(b"null") && allowed.is_some_and(|allowed| allowed == [b"null"])
    };
    investigation.exchanges.iter().any(allows).then(|| {
        Warning::new(
            "null-allowed",
            "the server allows null, which is what sandboxed frames of every site are, so every site can read the answer",
        )
    })
}

fn mixed_content(script: &Script) -> Option<Warning> {
    let url = Url::parse(&script.asked.url).ok()?;
    let is_local = match url.host()? {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    (url.scheme() == "http" && !is_local && script.page.origin().starts_with("https:")).then(|| {
        Warning::new(
            "mixed-content",
            "a page of https may not ask an address of http: browsers block it before CORS matters",
        )
    })
}

fn varies(response: &Response) -> bool {
    let names = values(response, "vary");
    let mut names = names.iter().flat_map(|value| value.split(|byte| *byte == b','));
    names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"origin") || name.trim_ascii() == b"*")
}

fn values<'r>(response: &'r Response, name: &str) -> Vec<&'r [u8]> {
    let lines = response.headers.iter().filter(|line| line.name.eq_ignore_ascii_case(name));
    lines.map(|line| line.value.trim_ascii()).collect()
}
