//! The response headers that a script may read.

use super::HeaderLine;
use super::fetching::Tainting;
use super::header::tokens;
use super::modes::CredentialsMode;
use cors_core::names::is_forbidden_response_header;

/// Returns the names of the response headers that a page of another origin may read, in lower case and alphabetical
/// order (<https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>).
///
/// ```
/// use cors_browser::{CredentialsMode, HeaderLine, readable_names};
///
/// let lines = [
///     HeaderLine::new("Content-Type", "text/plain"),
///     HeaderLine::new("ETag", "\"1\""),
///     HeaderLine::new("X-Cost", "7"),
///     HeaderLine::new("Access-Control-Expose-Headers", "etag"),
/// ];
/// assert_eq!(readable_names(CredentialsMode::SameOrigin, &lines), ["content-type", "etag"]);
/// ```
pub fn readable_names(credentials: CredentialsMode, headers: &[HeaderLine]) -> Vec<String> {
    // EXP-3: the standard adds the failure itself to the list, which names no header. Engines expose nothing more.
    let exposed = tokens(headers, "access-control-expose-headers").ok().flatten().unwrap_or_default();
    // EXP-2
    let all = credentials != CredentialsMode::Include && exposed.iter().any(|name| name == "*");
    names(headers, |name| {
        all || is_safelisted(name) || exposed.iter().any(|exposed| exposed.eq_ignore_ascii_case(name))
    })
}

/// Returns what a page may read of its own origin (EXP-4) or of another
/// (<https://fetch.spec.whatwg.org/#concept-filtered-response>).
pub(super) fn readable_by(tainting: Tainting, credentials: CredentialsMode, headers: &[HeaderLine]) -> Vec<String> {
    match tainting {
        Tainting::Basic => names(headers, |_| true),
        Tainting::Cors => readable_names(credentials, headers),
        Tainting::Opaque => Vec::new(),
    }
}

/// Returns the readable names, without the two that no script may read (EXP-1).
fn names(headers: &[HeaderLine], readable: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = headers.iter().map(|line| line.name.to_ascii_lowercase()).collect();
    names.retain(|name| !is_forbidden_response_header(name) && readable(name));
    names.sort_unstable();
    names.dedup();
    names
}

fn is_safelisted(name: &str) -> bool {
    const NAMES: [&str; 7] =
        ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];
    NAMES.contains(&name)
}
