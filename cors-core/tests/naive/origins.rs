//! Origins and patterns: which texts are valid, and what they match.

use std::net::{Ipv4Addr, Ipv6Addr};

/// SRV-5a
const LONGEST_ORIGIN: usize = 512;
const LONGEST_HOST: usize = 253;
const INSTALLATION_SCHEMES: [&str; 2] = ["moz-extension", "safari-web-extension"];
const LONGEST_LABEL: usize = 63;

/// The first mistake in the text itself, in the order of the table.
pub(crate) fn flaw(text: &str) -> Option<&'static str> {
    if text.len() > LONGEST_ORIGIN {
        return Some("unserialisable-origin");
    }
    if text == "null" || text.starts_with("file:") {
        return Some("unsafe-origin");
    }
    if !text.contains('*') {
        let differs_with_each_installation =
            INSTALLATION_SCHEMES.iter().any(|scheme| text.starts_with(&format!("{scheme}:")));
        return (!is_exact(text) || differs_with_each_installation).then_some("unserialisable-origin");
    }
    let Some((scheme, authority)) = text.split_once("://").filter(|(scheme, _)| is_web(&scheme.to_lowercase())) else {
        return Some("wildcard-elsewhere");
    };
    let below = authority.strip_prefix("*.");
    let rest = below.unwrap_or(authority);
    let before_any_port = rest.strip_suffix(":*");
    let rest = before_any_port.unwrap_or(rest);
    let Some((host, port)) = host_and_port(rest) else {
        return Some(if rest.contains('*') { "wildcard-elsewhere" } else { "unserialisable-origin" });
    };
    let before_no_name = host.is_empty() || host.starts_with('[') || host.contains('@') || ends_in_a_number(host);
    let before_a_port = before_any_port.is_some() && port.is_some();
    if rest.contains('*') || (below.is_some() && before_no_name) || before_a_port {
        return Some("wildcard-elsewhere");
    }
    // The shortest host below has a label of one letter and a dot.
    let no_host_fits = below.is_some() && host.len() + 2 > LONGEST_HOST;
    let bad = !is_exact(&format!("{scheme}://{rest}")) || no_host_fits || host.ends_with('.');
    bad.then_some("unserialisable-origin")
}

/// Whether a browser sends exactly this text.
pub(crate) fn is_exact(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let Some((host, port)) = host_and_port(rest) else { return false };
    let is_scheme = scheme.chars().all(|c| is_letter(c) || "+-.".contains(c))
        && scheme.starts_with(|c: char| c.is_ascii_lowercase());
    let of_no_page = ["ws", "wss", "ftp", "file", "data", "blob", "about", "javascript"].contains(&scheme);
    let is_misspelt = ["http", "https"].iter().any(|web| !is_web(scheme) && is_one_slip(scheme, web));
    // The ids of extensions that differ by installation may have upper case.
    let of_installation = INSTALLATION_SCHEMES.contains(&scheme);
    let lower = if of_installation { host.to_ascii_lowercase() } else { host.to_owned() };
    let is_right_host = if is_web(scheme) { is_host(host) } else { is_name(&lower) };
    text.len() <= LONGEST_ORIGIN
        && is_scheme
        && !of_no_page
        && !is_misspelt
        && is_right_host
        && port.is_none_or(|port| is_port(scheme, port))
}

/// Whether two texts differ by a letter: missing, added, changed, or swapped with its neighbour.
fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let without = |text: &[char], at: usize| [&text[..at], &text[at + 1..]].concat();
    let wrong: Vec<usize> = (0..one.len().min(other.len())).filter(|at| one[*at] != other[*at]).collect();
    let is_swapped = |at: &[usize]| matches!(*at, [a, b] if b == a + 1 && (one[a], one[b]) == (other[b], other[a]));
    (0..one.len()).any(|at| without(&one, at) == other)
        || (0..other.len()).any(|at| without(&other, at) == one)
        || (one.len() == other.len() && (wrong.len() == 1 || is_swapped(&wrong)))
}

/// Whether a text looks like a web origin. Does not check that a URL parser keeps the host.
pub(crate) fn has_form(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let Some((host, port)) = host_and_port(rest) else { return false };
    let is_address = |inside: &str| inside.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c) || c == ':');
    let looks_right = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(is_address),
        None => is_name(host),
    };
    text.len() <= LONGEST_ORIGIN && is_web(scheme) && looks_right && port.is_none_or(|port| is_port(scheme, port))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// Whether a text is a host name. The language is narrower than the URL standard, which allows `!` and others in a
/// host.
fn is_name(host: &str) -> bool {
    // A final dot does not count for the length, as in the domain name system.
    let name = host.strip_suffix('.').unwrap_or(host);
    let labels: Vec<&str> = name.split('.').collect();
    name.chars().all(|c| is_letter(c) || "-._".contains(c))
        && name.len() <= LONGEST_HOST
        && labels.iter().all(|label| (1..=LONGEST_LABEL).contains(&label.len()))
}

fn is_web(scheme: &str) -> bool {
    scheme == "http" || scheme == "https"
}

pub(crate) fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" => Some("80"),
        "https" => Some("443"),
        _ => None,
    }
}

