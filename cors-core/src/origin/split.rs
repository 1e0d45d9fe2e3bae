//! The positions of scheme, host and port in an origin, a pattern, or a value of `Origin`.

use std::ops::Range;

use super::Origin;

/// The parts of a text `scheme://host` or `scheme://host:port`. The host is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Split {
    pub(crate) scheme: Scheme,
    pub(crate) port: Port,
    host_end: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Scheme {
    Http,
    Https,
    /// The scheme of an app that embeds a browser, with its length in bytes.
    Other(u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Port {
    /// No port is written.
    Default,
    Number(u16),
    /// `:*` in a pattern.
    Any,
}

impl Split {
    /// Returns `None` for a text that is too long, has no scheme, or has a port that no browser writes.
    #[inline(always)]
    pub(crate) fn of(text: &[u8]) -> Option<Self> {
        if text.len() > Origin::MAX_LENGTH {
            return None;
        }
        let scheme = Scheme::of(text)?;
        let authority = text.get(scheme.length() + 3..)?;
        let (port_length, port) = Port::at_end_of(authority)?;
        let is_default = match scheme {
            Scheme::Http => port == Port::Number(80),
            Scheme::Https => port == Port::Number(443),
            Scheme::Other(_) => false,
        };
        let host_end = u16::try_from(text.len() - port_length).ok()?;
        (!is_default).then_some(Self { scheme, port, host_end })
    }

    /// Returns the position of the host.
    pub(crate) fn host(&self) -> Range<usize> {
        self.scheme.length() + 3..usize::from(self.host_end)
    }
}

/// Returns the text before the port.
#[inline(always)]
pub(crate) fn without_port(text: &[u8]) -> &[u8] {
    if text.last().is_some_and(u8::is_ascii_digit) { without_number(text) } else { text }
}

// Not inlined, because few origins have a port.
#[inline(never)]
fn without_number(text: &[u8]) -> &[u8] {
    // A text that is too long to be an origin is not read.
    let port = if text.len() > Origin::MAX_LENGTH { None } else { Port::number_at_end_of(text) };
    port.map_or(text, |(length, _)| &text[..text.len() - length])
}

impl Scheme {
    #[inline(always)]
    fn of(text: &[u8]) -> Option<Self> {
        if text.starts_with(b"https://") {
            Some(Self::Https)
        } else if text.starts_with(b"http://") {
            Some(Self::Http)
        } else {
            Self::other(text)
        }
    }

    #[inline(never)]
    fn other(text: &[u8]) -> Option<Self> {
        let colon = text.iter().position(|byte| *byte == b':')?;
        let length = u16::try_from(colon).ok()?;
        text[colon..].starts_with(b"://").then_some(Self::Other(length))
    }

    pub(crate) fn length(self) -> usize {
        match self {
            Self::Http => 4,
            Self::Https => 5,
            Self::Other(length) => usize::from(length),
        }
    }
}

impl Port {
    /// Returns the length and the value of the port; `None` for a number that no browser writes.
    #[inline(always)]
    fn at_end_of(authority: &[u8]) -> Option<(usize, Self)> {
        match authority {
            [.., b'0'..=b'9'] => Self::number_at_end_of(authority),
            [.., b':', b'*'] => Some((2, Self::Any)),
            _ => Some((0, Self::Default)),
        }
    }

    /// Returns the length and the value of a port from 1 to 65535 without a leading zero, or no port for a host that
    /// ends with digits.
    fn number_at_end_of(authority: &[u8]) -> Option<(usize, Self)> {
        let (mut digits, mut value, mut unit) = (0, 0_u32, 1_u32);
        for byte in authority.iter().rev().take_while(|byte| byte.is_ascii_digit()) {
            value = value.wrapping_add(unit.wrapping_mul((byte - b'0').into()));
            unit = unit.wrapping_mul(10);
            digits += 1;
        }
        let (host, number) = authority.split_at(authority.len() - digits);
        if !host.ends_with(b":") {
            return Some((0, Self::Default));
        }
        if digits > 5 {
            return None;
        }
        let value = u16::try_from(value).ok()?;
        (number[0] != b'0').then_some((1 + digits, Self::Number(value)))
    }
}
