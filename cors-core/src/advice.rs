//! What somebody who runs a server makes of a denial: which item comes nearest, and what to write.

mod nearest;
mod words;

use crate::decide::find_rule;
use crate::unmet::Unmet;
use crate::{Denial, Issue, IssueKind, Key, Lines, Origin, Origins, Place, Policy, PolicyDraft, Request};
pub use nearest::{Difference, Nearest};

/// What a denial means for the policy. Made by [`Policy::advice`]; prints as one line, for a log.
///
/// ```
/// use cors_core::{Denial, Difference, Lines, PolicyDraft, Request};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com:8443"));
/// let advice = policy.advice(Denial::OriginNotListed, &request);
/// assert_eq!(advice.nearest().map(|nearest| nearest.difference()), Some(Difference::Port));
/// assert_eq!(
///     advice.to_string(),
///     "origins[0] \"https://app.example.com\" has another port; if pages of that origin may read, add \
///      \"https://app.example.com:8443\" to `origins`"
/// );
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    denial: Denial,
    nearest: Option<Nearest>,
    addition: Addition,
}

/// Whether the origin could stand in the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Addition {
    /// There is none to add.
    None,
    /// To the list at this place.
    Possible(Origin, Place),
    /// A source knows the origins, so the list is not the place.
    InSource(Origin),
    /// A method or header, as it stands in the list at this place.
    Name(String, Place),
    /// `true` at this place.
    Credentials(Place),
    /// It would be a mistake.
    Mistake(Issue),
}

impl Policy {
    /// What a denial of this request means for the policy.
    ///
    /// Compares every origin of the policy, so ask for it where somebody reads the answer.
    pub fn advice(&self, denial: Denial, request: &Request<'_>) -> Advice {
        if let Denial::MethodNotListed | Denial::HeaderNotListed | Denial::CredentialsNotAllowed = denial {
            return Advice { denial, nearest: None, addition: self.grant(request).unwrap_or(Addition::None) };
        }
        let text = match (denial, request.origin) {
            (Denial::OriginNotListed | Denial::InsecureOrigin, Lines::One(origin)) => std::str::from_utf8(origin).ok(),
            _ => None,
        };
        let parsed = text.map(Origin::parse);
        let meant = match &parsed {
            Some(Ok(origin)) => Some(origin.clone()),
            Some(Err(error)) => error.suggestion().and_then(|text| Origin::parse(text).ok()),
            None => None,
        };
        let nearest = meant.and_then(|origin| nearest::find(self, &origin));
        let addition = match parsed {
            Some(Ok(origin)) if denial == Denial::InsecureOrigin => {
                mistaken(IssueKind::InsecureWithCredentials { origin: origin.to_string() })
            }
            Some(Ok(origin)) => self.addition(origin, nearest.as_ref().map(|(rule, _)| *rule)),
            Some(Err(error)) => mistaken(error.into()),
            None => Addition::None,
        };
        Advice { denial, nearest: nearest.map(|(_, nearest)| nearest), addition }
    }

    /// Whether the origin could stand in the rule with the nearest item, or else in the last one.
    fn addition(&self, origin: Origin, nearest: Option<usize>) -> Addition {
        let index = nearest.unwrap_or(self.rules().len().saturating_sub(1));
        let Some(rule) = self.rules().get(index) else {
            return Addition::None;
        };
        if self.rules().iter().any(|rule| matches!(rule.origins(), Origins::FromSource)) {
            return Addition::InSource(origin);
        }
        let place = self.place_in_rule(Place::of(Key::Origins), index);
        let with_it = rule.to_draft().origins([origin.as_str()]).into();
        mistake(&with_it).map_or(Addition::Possible(origin, place), Addition::Mistake)
    }

    /// A place in a rule as the author of the policy looks for it: of an only rule without its index.
    fn place_in_rule(&self, place: Place, rule: usize) -> Place {
        if self.has_written_rules() { place.in_rule(rule) } else { place }
    }

    /// What the rule for the origin lacks.
    fn grant(&self, request: &Request<'_>) -> Option<Addition> {
        let index = find_rule(self, request.origin)?.0;
        let rule = self.rules().get(index)?;
        let place = |key| self.place_in_rule(Place::of(key), index);
        let text = |name| std::str::from_utf8(name).ok().map(str::to_owned);
        let (with_it, addition) = match Unmet::of(rule, request) {
            Some(Unmet::Method(name)) => {
                let name = text(name)?;
                (rule.to_draft().methods([name.as_str()]), Addition::Name(name, place(Key::Methods)))
            }
            Some(Unmet::Header(name)) => {
                let name = text(name)?;
                let quoted = format!("\"{name}\"");
                (rule.to_draft().allow_headers([name]), Addition::Name(quoted, place(Key::AllowHeaders)))
            }
            None => (rule.to_draft().credentials(true), Addition::Credentials(place(Key::Credentials))),
        };
        Some(mistake(&with_it.into()).map_or(addition, Addition::Mistake))
    }
}

/// The first mistake of a draft with what could be added. That a part of a policy allows nothing is none here.
fn mistake(draft: &PolicyDraft) -> Option<Issue> {
    let issues = draft.validate().err()?;
    issues.iter().find(|issue| !matches!(issue.kind(), IssueKind::AllowsNothing { .. })).cloned()
}

/// The mistake that an origin would be.
fn mistaken(kind: IssueKind) -> Addition {
    Addition::Mistake(Issue::new(Place::item_of(Key::Origins, 0), kind))
}

impl Advice {
    /// Why the page does not get what it asks for.
    pub const fn denial(&self) -> Denial {
        self.denial
    }

    /// The item of the policy that comes nearest to the origin, if one is near.
    pub const fn nearest(&self) -> Option<&Nearest> {
        self.nearest.as_ref()
    }

    /// The text to add to `origins`, of the rule with the nearest item or else of the last, if pages of that origin may read and the
    /// policy would have no mistake then.
    pub const fn addition(&self) -> Option<&Origin> {
        match &self.addition {
            Addition::Possible(origin, _) => Some(origin),
            _ => None,
        }
    }
}
