//! The observers of a policy.

#[allow(dead_code, reason = "the features `inspector` and `testing` read it")]
mod decision_log;
mod event;
mod log;
mod shadow;

use std::fmt;
use std::sync::Arc;

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use cors_core::{IncomingRequest, Lines, NestingConflict, Rule};

use crate::careless::SourceReport;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::name::PolicyName;
pub(crate) use crate::observation::Observed;
use crate::record::{Compared, Counters};
#[allow(unused_imports, reason = "the features `inspector` and `testing` use it")]
pub(crate) use decision_log::{DecisionLog, Decisions, PolicyDecision, ShadowDecision};
pub use event::{Decided, Observer};
pub(crate) use shadow::Shadow;

/// The target of log lines, for filters.
pub(crate) const TARGET: &str = "cors_actix";

/// The observers of one policy: its counters, its log, its shadow, the [`DecisionLog`] that an inspector or a test adds to the
/// request, and the application's own.
#[derive(Clone)]
pub(crate) struct Observers {
    pub(crate) shadow: Option<Arc<Shadow>>,
    pub(crate) own: Option<Arc<[Arc<dyn Observer>]>>,
}

/// The outermost of nested policies, and the rule that grants, if one does.
#[derive(Clone, Debug)]
pub(crate) struct Outermost {
    name: PolicyName,
    policy: Current,
    rule: Option<usize>,
}

impl Outermost {
    pub(crate) fn new(name: PolicyName, policy: &Current, rule: Option<usize>) -> Self {
        Self { name, policy: policy.clone(), rule }
    }

    fn rule(&self) -> Option<&Rule> {
        self.policy.prepared().policy().rules().get(self.rule?)
    }
}

/// The reports to send when the response is written: about a grant, and about headers that an inner service set.
#[derive(Clone, Debug)]
pub(crate) struct Reports {
    to: Option<(PolicyName, Observers)>,
    is_granted: bool,
}

impl Observers {
    pub(crate) const fn none() -> Self {
        Self { shadow: None, own: None }
    }

    pub(crate) fn decided(&self, request: &ServiceRequest, incoming: Incoming<'_>, observed: Observed<'_>) -> Reports {
        let Observed { name, current, decision, refused, answered, is_inside } = observed;
        let policy = current.prepared().policy();
        let decided = Decided::new(name, policy, incoming, decision, refused, answered, is_inside);
        self.notify(current, |observer| observer.decided(&decided));
        if let Some(log) = request.extensions().get::<DecisionLog>() {
            log.decided(&decided, current, self.shadow.as_deref());
        }
        let is_granted = decided.origin().is_some() && decided.denial().is_none() && decision.grants().is_some();
        Reports { to: Some((name, self.clone())), is_granted }
    }

    pub(crate) fn of_source(&self, name: PolicyName, current: &Current, report: &SourceReport<'_>) {
        self.notify(current, |observer| match report {
            SourceReport::Unanswered(origin, reason) => observer.unanswered(name, origin, reason),
            SourceReport::Careless(careless) => observer.careless(name, careless),
        });
    }

    /// Compares a policy with the outermost one, and reports their disagreement: to the log once, to all others each
    /// time.
    pub(crate) fn nested(&self, outermost: &Outermost, inner: &Observed<'_>, incoming: &Incoming<'_>) {
        let Observed { name, current, decision, .. } = inner;
        let rule = decision.grants().map(|grants| grants.rule());
        let prepared = current.prepared();
        let versions = [outermost.policy.prepared().version(), prepared.version()];
        let rules = [outermost.rule, decision.grants().map(|grants| grants.rule_index())];
        let pair = (outermost.name, [(versions[0], rules[0]), (versions[1], rules[1])]);
        if incoming.origin_lines() == Lines::None {
            return;
        }
        let extensions = incoming.request().extensions();
        let (decisions, log) = (extensions.get::<DecisionLog>(), &prepared.record().log);
        let compared = log.compared.admit(pair);
        if compared.is_none() && decisions.is_none() && self.own.is_none() {
            return;
        }
        if let Some(conflict) = NestingConflict::between(outermost.rule(), rule) {
            if compared.is_some() {
                log.nested(outermost.name, *name, &conflict);
            }
            self.own.iter().flat_map(|own| own.iter()).for_each(|own| own.nested(outermost.name, *name, &conflict));
            if let Some(decisions) = decisions {
                decisions.nested(conflict.text(outermost.name, name));
            }
        }
        if compared == Some(Compared::MOST) {
            log.compared_enough(*name);
        }
    }

    /// Returns the observers with one more.
    pub(crate) fn and(mut self, observer: Arc<dyn Observer>) -> Self {
        let all = self.own.iter().flat_map(|own| own.iter().cloned()).chain([observer]);
        self.own = Some(all.collect());
        self
    }

    fn notify(&self, current: &Current, call: impl Fn(&dyn Observer)) {
        let record = current.prepared().record();
        call(&record.counters);
        call(&record.log);
        self.shadow.iter().for_each(|shadow| call(&**shadow));
        self.own.iter().flat_map(|own| own.iter()).for_each(|observer| call(&**observer));
    }
}

impl Reports {
    pub(crate) const fn none() -> Self {
        Self { to: None, is_granted: false }
    }

    /// Returns whether this policy grants everything that the request shows.
    pub(crate) const fn is_granted(&self) -> bool {
        self.is_granted
    }

    pub(crate) fn granted(&self, current: &Current) {
        if self.is_granted
            && let Some((name, observers)) = &self.to
        {
            observers.notify(current, |observer| observer.granted(*name));
        }
    }

    pub(crate) fn overwrote(&self, current: &Current) {
        if let Some((name, observers)) = &self.to {
            observers.notify(current, |observer| observer.overwrote(*name));
        }
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Observers").finish_non_exhaustive()
    }
}

/// Counts refusals when they are decided, and grants when they are written, after all policies granted them.
impl Observer for Counters {
    fn decided(&self, decided: &Decided<'_>) {
        decided.denial().into_iter().for_each(|denial| self.add_refused(denial));
    }

    fn granted(&self, _: PolicyName) {
        self.add_granted();
    }
}
