//! The flaws of a text that is not an origin.

use std::fmt;

use super::host::{LONGEST_HOST, LONGEST_LABEL, ends_in_a_number, is_label_byte};
use super::raw::{RawOrigin, is_scheme};
use super::serialise::misspelt;

/// Schemes of no page, or of pages without an origin of their own.
pub(super) const NO_PAGE_SCHEMES: [&str; 7] = ["ws", "wss", "ftp", "data", "blob", "about", "javascript"];

/// The first flaw of a text that no browser sends as an origin. Prints as a predicate of the text: `has a path`.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Origin, OriginErrorKind, OriginFlaw};
///
/// let error = Origin::parse("https://app.example.com:443").unwrap_err();
/// assert_eq!(error.kind(), OriginErrorKind::Unserialisable(OriginFlaw::DefaultPort));
/// assert_eq!(OriginFlaw::DefaultPort.to_string(), "has the port that its scheme has anyway");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginFlaw {
    /// More than [`Origin::MAX_LENGTH`](crate::Origin::MAX_LENGTH) bytes.
    TooLong {
        /// The length of the text, in bytes.
        length: usize,
    },
    /// An empty text.
    Empty,
    /// White space or a control character, around or in the origin.
    WhiteSpace,
    /// Several origins in one text.
    Several,
    /// No scheme: `app.example.com`, `//app.example.com`.
    MissingScheme,
    /// A scheme of no page, such as `wss` or `data`.
    NoPageScheme,
    /// A scheme that is almost `https` or `http`.
    MisspeltScheme,
    /// Something other than `://` between scheme and host.
    Slashes,
    /// A user name or password before the host.
    UserInfo,
    /// No host.
    MissingHost,
    /// An upper-case letter in scheme or host.
    UpperCase,
    /// A host with characters outside ASCII, which must be written in Punycode.
    Unicode,
    /// A label that begins with `xn--` but is not Punycode.
    InvalidPunycode,
    /// An IPv4 address that is not four decimal numbers from 0 to 255.
    Ipv4,
    /// An IPv6 address that is not compressed and in lower case.
    Ipv6,
    /// An IPv6 address with a zone.
    Zone,
    /// Two dots in a row, or one at the beginning.
    EmptyLabel,
    /// A label of more than 63 bytes.
    LongLabel,
    /// A host of more than 253 bytes, or a pattern that no host of at most 253 bytes matches.
    LongHost,
    /// A character that is not allowed in a host name.
    HostCharacter,
    /// A pattern whose host ends with a dot.
    FinalDot,
    /// A colon without a port.
    EmptyPort,
    /// A port that is not a number from 1 to 65535.
    PortRange,
    /// A port with a leading zero.
    LeadingZero,
    /// The default port of the scheme.
    DefaultPort,
    /// A final slash.
    TrailingSlash,
    /// A path.
    Path,
    /// A query.
    Query,
    /// A fragment.
    Fragment,
}

impl fmt::Display for OriginFlaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooLong { .. } => "has more than the 512 bytes of the longest origin",
            Self::Empty => "is no origin",
            Self::WhiteSpace => "has white space or a control character in it",
            Self::Several => "holds several origins",
            Self::MissingScheme => "has no scheme",
            Self::NoPageScheme => "has a scheme that no page has",
            Self::MisspeltScheme => "has a scheme that is almost https or http",
            Self::Slashes => "has something other than :// after the scheme",
            Self::UserInfo => "has a user name before the host",
            Self::MissingHost => "has no host",
            Self::UpperCase => "has an upper-case letter",
            Self::Unicode => "has a host outside ASCII",
            Self::InvalidPunycode => "has a label that begins with xn-- but is not Punycode",
            Self::Ipv4 => "has an IPv4 address that is not four decimal numbers from 0 to 255",
            Self::Ipv6 => "has an IPv6 address that is not in its shortest form",
            Self::Zone => "has an IPv6 address with a zone",
            Self::EmptyLabel => "has two dots in a row or one at the beginning of the host",
            Self::LongLabel => "has a host label of more than 63 bytes",
            Self::LongHost => "leaves no host within 253 bytes",
            Self::HostCharacter => "has a character that no host name has",
            Self::FinalDot => "ends with a dot, which a pattern cannot",
            Self::EmptyPort => "has a colon without a port",
            Self::PortRange => "has a port that is no number from 1 to 65535",
            Self::LeadingZero => "has a port with a leading zero",
            Self::DefaultPort => "has the port that its scheme has anyway",
            Self::TrailingSlash => "ends with a slash",
            Self::Path => "has a path",
            Self::Query => "has a query",
            Self::Fragment => "has a fragment",
        })
    }
}

/// Returns the first flaw, from left to right. The text must have one.
pub(super) fn find(text: &str, raw: &RawOrigin<'_>) -> OriginFlaw {
    in_whole_text(text, raw)
        .or_else(|| in_scheme(raw))
        .or_else(|| in_host(raw))
        .or_else(|| in_port(raw))
        .unwrap_or_else(|| in_tail(raw.tail))
}

