//! The item of a policy that is nearest to an origin that no item matches.

use crate::spelling::is_near;
use crate::{HostRelation, Key, Origin, OriginPattern, OriginPatternRef, Origins, Place, Policy};

/// An item of `origins` that an origin almost matches. [`Advice`](crate::Advice) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    place: Place,
    item: OriginPattern,
    difference: Difference,
}

/// The difference between an origin and the nearest item. Variants are in ascending order of distance.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::Difference;
///
/// assert!(Difference::Port < Difference::Spelling);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Difference {
    /// Another port, or none.
    Port,
    /// Another scheme, such as http for https.
    Scheme,
    /// Another scheme and another port.
    SchemeAndPort,
    /// The item matches the subdomains of the origin's host, but not the host itself.
    HostOfSubdomains,
    /// The origin's host is a subdomain of the item's host.
    Subdomain,
    /// The hosts differ by at most two letters.
    Spelling,
}

/// Maximum number of edits between two hosts that count as near.
const MAX_EDITS: usize = 2;

impl Nearest {
    /// Returns the place of the item in the policy.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Returns the item.
    pub const fn item(&self) -> &OriginPattern {
        &self.item
    }

    /// Returns the difference between the origin and the item.
    pub const fn difference(&self) -> Difference {
        self.difference
    }
}

/// Returns the nearest item and the index of its rule. If several are equally near, returns the first.
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

/// Returns the difference. It is derived from the matcher's comparison, so that the two cannot disagree.
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
