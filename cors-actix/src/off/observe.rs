//! Replaces the observers without the feature `tracing`: all functions are empty.

use crate::careless::Told;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::name::PolicyName;
pub(crate) use crate::observation::Observed;
use actix_web::dev::ServiceRequest;

#[derive(Clone, Debug)]
pub(crate) struct Observers;

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

    /// Prints to the standard error. Careless sources are found only in debug builds, where a developer sees this.
    #[expect(clippy::unused_self, reason = "the feature `tracing` uses it")]
    pub(crate) fn of_source(&self, policy: PolicyName, _: &Current, told: &Told<'_>) {
        if let Told::Careless(source) = told {
            eprintln!("the CORS policy {policy}: {source}");
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
