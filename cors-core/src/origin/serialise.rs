//! Text to origin or origin pattern: valid is what equals its own serialisation.

use std::borrow::Cow;

use url::{Host, Url};

use super::anatomy::{Anatomy, ends_in_a_number, is_scheme};
use super::{LONGEST_HOST, LONGEST_LABEL, Origin, OriginError, OriginErrorKind, OriginFlaw, flaw};
use crate::spelling::is_near;

/// What a valid text says, wildcards split from the origin that stands around them.
pub(crate) struct Parsed {
    /// The origin that remains when `*.` and `:*` are taken away.
    pub(crate) origin: Origin,
    pub(crate) subdomains: bool,
    pub(crate) any_port: bool,
}

/// SRV-5a: refuses text that is too long before anything else is done with it.
pub(crate) fn check_length(text: &str) -> Result<(), OriginError> {
    match text.len() {
        length if length <= Origin::MAX_LENGTH => Ok(()),
        length => Err(OriginError::new(text, OriginErrorKind::Unserialisable(OriginFlaw::TooLong { length }))),
    }
}

/// Reads an origin or origin pattern. The mistakes are looked for in the order in which the policy language lists them: an
/// unsafe origin, a misplaced wildcard, text that no browser sends.
pub(crate) fn parse(text: &str) -> Result<Parsed, OriginError> {
    check_length(text)?;
    if let Some(kind) = without_page_of_its_own(text) {
        return Err(OriginError::new(text, kind));
    }
    let trimmed = text.trim();
    let anatomy = Anatomy::of(trimmed);
    if wildcard_elsewhere(trimmed, &anatomy) {
        return Err(OriginError::new(text, OriginErrorKind::WildcardElsewhere).suggesting(without_syntax(trimmed)));
    }
    let canonical = canonical(trimmed, &anatomy);
    match &canonical {
        Some(canonical) if with_wildcards(canonical, &anatomy) == text => Ok(Parsed {
            origin: Origin::checked(Cow::Owned(canonical.clone())),
            subdomains: anatomy.subdomains,
            any_port: anatomy.any_port(),
        }),
        _ => {
            let kind = OriginErrorKind::Unserialisable(flaw::find(text, &anatomy));
            let suggestion = match trimmed.contains("\\.") {
                true => without_syntax(trimmed),
                false => canonical.map(|canonical| with_wildcards(&canonical, &anatomy)),
            };
            Err(OriginError::new(text, kind).suggesting(suggestion))
        }
    }
}

/// The origin or pattern that is left of what other software calls a pattern: a glob for every path, `https://a.example/*`, or a
/// regular expression, `^https://.*\.example\.com$`.
fn without_syntax(text: &str) -> Option<String> {
    let text = text.strip_prefix('^').unwrap_or(text);
    let text = text.strip_suffix('$').unwrap_or(text);
    let text = text.replace("\\.", ".").replace("://.*.", "://*.");
    let text = text.strip_suffix("/*").unwrap_or(&text);
    let anatomy = Anatomy::of(text);
    if wildcard_elsewhere(text, &anatomy) {
        return None;
    }
    canonical(text, &anatomy).map(|canonical| with_wildcards(&canonical, &anatomy))
}

/// `null` and `file:`, which many pages share.
pub(crate) fn without_page_of_its_own(text: &str) -> Option<OriginErrorKind> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("null") {
        Some(OriginErrorKind::Null)
    } else {
        starts_with_ignoring_case(text, "file:").then_some(OriginErrorKind::File)
    }
}

