//! The item of a policy that comes nearest to an origin that none matches.

use crate::spelling::is_near;
use crate::{Key, Origin, OriginPattern, Origins, Place, Policy};

/// An item of `origins` that an origin almost matches; there is an example at [`Advice`](crate::Advice).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    place: Place,
    item: OriginPattern,
    difference: Difference,
}

/// By what an origin differs from the item that comes nearest. What comes first is nearer.
///
/// ```
/// use cors_core::Difference;
///
/// assert!(Difference::Port < Difference::Spelling);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// Another port, or none.
    Port,
    /// http for https, or the other way round.
    Scheme,
    /// Both of these.
    SchemeAndPort,
    /// The item is for the subdomains of this very host.
    HostOfSubdomains,
    /// It is a subdomain of the item's host.
    Subdomain,
    /// The host is spelt almost alike.
    Spelling,
}

/// As many letters may differ in a host that is spelt almost alike.
const NEAR: usize = 2;

impl Nearest {
    /// Where the item stands in the policy.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The item.
    pub const fn item(&self) -> &OriginPattern {
        &self.item
    }

    /// By what the origin differs from it.
    pub const fn difference(&self) -> Difference {
        self.difference
    }
}

/// The index of its rule, and the item. Of several that are equally near, the first.
pub(super) fn find(policy: &Policy, origin: &Origin) -> Option<(usize, Nearest)> {
    let mut nearest: Option<(usize, Nearest)> = None;
    for (rule_index, rule) in policy.rules().iter().enumerate() {
        let Origins::Listed(items) = rule.origins() else {
            continue;
        };
        for (index, item) in items.texts().enumerate() {
            let nearer = |difference| nearest.as_ref().is_none_or(|(_, nearest)| difference < nearest.difference);
            if let Some(difference) = difference(origin, item).filter(|difference| nearer(*difference)) {
                let place = policy.place_in_rule(Place::item_of(Key::Origins, index), rule_index);
                nearest = Some((rule_index, Nearest { place, item: OriginPattern::checked(item), difference }));
            }
        }
    }
    nearest
}

fn difference(origin: &Origin, item: &str) -> Option<Difference> {
    let (scheme, host, port) = parts(origin.as_str());
    let (item_scheme, item_host, item_port) = parts(item);
    let base = item_host.strip_prefix("*.");
    let is_below = |base: &str| host.strip_suffix(base).is_some_and(|labels| labels.ends_with('.'));
    let same_host = base.map_or(host == item_host, is_below);
    let same_port = item_port == "*" || port == item_port;
    match (same_host, scheme == item_scheme, same_port) {
        (true, true, _) => Some(Difference::Port),
        (true, false, true) => Some(Difference::Scheme),
        (true, false, false) => Some(Difference::SchemeAndPort),
        (false, true, true) if base == Some(host) => Some(Difference::HostOfSubdomains),
        (false, true, true) if base.is_none() && is_below(item_host) => Some(Difference::Subdomain),
        (false, true, true) if base.is_none() && is_near(host, item_host, NEAR) => Some(Difference::Spelling),
        _ => None,
    }
}

/// Scheme, host and port of an origin or pattern as it is written.
fn parts(text: &str) -> (&str, &str, &str) {
    let (scheme, authority) = text.split_once("://").unwrap_or(("", text));
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (scheme, host, port),
        _ => (scheme, authority, ""),
    }
}
