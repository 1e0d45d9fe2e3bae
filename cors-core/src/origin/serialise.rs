//! Reads an origin or origin pattern. A text is valid if it equals its own serialisation.

use url::{Host, Url};

use super::host::{ends_in_a_number, fits, is_local};
use super::raw::{RawOrigin, is_scheme};
use super::split::Split;
use super::{Origin, OriginError, OriginErrorKind, OriginFlaw, flaw};
use crate::spelling::is_near;

/// SRV-5a: refuses a text that is too long before anything else reads it.
pub(crate) fn check_length(text: &str) -> Result<(), OriginError> {
    match text.len() {
        length if length <= Origin::MAX_LENGTH => Ok(()),
        length => Err(OriginError::new(text, OriginErrorKind::Unserialisable(OriginFlaw::TooLong { length }))),
    }
}

/// Reads an origin or origin pattern. Checks for mistakes in the order of the policy language: an unsafe origin, a
/// misplaced wildcard, a text that no browser sends.
pub(crate) fn parse(text: &str) -> Result<Split, OriginError> {
    check_length(text)?;
    if let Some(kind) = shared_origin(text) {
        return Err(OriginError::new(text, kind));
    }
    let trimmed = text.trim();
    let raw = RawOrigin::of(trimmed);
    if wildcard_elsewhere(trimmed, &raw) {
        return Err(OriginError::new(text, OriginErrorKind::WildcardElsewhere).suggesting(without_syntax(trimmed)));
    }
    let canonical = canonical(trimmed, &raw);
    let valid = canonical.as_deref().filter(|canonical| *canonical == text);
    valid.and_then(|valid| Split::of(valid.as_bytes())).ok_or_else(|| {
        let kind = OriginErrorKind::Unserialisable(flaw::find(text, &raw));
        let suggestion = if trimmed.contains("\\.") { without_syntax(trimmed) } else { canonical.clone() };
        OriginError::new(text, kind).suggesting(suggestion)
    })
}

/// Returns the origin or pattern in a pattern of other software: in a glob for every path, `https://a.example/*`, or in
/// a regular expression, `^https://.*\.example\.com$`.
fn without_syntax(text: &str) -> Option<String> {
    let text = text.strip_prefix('^').unwrap_or(text);
    let text = text.strip_suffix('$').unwrap_or(text);
    let text = text.replace("\\.", ".").replace("://.*.", "://*.");
    let text = text.strip_suffix("/*").unwrap_or(&text);
    let raw = RawOrigin::of(text);
    if wildcard_elsewhere(text, &raw) { None } else { canonical(text, &raw) }
}

/// Returns the kind for `null` and `file:`, which many pages share.
pub(crate) fn shared_origin(text: &str) -> Option<OriginErrorKind> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("null") {
        Some(OriginErrorKind::Null)
    } else {
        starts_with_ignoring_case(text, "file:").then_some(OriginErrorKind::File)
    }
}

/// Whether this is the origin of an extension whose id is different in each installation.
pub(crate) fn differs_by_installation(text: &str) -> bool {
    let scheme = RawOrigin::of(text.trim()).scheme;
    scheme.is_some_and(|scheme| INSTALLATION_SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

const INSTALLATION_SCHEMES: [&str; 2] = ["moz-extension", "safari-web-extension"];

fn wildcard_elsewhere(text: &str, raw: &RawOrigin<'_>) -> bool {
    let stars = text.matches('*').count();
    let well_placed = usize::from(raw.subdomains) + usize::from(raw.any_port());
    let base_is_no_domain = raw.host.is_empty() || raw.host.starts_with('[') || ends_in_a_number(raw.host);
    stars > well_placed
        || (raw.any_port() && raw.has_second_port())
        || (raw.has_wildcard() && !raw.is_web())
        || (raw.subdomains && base_is_no_domain)
}

/// Returns what the author certainly meant; `None` in doubt.
fn canonical(text: &str, raw: &RawOrigin<'_>) -> Option<String> {
    if flaw::has_white_space(text) || flaw::is_several(text) {
        return None;
    }
    let scheme = intended_scheme(raw)?;
    let port = match raw.port {
        None | Some("" | "*") => String::new(),
        Some(port) => format!(":{port}"),
    };
    let canonical = match scheme.as_str() {
        "http" | "https" => web_origin(&scheme, raw.host, &port)?,
        _ => app_origin(&scheme, raw.host, &port)?,
    };
    let (start, host, port) = parts(&canonical)?;
    let final_dot = raw.has_wildcard() && host.ends_with('.');
    // Only the ids of Safari have upper case.
    if final_dot || !fits(&host.to_ascii_lowercase(), raw.room_below()) {
        return None;
    }
    let subdomains = if raw.subdomains { "*." } else { "" };
    let any_port = if raw.any_port() { ":*" } else { "" };
    Some(format!("{start}{subdomains}{host}{port}{any_port}"))
}

/// Returns the text before the host, the host, and the text after it.
fn parts(origin: &str) -> Option<(&str, &str, &str)> {
    let host = Split::of(origin.as_bytes())?.host();
    Some((&origin[..host.start], &origin[host.clone()], &origin[host.end..]))
}

fn intended_scheme(raw: &RawOrigin<'_>) -> Option<String> {
    let Some(scheme) = raw.scheme else {
        // A server binds to these addresses. A page does not have them.
        let binds = matches!(raw.host, "0.0.0.0" | "[::]");
        let address = !binds && (raw.host.starts_with('[') || raw.host.contains('.'));
        return match is_local(&raw.host.to_ascii_lowercase()) {
            true => Some("http".to_owned()),
            false => address.then(|| "https".to_owned()),
        };
    };
    match scheme.to_ascii_lowercase().as_str() {
        "ws" => Some("http".to_owned()),
        "wss" => Some("https".to_owned()),
        no_page if flaw::NO_PAGE_SCHEMES.contains(&no_page) => None,
        scheme => is_scheme(scheme).then(|| misspelt(scheme).unwrap_or(scheme).to_owned()),
    }
}

/// Returns the intended scheme. `htps` is a valid scheme, but nobody means it.
pub(super) fn misspelt(scheme: &str) -> Option<&'static str> {
    let web = ["https", "http"];
    web.into_iter().filter(|_| !web.contains(&scheme)).find(|name| is_near(scheme, name, 1))
}

fn web_origin(scheme: &str, host: &str, port: &str) -> Option<String> {
    let url = Url::parse(&format!("{scheme}://{host}{port}")).ok()?;
    // The parser turns an octal or short IPv4 address into one that the author may not have meant.
    if let Some(Host::Ipv4(address)) = url.host()
        && address.to_string() != host
    {
        return None;
    }
    (url.port() != Some(0)).then(|| url.origin().ascii_serialization())
}

/// Returns the origin of a page in an app that embeds a browser. Such an app chooses its hosts, but keeps to one
/// alphabet.
fn app_origin(scheme: &str, host: &str, port: &str) -> Option<String> {
    // IP addresses belong to http and https only.
    if host.contains(['[', ':']) {
        return None;
    }
    // The ids of Safari have upper case.
    let host = if INSTALLATION_SCHEMES.contains(&scheme) { host.to_owned() } else { host.to_ascii_lowercase() };
    match port.strip_prefix(':') {
        None => Some(format!("{scheme}://{host}")),
        Some(port) => {
            let port = flaw::port_number(port)?;
            (port != 0).then(|| format!("{scheme}://{host}:{port}"))
        }
    }
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
