//! Where a pattern and an origin agree.

use crate::origin::host::{LONGEST_HOST, are_labels};

/// In which parts an origin agrees with an item of `origins`; there is an example at
/// [`OriginPattern::compare`](crate::OriginPattern::compare).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    pub(super) scheme: bool,
    pub(super) host: HostRelation,
    pub(super) port: bool,
}

/// How the host of an origin relates to that of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HostRelation {
    /// It is the item's host or, where the item is for subdomains, one of them.
    Agrees,
    /// The item is for the subdomains of this very host.
    Above,
    /// It is a subdomain of the item's one host.
    Below,
    /// None of these.
    Unrelated,
}

impl Comparison {
    /// Whether the origin matches.
    pub fn is_match(&self) -> bool {
        self.scheme && self.host == HostRelation::Agrees && self.port
    }

    /// Whether the schemes are the same.
    pub const fn scheme_agrees(&self) -> bool {
        self.scheme
    }

    /// How the hosts relate.
    pub const fn host(&self) -> HostRelation {
        self.host
    }

    /// Whether the ports are the same, or the item is for any port.
    pub const fn port_agrees(&self) -> bool {
        self.port
    }
}

impl HostRelation {
    /// The base of an item for subdomains begins with the dot that stands behind them.
    pub(super) fn of(host: &[u8], base: &[u8]) -> Self {
        match base.strip_prefix(b".") {
            Some(_) if labels_before(host, base).is_some_and(are_labels) => Self::Agrees,
            Some(above) if host == above => Self::Above,
            Some(_) => Self::Unrelated,
            None if host == base => Self::Agrees,
            None if host.strip_suffix(base).is_some_and(|rest| rest.ends_with(b".")) => Self::Below,
            None => Self::Unrelated,
        }
    }
}

/// What stands before `.example.com` in a host of permitted length; whether it is labels is not looked at.
fn labels_before<'h>(host: &'h [u8], base: &[u8]) -> Option<&'h [u8]> {
    host.strip_suffix(base).filter(|_| host.len() <= LONGEST_HOST)
}