/// Whether this is the origin of an extension for which the browser makes up a new id in each installation.
pub(crate) fn differs_by_installation(text: &str) -> bool {
    let scheme = Anatomy::of(text.trim()).scheme;
    scheme.is_some_and(|scheme| INSTALLATION_SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

const INSTALLATION_SCHEMES: [&str; 2] = ["moz-extension", "safari-web-extension"];

fn wildcard_elsewhere(text: &str, anatomy: &Anatomy<'_>) -> bool {
    let stars = text.matches('*').count();
    let well_placed = usize::from(anatomy.subdomains) + usize::from(anatomy.any_port());
    let base_is_no_domain = anatomy.host.is_empty() || anatomy.host.starts_with('[') || ends_in_a_number(anatomy.host);
    stars > well_placed
        || (anatomy.any_port() && anatomy.has_second_port())
        || (anatomy.has_wildcard() && !anatomy.is_web())
        || (anatomy.subdomains && base_is_no_domain)
}

/// The origin that the author surely meant, wildcards aside; none when there is doubt.
fn canonical(text: &str, anatomy: &Anatomy<'_>) -> Option<String> {
    if flaw::has_white_space(text) || flaw::is_several(text) {
        return None;
    }
    let scheme = intended_scheme(anatomy)?;
    let port = match anatomy.port {
        None | Some("" | "*") => String::new(),
        Some(port) => format!(":{port}"),
    };
    let canonical = match scheme.as_str() {
        "http" | "https" => web_origin(&scheme, anatomy.host, &port)?,
        _ => shell_origin(&scheme, anatomy.host, &port)?,
    };
    let origin = Origin::checked(Cow::Owned(canonical));
    let final_dot = anatomy.has_wildcard() && origin.host().ends_with('.');
    (fits(origin.host(), anatomy.room_below()) && !final_dot).then(|| origin.as_str().to_owned())
}

fn intended_scheme(anatomy: &Anatomy<'_>) -> Option<String> {
    let Some(scheme) = anatomy.scheme else {
        // These are what a server binds to, not where a page is.
        let binds = matches!(anatomy.host, "0.0.0.0" | "[::]");
        let address = !binds && (anatomy.host.starts_with('[') || anatomy.host.contains('.'));
        return match is_local(&anatomy.host.to_ascii_lowercase()) {
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

/// `htps` is a valid name for a scheme, but nobody means it.
pub(super) fn misspelt(scheme: &str) -> Option<&'static str> {
    let web = ["https", "http"];
    web.into_iter().filter(|_| !web.contains(&scheme)).find(|name| is_near(scheme, name, 1))
}

fn web_origin(scheme: &str, host: &str, port: &str) -> Option<String> {
    let url = Url::parse(&format!("{scheme}://{host}{port}")).ok()?;
    // Octal or abbreviated IPv4 is repaired by the parser into an address that the author may not have meant.
    if let Some(Host::Ipv4(address)) = url.host()
        && address.to_string() != host
    {
        return None;
    }
    (url.port() != Some(0)).then(|| url.origin().ascii_serialization())
}

/// A program that embeds a browser names its pages as it likes; the alphabet is the one that all of them keep to.
fn shell_origin(scheme: &str, host: &str, port: &str) -> Option<String> {
    // Only the hosts of the web were read by a parser that knows addresses.
    if host.contains(['[', ':']) {
        return None;
    }
    // Safari writes the ids that it makes up in upper case.
    let host = if INSTALLATION_SCHEMES.contains(&scheme) { host.to_owned() } else { host.to_ascii_lowercase() };
    match port.strip_prefix(':') {
        None => Some(format!("{scheme}://{host}")),
        Some(port) => {
            let port = flaw::port_number(port)?;
            (port != 0).then(|| format!("{scheme}://{host}:{port}"))
        }
    }
}

fn with_wildcards(canonical: &str, anatomy: &Anatomy<'_>) -> String {
    let (scheme, rest) = canonical.split_once("://").unwrap_or(("", canonical));
    let subdomains = if anatomy.subdomains { "*." } else { "" };
    let any_port = if anatomy.any_port() { ":*" } else { "" };
    format!("{scheme}://{subdomains}{rest}{any_port}")
}

/// Whether the host keeps the limits of the domain name system and its alphabet, with `room_below` bytes before it.
fn fits(host: &str, room_below: usize) -> bool {
    if host.starts_with('[') {
        return true;
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let label_fits = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    host.len() + room_below <= LONGEST_HOST && host.split('.').all(label_fits)
}

/// Whether the host is this machine for every browser: `localhost`, `*.localhost`, 127.0.0.0/8 and `[::1]`, nothing else.
pub(crate) fn is_local(host: &str) -> bool {
    let loopback = host.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback());
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || loopback
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