/// The host, and what follows a colon.
pub(crate) fn host_and_port(rest: &str) -> Option<(&str, Option<&str>)> {
    let host = match rest.find(']') {
        Some(end) if rest.starts_with('[') => &rest[..=end],
        _ => rest.split(':').next().unwrap_or_default(),
    };
    match &rest[host.len()..] {
        "" => Some((host, None)),
        port => Some((host, Some(port.strip_prefix(':')?))),
    }
}

/// SRV-6
fn is_port(scheme: &str, port: &str) -> bool {
    let written = |number: &u32| number.to_string() == port;
    port.parse().ok().filter(written).is_some_and(|number| (1..=65535).contains(&number))
        && default_port(scheme) != Some(port)
}

fn is_host(host: &str) -> bool {
    if let Some(inside) = host.strip_prefix('[') {
        let address = inside.strip_suffix(']').and_then(|text| text.parse().ok());
        return address.is_some_and(|address| serialised(address) == inside[..inside.len() - 1]);
    }
    if ends_in_a_number(host) {
        return host.parse().is_ok_and(|address: Ipv4Addr| address.to_string() == host);
    }
    let punycode = host.split('.').any(|label| label.starts_with("xn--"));
    is_name(host)
        && (!punycode || url::Url::parse(&format!("https://{host}")).is_ok_and(|url| url.host_str() == Some(host)))
}

/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
fn ends_in_a_number(host: &str) -> bool {
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next().unwrap_or_default();
    let is_decimal = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    is_decimal || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>
fn serialised(address: Ipv6Addr) -> String {
    let pieces = address.segments();
    let zeros = |start: usize| pieces[start..].iter().take_while(|piece| **piece == 0).count();
    let (mut start, mut length) = (0, 0);
    for at in 0..8 {
        if zeros(at) > length {
            (start, length) = (at, zeros(at));
        }
    }
    let hex = |pieces: &[u16]| pieces.iter().map(|piece| format!("{piece:x}")).collect::<Vec<_>>().join(":");
    if length < 2 { hex(&pieces) } else { format!("{}::{}", hex(&pieces[..start]), hex(&pieces[start + length..])) }
}

/// Whether an origin or a pattern matches the value of an `Origin` line: SRV-4, SRV-5, SRV-5a, SRV-6.
pub(crate) fn matches(item: &str, origin: &[u8]) -> bool {
    let Ok(origin) = std::str::from_utf8(origin) else { return false };
    if !item.contains('*') || origin.len() > LONGEST_ORIGIN {
        return item == origin && origin.len() <= LONGEST_ORIGIN;
    }
    let (Some((scheme, wanted)), Some((other_scheme, rest))) = (item.split_once("://"), origin.split_once("://"))
    else {
        return false;
    };
    let (Some((wanted_host, wanted_port)), Some((host, port))) = (host_and_port(wanted), host_and_port(rest)) else {
        return false;
    };
    let port_matches = match wanted_port {
        Some("*") => port.is_none_or(|port| is_port(scheme, port)),
        wanted => port == wanted,
    };
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
    };
    let host_matches = match wanted_host.strip_prefix('*') {
        Some(end) => {
            host.len() <= LONGEST_HOST && host.strip_suffix(end).is_some_and(|below| below.split('.').all(is_label))
        }
        None => host == wanted_host,
    };
    scheme == other_scheme && port_matches && host_matches
}

/// Whether an item matches everything that `other` matches, tested with examples.
pub(crate) fn covers(other: &str) -> impl Fn(&str) -> bool {
    let labels: &[&str] = if other.contains("*.") { &["a.", "b.", "a.a."] } else { &[""] };
    let ports: &[&str] = if other.ends_with(":*") { &["", ":1", ":65535"] } else { &[""] };
    let base = other.strip_suffix(":*").unwrap_or(other);
    let mut tried = Vec::new();
    for label in labels {
        tried.extend(ports.iter().map(|port| base.replacen("*.", label, 1) + port));
    }
    // A long host has no room for two labels.
    tried.retain(|origin| matches(other, origin.as_bytes()));
    move |item| tried.iter().all(|origin| matches(item, origin.as_bytes()))
}

/// Whether the network can insert its own page at the origin.
pub(crate) fn is_insecure(item: &str) -> bool {
    let Some(host) = item.strip_prefix("http://").and_then(host_and_port).map(|(host, _)| host) else { return false };
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_loopback = host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback());
    !(name == "localhost" || name.ends_with(".localhost") || is_loopback || host == "[::1]")
}

/// Whether hosts below an item belong to different owners. `suffixes` are lines of the public suffix list.
pub(crate) fn takes_in_strangers(item: &str, suffixes: &[&str]) -> bool {
    let Some((_, rest)) = item.split_once("://*.") else { return false };
    let host = rest.split(':').next().unwrap_or_default();
    let above = |name: &str| name.ends_with(&format!(".{host}"));
    let parent = host.split_once('.').map(|(_, parent)| parent);
    let is_suffix = suffixes.iter().any(|line| match line.strip_prefix("*.") {
        Some(base) => {
            base == host || above(base) || (parent == Some(base) && !suffixes.contains(&&*format!("!{host}")))
        }
        None => *line == host || above(line),
    });
    is_suffix || (parent.is_none() && host != "localhost")
}
