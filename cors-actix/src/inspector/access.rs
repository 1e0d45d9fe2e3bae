//! Access to the page: only clients with the key, and no page of another site in their browser.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap};

use crate::authority;

/// The path of the page.
pub(super) const PLACE: &str = "/__cors";

/// The answer without the key: where to find it.
pub(super) const NO_KEY: &str =
    "open the address with the key, which the app logs when it starts, and which `Inspector::address` returns";

/// The name of the cookie with the key, without the port: browsers share cookies among the ports of a host.
const COOKIE: &str = "cors_inspector";

/// Returns the page's own origin, unless a page of another origin sent the request.
///
/// # Errors
///
/// Returns why nothing is shown.
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
        return Err("another site sent this request, or has a link to this page: type the address instead");
    }
    Ok(own)
}

/// Returns the `Set-Cookie` value with the key, for this page only.
pub(super) fn cookie(key: &str, own: &str) -> String {
    let port = own.rsplit(':').next().filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = port.map(|port| format!("_{port}")).unwrap_or_default();
    let secure = if own.starts_with("https:") { "; Secure" } else { "" };
    format!("{COOKIE}{port}={key}; HttpOnly; SameSite=Strict; Path={PLACE}{secure}")
}

/// Returns the keys in the cookies of the request. Inspectors on several ports may each have set one.
pub(super) fn cookies(request: &ServiceRequest) -> impl Iterator<Item = &[u8]> {
    let lines = request.headers().get_all(header::COOKIE);
    lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).filter_map(|pair| {
        let pair = pair.trim_ascii().strip_prefix(COOKIE.as_bytes())?;
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        Some(&pair[equals + 1..])
    })
}

/// Returns the origin of the server with this host.
pub(super) fn server(request: &ServiceRequest, host: &str) -> String {
    let scheme = if request.app_config().secure() { "https" } else { "http" };
    format!("{scheme}://{host}")
}

fn all(headers: &HeaderMap, name: &str, is_right: impl Fn(&[u8]) -> bool) -> bool {
    headers.get_all(name).all(|value| is_right(value.as_bytes()))
}
