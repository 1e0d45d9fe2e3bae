//! Replaces the observers without the feature `tracing`: all functions are empty.

use crate::careless::SourceReport;
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
pub(crate) struct Reports;

impl Observers {
    pub(crate) const fn nested(&self, _: &Outermost, _: &Observed<'_>, _: &Incoming<'_>) {}

    pub(crate) const fn none() -> Self {
        Self
    }

    #[inline(always)]
    pub(crate) const fn decided(&self, _: &ServiceRequest, _: Incoming<'_>, _: Observed<'_>) -> Reports {
        Reports
    }

    /// Prints to the standard error. Careless sources are found only in debug builds, where a developer sees this.
    #[expect(clippy::unused_self, reason = "the feature `tracing` uses it")]
    pub(crate) fn of_source(&self, policy: PolicyName, _: &Current, report: &SourceReport<'_>) {
        if let SourceReport::Careless(source) = report {
            eprintln!("the CORS policy {policy}: {source}");
        }
    }
}

impl Reports {
    pub(crate) const fn none() -> Self {
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
