//! What an item of `origins` matches.

use std::borrow::Cow;
use std::fmt;

use crate::origin::{self, LONGEST_HOST, LONGEST_LABEL};
use crate::{IssueKind, Origin};

/// An item of a policy's `origins`: one origin, or all subdomains of a host, or all ports of a host, or both.
///
/// | written | matches |
/// |---|---|
/// | `https://app.example.com` | exactly these bytes |
/// | `https://*.example.com` | one or more labels before `.example.com`, never `https://example.com` itself |
/// | `http://localhost:*` | any port, also none |
/// | `http://*.localhost:*` | both |
///
/// ```
/// use cors_core::OriginPattern;
///
/// let previews = OriginPattern::parse("https://*.preview.example.com")?;
/// assert!(previews.matches(b"https://pull-17.preview.example.com"));
/// assert!(!previews.matches(b"https://preview.example.com"));
/// assert!(!previews.matches(b"https://evilpreview.example.com"));
/// # Ok::<(), cors_core::IssueKind>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OriginPattern(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Exact(Origin),
    Wildcard(Wildcard),
}

/// `https://*.example.com:8443` in parts. With `subdomains` the host begins with the dot before which labels are sought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Wildcard {
    scheme: Scheme,
    subdomains: bool,
    host: Cow<'static, str>,
    port: Port,
}

/// The schemes that may carry a wildcard, with the text that begins their origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Port {
    Any,
    /// `:8443`, or nothing.
    Exact(Cow<'static, str>),
}

/// No origin that a pattern matches is longer; longer ones are not looked at.
const LONGEST_ORIGIN: usize = "https://".len() + LONGEST_HOST + ":65535".len();

impl OriginPattern {
    /// Reads an item of `origins`.
    ///
    /// # Errors
    ///
    /// The mistake: an unsafe origin, a wildcard where none may stand, or text that no browser sends, with the text to write
    /// instead where there is one that the author surely meant.
    pub fn parse(text: &str) -> Result<Self, IssueKind> {
        if origin::differs_by_installation(text) {
            return Err(IssueKind::InstallationOrigin { origin: text.to_owned() });
        }
        let parsed = origin::parse(text)?;
        if !parsed.subdomains && !parsed.any_port {
            return Ok(Self(Form::Exact(parsed.origin)));
        }
        let host = parsed.origin.host();
        let port = parsed.origin.as_str().rsplit_once(host).map_or("", |(_, port)| port);
        Ok(Self(Form::Wildcard(Wildcard {
            scheme: if text.starts_with(Scheme::Https.prefix()) { Scheme::Https } else { Scheme::Http },
            subdomains: parsed.subdomains,
            host: if parsed.subdomains { format!(".{host}").into() } else { host.to_owned().into() },
            port: if parsed.any_port { Port::Any } else { Port::Exact(port.to_owned().into()) },
        })))
    }

    /// The origin, if this is no pattern but one.
    pub fn as_exact(&self) -> Option<&Origin> {
        match &self.0 {
            Form::Exact(origin) => Some(origin),
            Form::Wildcard(_) => None,
        }
    }

    /// Whether the value of an `Origin` line matches. Takes time linear in its first few hundred bytes, however long it is.
    pub fn matches(&self, origin: &[u8]) -> bool {
        match &self.0 {
            // SRV-4: byte for byte.
            Form::Exact(exact) => exact.as_str().as_bytes() == origin,
            Form::Wildcard(wildcard) => wildcard.matches(origin),
        }
    }