fn in_whole_text(text: &str, raw: &RawOrigin<'_>) -> Option<OriginFlaw> {
    if text.trim().is_empty() {
        return Some(OriginFlaw::Empty);
    }
    // Before the check for a comma: `data:text/html,hello` is not a list.
    if raw.scheme.is_some_and(has_no_page) {
        return Some(OriginFlaw::NoPageScheme);
    }
    if is_several(text) {
        return Some(OriginFlaw::Several);
    }
    has_white_space(text).then_some(OriginFlaw::WhiteSpace)
}

pub(super) fn is_several(text: &str) -> bool {
    text.matches("://").count() > 1 || text.contains(',')
}

pub(super) fn has_white_space(text: &str) -> bool {
    text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn has_no_page(scheme: &str) -> bool {
    NO_PAGE_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) || !is_scheme(scheme)
}

fn in_scheme(raw: &RawOrigin<'_>) -> Option<OriginFlaw> {
    let Some(scheme) = raw.scheme else {
        return Some(OriginFlaw::MissingScheme);
    };
    let lower = scheme.to_ascii_lowercase();
    if misspelt(&lower).is_some() {
        Some(OriginFlaw::MisspeltScheme)
    } else if lower != scheme {
        Some(OriginFlaw::UpperCase)
    } else {
        (raw.slashes != "://").then_some(OriginFlaw::Slashes)
    }
}

fn in_host(raw: &RawOrigin<'_>) -> Option<OriginFlaw> {
    let host = raw.host;
    if raw.user_info.is_some() {
        Some(OriginFlaw::UserInfo)
    } else if host.is_empty() {
        Some(OriginFlaw::MissingHost)
    } else if host.starts_with('[') && raw.is_web() {
        in_address(host)
    } else if !host.is_ascii() {
        Some(OriginFlaw::Unicode)
    } else if !host.bytes().all(|byte| is_label_byte(byte.to_ascii_lowercase()) || byte == b'.') {
        Some(OriginFlaw::HostCharacter)
    } else if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Some(OriginFlaw::UpperCase)
    } else if ends_in_a_number(host) {
        let canonical = host.parse().is_ok_and(|address: std::net::Ipv4Addr| address.to_string() == host);
        (!canonical).then_some(OriginFlaw::Ipv4)
    } else {
        in_labels(host, raw)
    }
}

fn in_address(address: &str) -> Option<OriginFlaw> {
    if address.contains('%') {
        return Some(OriginFlaw::Zone);
    }
    let canonical = url::Host::parse(address).is_ok_and(|parsed| parsed.to_string() == address);
    (!canonical).then_some(OriginFlaw::Ipv6)
}

fn in_labels(host: &str, raw: &RawOrigin<'_>) -> Option<OriginFlaw> {
    let relative = host.strip_suffix('.').unwrap_or(host);
    if relative.split('.').any(str::is_empty) {
        Some(OriginFlaw::EmptyLabel)
    } else if relative.split('.').any(|label| label.len() > LONGEST_LABEL) {
        Some(OriginFlaw::LongLabel)
    } else if relative.len() + raw.room_below() > LONGEST_HOST {
        Some(OriginFlaw::LongHost)
    } else if raw.has_wildcard() && host.ends_with('.') {
        Some(OriginFlaw::FinalDot)
    } else {
        let punycode_is_wrong = |label: &str| url::Host::parse(label).is_err();
        let punycode = relative.split('.').filter(|label| label.starts_with("xn--")).any(punycode_is_wrong);
        punycode.then_some(OriginFlaw::InvalidPunycode)
    }
}

fn in_port(raw: &RawOrigin<'_>) -> Option<OriginFlaw> {
    let port = raw.port.filter(|port| *port != "*")?;
    if port.is_empty() {
        return Some(OriginFlaw::EmptyPort);
    }
    match (port_number(port), raw.scheme) {
        (None | Some(0), _) => Some(OriginFlaw::PortRange),
        (Some(80), Some("http")) | (Some(443), Some("https")) => Some(OriginFlaw::DefaultPort),
        (Some(number), _) => (number.to_string() != port).then_some(OriginFlaw::LeadingZero),
    }
}

/// Parses a port of digits only; `u16::from_str` also accepts a sign.
pub(super) fn port_number(port: &str) -> Option<u16> {
    port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse().ok())?
}

fn in_tail(tail: &str) -> OriginFlaw {
    match tail.as_bytes() {
        b"/" | b"\\" => OriginFlaw::TrailingSlash,
        [b'?', ..] => OriginFlaw::Query,
        [b'#', ..] => OriginFlaw::Fragment,
        [] => OriginFlaw::HostCharacter,
        _ => OriginFlaw::Path,
    }
}
