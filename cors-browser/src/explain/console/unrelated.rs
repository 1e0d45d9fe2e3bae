//! Messages that are not about CORS, but appear beside those that are.

use super::message::{Message, address};
use crate::At;
use crate::explain::{Cause, Facts};

/// Parts of messages, the most specific first.
const PARTS: [(&str, Cause); 44] = [
    ("Refused to get unsafe header", Cause::HeaderNotExposed),
    ("Mixed Content: ", Cause::MixedContent),
    ("Blocked loading mixed active content", Cause::MixedContent),
    ("insecure content from", Cause::MixedContent),
    ("connect-src", Cause::ContentSecurityPolicy),
    ("Invalid CORS request", Cause::RefusedByServer),
    ("Disallowed CORS origin", Cause::RefusedByServer),
    ("Disallowed CORS method", Cause::RefusedByServer),
    ("Disallowed CORS headers", Cause::RefusedByServer),
    ("Origin is not allowed to make this request", Cause::RefusedByServer),
    ("Requested method is not allowed", Cause::RefusedByServer),
    ("One or more request headers are not allowed", Cause::RefusedByServer),
    ("Not allowed by CORS", Cause::RefusedByServer),
    ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaulted", Cause::EmbedderPolicy),
    ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin", Cause::ResourcePolicy),
    ("net::ERR_BLOCKED_BY_RESPONSE.NotSameSite", Cause::ResourcePolicy),
    ("net::ERR_BLOCKED_BY_RESPONSE", Cause::SaidElsewhere),
    ("Cross-Origin-Resource-Policy", Cause::ResourcePolicy),
    ("net::ERR_TOO_MANY_REDIRECTS", Cause::TooManyRedirects),
    ("net::ERR_INVALID_REDIRECT", Cause::RedirectLocationInvalid),
    ("net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", Cause::RedirectLocationInvalid),
    ("net::ERR_UNSAFE_PORT", Cause::BlockedPort),
    ("Not allowed to use restricted network port", Cause::BlockedPort),
    ("may not load data from", Cause::CrossOriginInSameOriginMode),
    ("the server responded with a status of ", Cause::ErrorStatus),
    ("because it is foreign", Cause::CrossSiteCookie),
    ("because it is in a cross-site context", Cause::CrossSiteCookie),
    ("net::ERR_FAILED", Cause::SaidElsewhere),
    ("net::ERR_", Cause::NoAnswer),
    ("Connection terminated unexpectedly", Cause::NoAnswer),
    ("due to access control checks", Cause::SaidElsewhere),
    ("URI is not allowed in this document", Cause::SaidElsewhere),
    ("bad URI or cross-site access not allowed", Cause::SaidElsewhere),
    ("can't establish a connection to the server", Cause::SaidElsewhere),
    ("denied by Cross-Origin Resource Sharing policy", Cause::SaidElsewhere),
    ("Failed to fetch", Cause::SaidElsewhere),
    ("NetworkError when attempting to fetch resource", Cause::SaidElsewhere),
    ("TypeError: Load failed", Cause::SaidElsewhere),
    ("XMLHttpRequest error", Cause::SaidElsewhere),
    ("Network request failed", Cause::SaidElsewhere),
    ("Network Error", Cause::SaidElsewhere),
    ("ERR_NETWORK", Cause::SaidElsewhere),
    ("0 Unknown Error", Cause::SaidElsewhere),
    ("statusText: 'Unknown Error'", Cause::SaidElsewhere),
];

pub(super) fn read(message: &Message) -> Option<(Cause, Facts)> {
    let Some((part, cause)) = PARTS.into_iter().find(|(part, _)| message.has(part)) else {
        return error_row(message);
    };
    let url = match cause {
        // The page comes first, the requested URL last.
        Cause::CrossOriginInSameOriginMode => message.after(part).and_then(address),
        Cause::MixedContent => message.text.rfind("http://").and_then(|start| address(&message.text[start..])),
        Cause::CrossSiteCookie => None,
        _ => message.address(),
    };
    let is_redirect = matches!(cause, Cause::TooManyRedirects | Cause::RedirectLocationInvalid);
    let mut facts = Facts { at: is_redirect.then_some(At::Redirect), url, ..Facts::default() };
    let status = message.number_after("the server responded with a status of ");
    facts.status = status.or_else(|| message.number_after("net::ERR_FAILED "));
    match cause {
        Cause::HeaderNotExposed => {
            let name = message.after(part).map(|name| name.trim_matches(['"', ' ']).split(['"', ' ']).next());
            facts.header = name.flatten().filter(|name| !name.is_empty()).map(str::to_owned);
        }
        Cause::RefusedByServer | Cause::SaidElsewhere => facts.known_text = Some(part),
        _ => {}
    }
    Some((cause, facts))
}

/// Reads a line of Chromium such as `GET https://api.example.com/ 404 (Not Found)`.
fn error_row(message: &Message) -> Option<(Cause, Facts)> {
    let url = message.address()?;
    let status = message.number_after(&format!("{url} ")).filter(|status| (400..600).contains(status))?;
    let is_row = message.has(&format!("{url} {status} ("));
    is_row.then(|| (Cause::ErrorStatus, Facts { url: Some(url), status: Some(status), ..Facts::default() }))
}
