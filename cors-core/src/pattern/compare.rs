//! The comparison of an origin with an item.

use crate::origin::host::{LONGEST_HOST, are_labels};

/// The parts in which an origin agrees with an item of `origins`.
/// [`OriginPattern::compare`](crate::OriginPattern::compare) has an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    pub(super) scheme: bool,
    pub(super) host: HostRelation,
    pub(super) port: bool,
}

/// The relation between the host of an origin and the host of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HostRelation {
    /// The host is the item's host, or one of its subdomains if the item is for subdomains.
    Agrees,
    /// The item is for the subdomains of the host.
    Above,
    /// The host is a subdomain of the item's host, and the item is not for subdomains.
    Below,
    /// No other relation applies.
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

    /// Returns the relation of the hosts.
    pub const fn host(&self) -> HostRelation {
        self.host
    }

    /// Whether the ports are the same, or the item is for any port.
    pub const fn port_agrees(&self) -> bool {
        self.port
    }
}

impl HostRelation {
    /// Compares the hosts. The `base` of an item for subdomains begins with the dot before the host.
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

/// Returns the text before `.example.com` in a host that is not too long. It may not be labels.
fn labels_before<'h>(host: &'h [u8], base: &[u8]) -> Option<&'h [u8]> {
    host.strip_suffix(base).filter(|_| host.len() <= LONGEST_HOST)
}
