//! Who may look: this machine, and no page of another site in its browser.

use std::net::Ipv4Addr;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap};

use crate::authority;

/// What proxies add. Besides these, whatever begins with `x-forwarded`.
const OF_PROXIES: [&str; 9] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-host",
    "true-client-ip",
    "cf-connecting-ip",
    "cf-ray",
];

/// The page's own origin.
///
/// # Errors
///
/// Why nothing is shown.
pub(super) fn check(request: &ServiceRequest) -> Result<String, &'static str> {
    // None for other than TCP, where nobody knows who is at the other end.
    if !request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback()) {
        return Err("the connection does not come from this machine");
    }
    let headers = request.headers();
    if headers.keys().any(|name| OF_PROXIES.contains(&name.as_str()) || name.as_str().starts_with("x-forwarded")) {
        return Err("a proxy passed the request on");
    }
    let Some(host) = host(request) else {
        return Err("it was asked for by another name than localhost");
    };
    let own = server(request, &host);
    if !all(headers, header::ORIGIN.as_str(), |origin| origin == own.as_bytes()) {
        return Err("a page of another origin asks");
    }
    if !all(headers, "sec-fetch-site", |site| site == b"same-origin" || site == b"none") {
        return Err("another site asks, or a link of one led here: type the address instead");
    }
    Ok(own)
}

/// The server of this host as the browser writes it.
pub(super) fn server(request: &ServiceRequest, host: &str) -> String {
    let scheme = if request.app_config().secure() { "https" } else { "http" };
    format!("{scheme}://{host}")
}

fn all(headers: &HeaderMap, name: &str, is_right: impl Fn(&[u8]) -> bool) -> bool {
    headers.get_all(name).all(|value| is_right(value.as_bytes()))
}

/// The host and port asked for, where it is local: whoever rebinds a name of theirs to this machine is told by that name.
fn host(request: &ServiceRequest) -> Option<String> {
    let host = authority::of(request)?.to_ascii_lowercase();
    is_local(&host).then_some(host)
}

fn is_local(host: &str) -> bool {
    let (name, port) = match host.strip_prefix("[::1]") {
        Some(rest) => ("[::1]", rest.strip_prefix(':').or(rest.is_empty().then_some(""))),
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, Some("")),
        },
    };
    let is_port = port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_name = ["[::1]", "localhost"].contains(&name)
        || name.strip_suffix(".localhost").is_some_and(|label| !label.is_empty() && !label.starts_with('.'))
        || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    is_port && is_name
}
