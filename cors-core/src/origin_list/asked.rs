//! The value of an `Origin` line, prepared for the search among patterns.

use crate::origin::host::{LONGEST_HOST, LONGEST_LABEL, begin_labels};
use crate::origin::split::{Port, Scheme, Split};

/// Scheme, port, and whether subdomains match, as a number that is equal for a pattern and an origin that it matches.
pub(super) mod class {
    /// Any port. A single port is the number itself.
    pub(in crate::origin_list) const ANY_PORT: u32 = 1 << 16;
    /// One host with any port. All other classes are for subdomains.
    pub(in crate::origin_list) const ONE_HOST: u32 = 1 << 17;
    pub(in crate::origin_list) const HTTPS: u32 = 1 << 18;
}

/// The value of an `Origin` line that a pattern can match.
pub(super) struct Asked<'o> {
    /// The host with the slash before it.
    pub(super) text: &'o [u8],
    pub(super) host: &'o [u8],
    /// The class of subdomains with its port.
    pub(super) own_port: u32,
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
        let (text, host) = (&value[host.start - 1..host.end], &value[host]);
        (1..=LONGEST_HOST).contains(&host.len()).then_some(Self { text, host, own_port: scheme | port })
    }

    /// The class of subdomains with any port.
    #[inline(always)]
    const fn any_port(&self) -> u32 {
        self.own_port & class::HTTPS | class::ANY_PORT
    }

    /// The class of its host with any port.
    pub(super) const fn one_host(&self) -> u32 {
        self.own_port & class::HTTPS | class::ONE_HOST
    }

    /// Whether this is the class of subdomains with its port, or with any port.
    #[inline(always)]
    pub(super) const fn is_below(&self, class: u32) -> bool {
        class == self.own_port || class == self.any_port()
    }

    /// Whether a pattern of this class matches. The text ends with its base of `base` bytes.
    #[inline(always)]
    pub(super) fn matches(&self, class: u32, base: usize) -> bool {
        if self.is_below(class) {
            self.has_labels_before(base)
        } else {
            class == self.one_host() && base > self.host.len()
        }
    }

    /// SRV-5: whole labels before the dot at the begin of a base, so that neither `evilexample.com` nor `example.com` matches.
    pub(super) fn has_labels_before(&self, base: usize) -> bool {
        self.host.len().checked_sub(base).is_some_and(|end| self.begins_with_labels(end + 1))
    }

    /// The same if the text after its first `begin` bytes is the end of a base. A label can continue there.
    pub(super) fn has_labels_in(&self, before: usize) -> bool {
        let end = if self.text.get(before) == Some(&b'.') { before } else { before + LONGEST_LABEL };
        self.begins_with_labels(end)
    }

    fn begins_with_labels(&self, end: usize) -> bool {
        begin_labels(self.host.get(..end).unwrap_or(self.host))
    }
}
