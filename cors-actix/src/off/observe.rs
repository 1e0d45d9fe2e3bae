//! Without the feature `tracing` nobody observes: everything here is nothing.

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Decision, Denial};

use crate::careless::Told;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::name::PolicyName;

#[derive(Clone, Debug)]
pub(crate) struct Observers;

#[expect(dead_code, reason = "the feature `tracing` reads it")]
pub(crate) struct Observed<'a> {
    pub(crate) name: PolicyName,
    pub(crate) current: &'a Current,
    pub(crate) decision: &'a Decision<'a>,
    pub(crate) refused: Option<Denial>,
    pub(crate) answered: Option<Answered>,
    pub(crate) is_inside: bool,
}

impl<'a> Observed<'a> {
    pub(crate) const fn alone(name: PolicyName, current: &'a Current, decision: &'a Decision<'a>) -> Self {
        Self { name, current, decision, refused: None, answered: None, is_inside: false }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Outermost;

impl Outermost {
    pub(crate) const fn new(_: PolicyName, _: &Current, _: Option<usize>) -> Self {
        Self
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Telling;

impl Observers {
    pub(crate) const fn nested(&self, _: &Outermost, _: &Observed<'_>, _: &Incoming<'_>) {}

    pub(crate) const fn none() -> Self {
        Self
    }

    #[inline(always)]
    pub(crate) const fn decided(&self, _: &ServiceRequest, _: Incoming<'_>, _: Observed<'_>) -> Telling {
        Telling
    }

    /// A source that is careless is found in debug builds only, where somebody reads this.
    #[expect(clippy::unused_self, reason = "the feature `tracing` uses it")]
    pub(crate) fn of_source(&self, policy: PolicyName, _: &Current, told: &Told<'_>) {
        match told {
            Told::Careless(source) => eprintln!("the CORS policy {policy}: {source}"),
            Told::Unanswered(origin, reason) => {
                let _ = (origin, reason);
            }
        }
    }
}

impl Telling {
    pub(crate) const fn nothing() -> Self {
        Self
    }

    pub(crate) const fn is_granted(&self) -> bool {
        false
    }

    #[inline(always)]
    pub(crate) const fn granted(&self, _: &Current) {}

    #[inline(always)]
    pub(crate) const fn overwrote(&self, _: &Current) {}
}
