//! Messages that stand beside those about CORS, and are taken for them.

use super::{address, number_after};
use crate::At;
use crate::explain::{Cause, Facts};

/// Parts of messages, in the order in which they are looked for: what is more telling comes first.
const PARTS: [(&str, Cause); 25] = [
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
];

pub(super) fn read(message: &str) -> Option<(Cause, Facts)> {
    let (part, cause) = PARTS.into_iter().find(|(part, _)| message.contains(part))?;
    let after = message.split_once(part).map_or("", |(_, after)| after);
    let url = match cause {
        // The page stands first, what it asked for last.
        Cause::CrossOriginInSameOriginMode => address(after),
        Cause::CrossSiteCookie => None,
        _ => address(message),
    };
    let status = number_after(message, "the server responded with a status of ");
    let is_redirect = matches!(cause, Cause::TooManyRedirects | Cause::RedirectLocationInvalid);
    let at = is_redirect.then_some(At::Redirect);
    Some((cause, Facts { at, url, status, ..Facts::default() }))
}
