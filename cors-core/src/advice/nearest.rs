//! The item of a policy that comes nearest to an origin that none matches.

use crate::spelling::is_near;
use crate::{HostRelation, Key, Origin, OriginPattern, OriginPatternRef, Origins, Place, Policy};

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
const MAX_EDITS: usize = 2;

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
        for (index, item) in items.iter().enumerate() {
            let nearer = |difference| nearest.as_ref().is_none_or(|(_, nearest)| difference < nearest.difference);
            if let Some(difference) = difference(origin, item).filter(|difference| nearer(*difference)) {
                let place = policy.place_in_rule(Place::item_of(Key::Origins, index), rule_index);
                nearest = Some((rule_index, Nearest { place, item: item.to_pattern(), difference }));
            }
        }
    }
    nearest
}

/// Told by the answer of the matcher alone, so that it cannot say otherwise.
fn difference(origin: &Origin, item: OriginPatternRef<'_>) -> Option<Difference> {
    let comparison = item.compare(origin);
    match (comparison.scheme_agrees(), comparison.host(), comparison.port_agrees()) {
        (true, HostRelation::Agrees, false) => Some(Difference::Port),
        (false, HostRelation::Agrees, true) => Some(Difference::Scheme),
        (false, HostRelation::Agrees, false) => Some(Difference::SchemeAndPort),
        (true, HostRelation::Above, true) => Some(Difference::HostOfSubdomains),
        (true, HostRelation::Below, true) => Some(Difference::Subdomain),
        (true, HostRelation::Unrelated, true) if !item.has_subdomains() => {
            is_near(origin.host(), item.host(), MAX_EDITS).then_some(Difference::Spelling)
        }
        _ => None,
    }
}
