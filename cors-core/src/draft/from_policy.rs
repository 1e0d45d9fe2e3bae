//! Turns a policy back into a draft.

use super::{List, PolicyDraft, RuleDraft};
use crate::{Names, OnDenied, Origins, Policy, Rule};

impl Policy {
    /// Returns the draft of this policy, to make a similar policy, for example with other origins.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// let production = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).validate()?;
    /// let staging = production.to_draft().origins(["https://staging.example.com"]).validate()?;
    /// assert!(staging.rules()[0].credentials());
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn to_draft(&self) -> PolicyDraft {
        let mut draft = match self.written_rules() {
            [] => PolicyDraft::new().origins("none"),
            [rule] => rule.to_draft().into(),
            rules => PolicyDraft::new().rules(rules.iter().map(Rule::to_draft)),
        };
        if self.on_denied() != OnDenied::default() {
            draft = draft.on_denied(self.on_denied());
        }
        if self.has_source() { draft.ask_for_other_origins() } else { draft }
    }
}

impl Rule {
    /// Returns the draft of this rule. [`Policy::to_draft`] has an example.
    pub fn to_draft(&self) -> RuleDraft {
        let mut draft = match &self.origins {
            Origins::Any => RuleDraft::new().origins("*"),
            // All items were variables that are not set. Unlike an empty list, that is valid.
            Origins::Listed(list) if list.is_empty() => RuleDraft::new().origins(List::unset()),
            Origins::Listed(list) => RuleDraft::new().origins(list.texts().collect::<List>()),
            Origins::FromSource => RuleDraft::new(),
        };
        if self.credentials {
            draft = draft.credentials(true);
        }
        if self.methods != Names::Unset {
            draft = draft.methods(self.methods.iter().collect::<List>());
        }
        if self.allow_headers != Names::Unset {
            draft = draft.allow_headers(self.allow_headers.iter().collect::<List>());
        }
        if self.expose_headers != Names::Unset {
            draft = draft.expose_headers(self.expose_headers.iter().collect::<List>());
        }
        if let Some(max_age) = &self.max_age {
            draft = draft.max_age(max_age.clone());
        }
        match self.dangerously_allow.names().collect::<Vec<_>>() {
            dangers if dangers.is_empty() => draft,
            dangers => draft.dangerously_allow(dangers),
        }
    }
}
