//! A pattern in parts.

use super::asked::{Asked, Scheme, split_port};
use crate::origin::LONGEST_LABEL;

/// `https://*.example.com:8443` in parts. With `subdomains` the host begins with the dot before which labels are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Wildcard<'t> {
    pub(crate) scheme: Scheme,
    pub(crate) subdomains: bool,
    pub(crate) host: &'t str,
    pub(crate) port: Port<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Port<'t> {
    Any,
    /// `:8443`, or nothing.
    Exact(&'t str),
}

impl<'t> Wildcard<'t> {
    /// The parts of a text that was parsed before; none of an exact origin.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let prefixed = |scheme: Scheme| Some((scheme, text.strip_prefix(scheme.prefix())?));
        let (scheme, authority) = prefixed(Scheme::Https).or_else(|| prefixed(Scheme::Http))?;
        let below = authority.strip_prefix('*');
        let (subdomains, rest) = (below.is_some(), below.unwrap_or(authority));
        let (host, port) = match rest.strip_suffix(":*") {
            Some(host) => (host, Port::Any),
            None if !subdomains => return None,
            None => {
                let (host, port) = rest.split_at(split_port(rest.as_bytes()).0.len());
                (host, Port::Exact(port))
            }
        };
        Some(Self { scheme, subdomains, host, port })
    }

    pub(crate) fn matches(&self, asked: &Asked<'_>) -> bool {
        let port = match self.port {
            Port::Any => asked.has_any_port(),
            Port::Exact(port) => port.as_bytes() == asked.port,
        };
        self.scheme == asked.scheme && port && self.matches_host(asked.host)
    }

    fn matches_host(&self, host: &[u8]) -> bool {
        if !self.subdomains {
            return host == self.host.as_bytes();
        }
        // SRV-5: whole labels before the dot, so that neither `evilexample.com` nor `example.com` gets in.
        let labels = host.strip_suffix(self.host.as_bytes());
        labels.is_some_and(|labels| labels.split(|byte| *byte == b'.').all(is_label))
    }

    /// Whether every origin that `narrow` matches is matched by `self` too.
    pub(crate) fn covers(&self, narrow: &Self) -> bool {
        let host = if self.subdomains && narrow.subdomains {
            // A pattern's own labels may lie outside SRV-5's alphabet of a label; then nothing below them is matched here.
            let between = narrow.host.strip_suffix(self.host).map(str::as_bytes);
            between.is_some_and(|labels| labels.is_empty() || labels[1..].split(|byte| *byte == b'.').all(is_label))
        } else {
            !narrow.subdomains && self.matches_host(narrow.host.as_bytes())
        };
        self.scheme == narrow.scheme && host && (self.port == Port::Any || self.port == narrow.port)
    }
}

fn is_label(label: &[u8]) -> bool {
    let inside = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    let edge = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    label.len() <= LONGEST_LABEL && edge(label.first()) && edge(label.last()) && label.iter().all(inside)
}
