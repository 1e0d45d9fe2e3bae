//! The value of an `Origin` line in parts, as far as patterns look at it.

use crate::origin::LONGEST_HOST;

/// A web origin that a pattern might match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'o> {
    pub(crate) scheme: Scheme,
    pub(crate) host: &'o [u8],
    /// `:8443`, or nothing.
    pub(crate) port: &'o [u8],
}

/// The schemes that may carry a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scheme {
    Http,
    Https,
}

/// No origin that a pattern matches is longer; longer ones are not looked at.
const LONGEST_ORIGIN: usize = "https://".len() + LONGEST_HOST + ":65535".len();

impl<'o> Asked<'o> {
    pub(crate) fn of(origin: &'o [u8]) -> Option<Self> {
        if origin.len() > LONGEST_ORIGIN {
            return None;
        }
        let prefixed = |scheme: Scheme| Some((scheme, origin.strip_prefix(scheme.prefix().as_bytes())?));
        let (scheme, authority) = prefixed(Scheme::Https).or_else(|| prefixed(Scheme::Http))?;
        let (host, port) = split_port(authority);
        (host.len() <= LONGEST_HOST).then_some(Self { scheme, host, port })
    }

    /// Whether `:*` matches the port (SRV-6): none at all, or 1 to 65535 without a leading zero, and not the scheme's own, which
    /// no browser sends.
    pub(crate) fn has_any_port(&self) -> bool {
        let Some(digits) = self.port.strip_prefix(b":") else {
            return true;
        };
        let digit = |value: u32, digit: &u8| value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
        let value = digits.iter().fold(0, digit);
        digits.first() != Some(&b'0') && value <= u32::from(u16::MAX) && value != self.scheme.default_port()
    }
}

/// Host and port; no port unless digits stand behind the last colon.
pub(super) fn split_port(authority: &[u8]) -> (&[u8], &[u8]) {
    let digits = authority.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let before = authority.len() - digits;
    if digits > 0 && authority[..before].ends_with(b":") { authority.split_at(before - 1) } else { (authority, b"") }
}

impl Scheme {
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }

    const fn default_port(self) -> u32 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}
