//! Who may look: whoever has the key, and no page of another site in their browser.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap};

use crate::authority;

/// Where the page is.
pub(super) const PLACE: &str = "/__cors";

/// Where the key is.
pub(super) const NO_KEY: &str =
    "it opens by the address with a key that the app logs when it starts, and that `Inspector::address` gives";

/// The cookie that has the key, besides the port: browsers share cookies among the ports of a host.
const COOKIE: &str = "cors_inspector";

/// The page's own origin, unless a page of another asks.
///
/// # Errors
///
/// Why nothing is shown.
pub(super) fn check(request: &ServiceRequest) -> Result<String, &'static str> {
    let headers = request.headers();
    let Some(host) = authority::of(request).filter(|host| !host.is_empty()) else {
        return Err("the request does not name one host");
    };
    let own = server(request, &host.to_ascii_lowercase());
    if !all(headers, header::ORIGIN.as_str(), |origin| origin == own.as_bytes()) {
        return Err("a page of another origin asks");
    }
    if !all(headers, "sec-fetch-site", |site| site == b"same-origin" || site == b"none") {
        return Err("another site asks, or a link of one led here: type the address instead");
    }
    Ok(own)
}

/// The line that makes a browser keep the key, for the page alone.
pub(super) fn cookie(key: &str, own: &str) -> String {
    let port = own.rsplit(':').next().filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = port.map(|port| format!("_{port}")).unwrap_or_default();
    let secure = if own.starts_with("https:") { "; Secure" } else { "" };
    format!("{COOKIE}{port}={key}; HttpOnly; SameSite=Strict; Path={PLACE}{secure}")
}

/// The keys that the request has: the inspectors of several ports may each have left one.
pub(super) fn cookies(request: &ServiceRequest) -> impl Iterator<Item = &[u8]> {
    let lines = request.headers().get_all(header::COOKIE);
    lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).filter_map(|pair| {
        let pair = pair.trim_ascii().strip_prefix(COOKIE.as_bytes())?;
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        Some(&pair[equals + 1..])
    })
}

/// The server of this host as the browser writes it.
pub(super) fn server(request: &ServiceRequest, host: &str) -> String {
    let scheme = if request.app_config().secure() { "https" } else { "http" };
    format!("{scheme}://{host}")
}

fn all(headers: &HeaderMap, name: &str, is_right: impl Fn(&[u8]) -> bool) -> bool {
    headers.get_all(name).all(|value| is_right(value.as_bytes()))
}
