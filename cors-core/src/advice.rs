//! Advice about a denial for the operator of a server: the nearest item, and what to write.

mod nearest;
mod words;

use crate::missing::Missing;
use crate::{
    Answered, Credentials, Decision, Denial, IncomingRequest, Issue, IssueKind, Key, Origin, Place, Policy,
    PolicyDraft, decide,
};
pub use nearest::{Difference, Nearest};

/// Advice about a denial: the nearest item of the policy, and what to add. [`Policy::advice`] returns it. Prints as one
/// line, for a log. The first page of the documentation of `cors-actix-core` has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    denial: Denial,
    nearest: Option<Nearest>,
    addition: Addition,
}

/// What to add to the policy, so that it grants the request.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Addition {
    /// Nothing can be added.
    None,
    /// Add this origin to the list at this place.
    Origin(Origin, Place),
    /// Add this origin to the source of origins.
    InSource(Origin),
    /// Add this method or header, in the notation of the policy, to the list at this place.
    Name(String, Place),
    /// Write `true` at this place.
    Credentials(Place),
    /// The addition would be this mistake.
    Invalid(Issue),
}

impl Policy {
    /// Returns advice about a denial of this request.
    ///
    /// Compares the origin with every item of the policy and validates a draft, so call it for logs and reports, not for every
    /// request.
    pub fn advice<'r>(&self, denial: Denial, request: &impl IncomingRequest<'r>) -> Advice {
        self.advice_after(Answered::Allowed, denial, request)
    }

    /// Returns [`advice`](Self::advice) for a policy with a source of origins, about the rule that the answer of the
    /// source names.
    pub fn advice_after<'r>(&self, answered: Answered, denial: Denial, request: &impl IncomingRequest<'r>) -> Advice {
        if let Denial::MethodNotListed | Denial::HeaderNotListed | Denial::CredentialsNotAllowed = denial {
            return Advice {
                denial,
                nearest: None,
                addition: self.grant(answered, denial, request).unwrap_or(Addition::None),
            };
        }
        let text = match denial {
            Denial::OriginNotListed | Denial::InsecureOrigin => {
                request.origin_lines().one().and_then(|origin| std::str::from_utf8(origin).ok())
            }
            _ => None,
        };
        let parsed = text.map(Origin::parse);
        let intended = match &parsed {
            Some(Ok(origin)) => Some(origin.clone()),
            Some(Err(error)) => error.suggestion().and_then(|text| Origin::parse(text).ok()),
            None => None,
        };
        let nearest = intended.and_then(|origin| nearest::find(self, &origin));
        let addition = match parsed {
            Some(Ok(origin)) if denial == Denial::InsecureOrigin => {
                invalid(IssueKind::InsecureWithCredentials { origin: origin.to_string() })
            }
            Some(Ok(origin)) => self.addition(origin, nearest.as_ref().map(|(rule, _)| *rule)),
            Some(Err(error)) => invalid(error.into()),
            None => Addition::None,
        };
        Advice { denial, nearest: nearest.map(|(_, nearest)| nearest), addition }
    }

    /// Returns the addition for an origin: to the rule with the nearest item, or else to the last rule.
    fn addition(&self, origin: Origin, nearest: Option<usize>) -> Addition {
        let index = nearest.unwrap_or(self.rules().len().saturating_sub(1));
        let Some(rule) = self.rules().get(index) else {
            return Addition::None;
        };
        if self.has_source() {
            return Addition::InSource(origin);
        }
        let place = self.place_in_rule(Place::of(Key::Origins), index);
        let with_it = rule.to_draft().origins([origin.as_str()]).into();
        first_issue(&with_it).map_or(Addition::Origin(origin, place), Addition::Invalid)
    }

    /// Returns the place in a rule as the author writes it: without an index if there is only one rule.
    fn place_in_rule(&self, place: Place, rule: usize) -> Place {
        if self.written_rules().len() > 1 { place.in_rule(rule) } else { place }
    }

    /// Returns the addition with which the rule for the origin grants the request.
    fn grant<'r>(&self, answered: Answered, denial: Denial, request: &impl IncomingRequest<'r>) -> Option<Addition> {
        let grants = match decide(self, request) {
            Decision::Ask(ask) => ask.resume(answered, request).grants()?,
            decision => decision.grants()?,
        };
        let credentials =
            if denial == Denial::CredentialsNotAllowed { Credentials::Included } else { Credentials::Unknown };
        let rule = grants.rule();
        let place = |key| self.place_in_rule(Place::of(key), grants.rule_index());
        let text = |name| std::str::from_utf8(name).ok().map(str::to_owned);
        let (with_it, addition) = match Missing::of(&grants, request, credentials)? {
            Missing::Method(name) => {
                let name = text(name)?;
                (rule.to_draft().methods([name.as_str()]), Addition::Name(name, place(Key::Methods)))
            }
            Missing::Header(name) => {
                let name = text(name)?;
                let quoted = format!("\"{name}\"");
                (rule.to_draft().allow_headers([name]), Addition::Name(quoted, place(Key::AllowHeaders)))
            }
            Missing::Credentials => (rule.to_draft().credentials(true), Addition::Credentials(place(Key::Credentials))),
        };
        let with_it = PolicyDraft::from(with_it);
        let with_it = if self.has_source() { with_it.ask_for_other_origins() } else { with_it };
        Some(first_issue(&with_it).map_or(addition, Addition::Invalid))
    }
}

/// Returns the first mistake of a draft with an addition. Ignores dangers that are not needed.
fn first_issue(draft: &PolicyDraft) -> Option<Issue> {
    let issues = draft.validate().err()?;
    issues.iter().find(|issue| !matches!(issue.kind(), IssueKind::AllowsNothing { .. })).cloned()
}

/// Returns an addition that would be a mistake.
fn invalid(kind: IssueKind) -> Addition {
    Addition::Invalid(Issue::new(Place::item_of(Key::Origins, 0), kind))
}

impl Advice {
    /// Returns the denial that the advice is about.
    pub const fn denial(&self) -> Denial {
        self.denial
    }

    /// Returns the item of the policy that is nearest to the origin, if one is near.
    pub const fn nearest(&self) -> Option<&Nearest> {
        self.nearest.as_ref()
    }

    /// Returns the origin to add to `origins` if its pages may read; `None` if that would be a mistake. Add it to the
    /// rule with the nearest item, or else to the last rule.
    pub const fn addition(&self) -> Option<&Origin> {
        match &self.addition {
            Addition::Origin(origin, _) => Some(origin),
            _ => None,
        }
    }
}
