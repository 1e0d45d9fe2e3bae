//! What is asked of patterns.

use crate::origin::host::{LONGEST_HOST, are_labels};
use crate::origin::split::{Port, Scheme, Split};

/// Scheme and port, and whether subdomains match: a number that is the same for a pattern and for what it matches.
pub(super) mod class {
    /// Subdomains with one port, which is the number below.
    pub(in crate::origin_list) const BELOW: u32 = 1 << 16;
    /// Subdomains with any port.
    pub(in crate::origin_list) const BELOW_ANY_PORT: u32 = 1 << 17;
    /// One host with any port.
    pub(in crate::origin_list) const HOST_ANY_PORT: u32 = 1 << 18;
    pub(in crate::origin_list) const HTTPS: u32 = 1 << 19;
}

/// The value of an `Origin` line that a pattern might match.
pub(super) struct Asked<'o> {
    /// Ends where the host ends.
    pub(super) text: &'o [u8],
    pub(super) host: &'o [u8],
    /// Scheme and port, as in a class.
    origin: u32,
}

impl<'o> Asked<'o> {
    #[inline(always)]
    pub(super) fn of(value: &'o [u8]) -> Option<Self> {
        let split = Split::of(value)?;
        let scheme = match split.scheme {
            Scheme::Http => 0,
            Scheme::Https => class::HTTPS,
            Scheme::Other(_) => return None,
        };
        let port = match split.port {
            Port::Default => 0,
            Port::Number(number) => u32::from(number),
            Port::Any => return None,
        };
        let host = split.host();
        let (text, host) = (&value[..host.end], &value[host]);
        (1..=LONGEST_HOST).contains(&host.len()).then_some(Self { text, host, origin: scheme | port })
    }

    /// The classes of subdomains with its port, and with any port.
    #[inline(always)]
    pub(super) const fn below(&self) -> [u32; 2] {
        [self.origin | class::BELOW, self.origin & class::HTTPS | class::BELOW_ANY_PORT]
    }

    /// The class of its host with any port.
    pub(super) const fn one_host(&self) -> u32 {
        self.origin & class::HTTPS | class::HOST_ANY_PORT
    }

    /// SRV-5: whole labels before the dot with which a base begins, so that neither `evilexample.com` nor `example.com` gets in.
    pub(super) fn has_labels_before(&self, base: usize) -> bool {
        self.host.len().checked_sub(base).is_some_and(|end| are_labels(&self.host[..end]))
    }
}
