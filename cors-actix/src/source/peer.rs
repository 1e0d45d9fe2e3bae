//! The client for which a source is asked.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::dev::ServiceRequest;

/// The other end of a connection. Headers are not used, because any client can write them.
///
/// IPv6 addresses count by their first 64 bits, the smallest network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Peer(Option<IpAddr>);

impl Peer {
    #[cfg(test)]
    pub(super) fn numbered(number: u64) -> Self {
        Self(Some(Ipv6Addr::from_bits(u128::from(number) << 64).into()))
    }

    pub(super) fn of(request: &ServiceRequest) -> Self {
        Self(request.peer_addr().map(|address| network(address.ip())))
    }
}

fn network(address: IpAddr) -> IpAddr {
    // A socket for both address families returns IPv4 addresses as IPv6, with the same first bits.
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn ipv4_counts_by_address_and_ipv6_by_network() {
        let is_same = |one: &str, other: &str| network(one.parse().unwrap()) == network(other.parse().unwrap());
        assert!(is_same("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"));
        assert!(!is_same("2001:db8::1", "2001:db8:0:1::1"));
        assert!(!is_same("192.0.2.1", "192.0.2.2"));
        assert!(!is_same("::ffff:192.0.2.1", "::ffff:192.0.2.2"));
        assert!(is_same("::ffff:192.0.2.1", "192.0.2.1"));
    }
}