    /// Whether every origin that `other` matches is matched by `self` too.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (_, Form::Exact(origin)) => self.matches(origin.as_str().as_bytes()),
            (Form::Exact(_), Form::Wildcard(_)) => false,
            (Form::Wildcard(wide), Form::Wildcard(narrow)) => wide.covers(narrow),
        }
    }

    /// The host; of a pattern for subdomains the one above them.
    pub(crate) fn host(&self) -> &str {
        match &self.0 {
            Form::Exact(origin) => origin.host(),
            Form::Wildcard(wildcard) => wildcard.host.strip_prefix('.').unwrap_or(&wildcard.host),
        }
    }

    pub(crate) fn has_subdomains(&self) -> bool {
        matches!(&self.0, Form::Wildcard(Wildcard { subdomains: true, .. }))
    }

    /// Whether a network between browser and server can put its own page at such an origin.
    pub(crate) fn is_insecure(&self) -> bool {
        match &self.0 {
            Form::Exact(origin) => origin.is_insecure(),
            Form::Wildcard(wildcard) => wildcard.scheme == Scheme::Http && !origin::is_local(self.host()),
        }
    }

    /// An exact origin that was checked while the macro expanded.
    #[doc(hidden)]
    pub const fn __exact(text: &'static str) -> Self {
        Self(Form::Exact(Origin::checked(Cow::Borrowed(text))))
    }

    /// A pattern that was checked while the macro expanded; `port` is `None` for any.
    #[doc(hidden)]
    pub const fn __wildcard(https: bool, subdomains: bool, host: &'static str, port: Option<&'static str>) -> Self {
        Self(Form::Wildcard(Wildcard {
            scheme: if https { Scheme::Https } else { Scheme::Http },
            subdomains,
            host: Cow::Borrowed(host),
            port: match port {
                Some(port) => Port::Exact(Cow::Borrowed(port)),
                None => Port::Any,
            },
        }))
    }

    /// What [`__wildcard`](Self::__wildcard) takes; `None` for an exact origin.
    #[doc(hidden)]
    pub fn __wildcard_parts(&self) -> Option<(bool, bool, &str, Option<&str>)> {
        let Form::Wildcard(Wildcard { scheme, subdomains, host, port }) = &self.0 else {
            return None;
        };
        let port = match port {
            Port::Any => None,
            Port::Exact(port) => Some(port.as_ref()),
        };
        Some((*scheme == Scheme::Https, *subdomains, host, port))
    }
}

impl Wildcard {
    fn matches(&self, origin: &[u8]) -> bool {
        if origin.len() > LONGEST_ORIGIN {
            return false;
        }
        let Some(authority) = origin.strip_prefix(self.scheme.prefix().as_bytes()) else {
            return false;
        };
        let host = match &self.port {
            Port::Exact(port) => authority.strip_suffix(port.as_bytes()),
            Port::Any => without_port(authority, self.scheme),
        };
        host.is_some_and(|host| self.matches_host(host))
    }

    fn matches_host(&self, host: &[u8]) -> bool {
        if !self.subdomains {
            return host == self.host.as_bytes();
        }
        // SRV-5: whole labels before the dot, so that neither `evilexample.com` nor `example.com` gets in.
        host.len() <= LONGEST_HOST
            && host
                .strip_suffix(self.host.as_bytes())
                .is_some_and(|labels| labels.split(|byte| *byte == b'.').all(is_label))
    }

    fn covers(&self, narrow: &Self) -> bool {
        let host = if self.subdomains && narrow.subdomains {
            // A pattern's own labels may lie outside SRV-5's alphabet of a label; then nothing below them is matched here.
            let between = narrow.host.strip_suffix(self.host.as_ref()).map(str::as_bytes);
            between.is_some_and(|labels| labels.is_empty() || labels[1..].split(|byte| *byte == b'.').all(is_label))
        } else {
            !narrow.subdomains && self.matches_host(narrow.host.as_bytes())
        };
        self.scheme == narrow.scheme && host && (self.port == Port::Any || self.port == narrow.port)
    }
}

impl Scheme {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }

    const fn default_port(self) -> &'static [u8] {
        match self {
            Self::Http => b"80",
            Self::Https => b"443",
        }
    }
}

/// What stands before the port (SRV-6): none at all, or 1 to 65535 without a leading zero, and not the scheme's own, which no
/// browser sends.
fn without_port(authority: &[u8], scheme: Scheme) -> Option<&[u8]> {
    let digits = authority.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, port) = authority.split_at(authority.len() - digits);
    match before.strip_suffix(b":") {
        // The digits were the host's own, or there were none.
        None => Some(authority),
        Some(host) => (is_port(port) && port != scheme.default_port()).then_some(host),
    }
}

fn is_port(digits: &[u8]) -> bool {
    let value =
        digits.iter().fold(0_u32, |value, digit| value.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
    digits.first().is_some_and(|first| *first != b'0') && value <= u32::from(u16::MAX)
}

fn is_label(label: &[u8]) -> bool {
    let inside = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    let edge = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    label.len() <= LONGEST_LABEL && edge(label.first()) && edge(label.last()) && label.iter().all(inside)
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wildcard = match &self.0 {
            Form::Exact(origin) => return origin.fmt(formatter),
            Form::Wildcard(wildcard) => wildcard,
        };
        let subdomains = if wildcard.subdomains { "*" } else { "" };
        let port = match &wildcard.port {
            Port::Any => ":*",
            Port::Exact(port) => port,
        };
        write!(formatter, "{}{subdomains}{}{port}", wildcard.scheme.prefix(), wildcard.host)
    }
}
