//! Requests that no browser sends (PRE-0).

use cors_browser::{OutgoingRequest, Page};
use url::Url;

use crate::client::is_this_machine;

/// Why a browser does not send the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Barred {
    /// The port belongs to another protocol.
    Port(u16),
    /// A page of https requests an http address.
    MixedContent,
}

impl Barred {
    pub(crate) fn of(page: &Page, request: &OutgoingRequest) -> Option<Self> {
        let url = Url::parse(&request.url).ok()?;
        let port = url.port_or_known_default()?;
        // The standard has the other order, but the port is easier to change.
        if BAD_PORTS.binary_search(&port).is_ok() {
            return Some(Self::Port(port));
        }
        let is_mixed = page.origin().starts_with("https:") && url.scheme() == "http" && !is_this_machine(&url);
        is_mixed.then_some(Self::MixedContent)
    }

    /// A short, stable name.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Port(_) => "blocked-port",
            Self::MixedContent => "mixed-content",
        }
    }

    /// The address of the rule in the standard.
    pub(crate) fn anchor(self) -> &'static str {
        match self {
            Self::Port(_) => "https://fetch.spec.whatwg.org/#port-blocking",
            Self::MixedContent => "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
        }
    }
}

/// The blocked ports, in order (<https://fetch.spec.whatwg.org/#bad-port>).
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

#[cfg(test)]
mod tests {
    use super::BAD_PORTS;

    #[test]
    fn the_ports_are_in_order_so_that_they_are_found() {
        assert!(BAD_PORTS.is_sorted_by(|one, next| one < next));
    }
}
