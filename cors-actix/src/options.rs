//! Settings of the middleware that are not part of the policy.

use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Ask, Question};

use crate::careless::SourceReport;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::name::PolicyName;
use crate::observe::Observers;
use crate::rejection::Rejection;
use crate::source::{SharedQuestions, Subject};

/// The name, the observers, the answer to refused requests, and the source of origins.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) name: PolicyName,
    pub(crate) observers: Observers,
    pub(crate) rejection: Option<Arc<Rejection>>,
    pub(crate) questions: Option<SharedQuestions>,
}

impl Options {
    pub(crate) const fn new(name: PolicyName) -> Self {
        Self { name, observers: Observers::none(), rejection: None, questions: None }
    }

    /// Returns what is known of the request's origin without asking, or else the question to ask.
    pub(crate) fn known(
        &self,
        ask: Ask<'_>,
        current: &Current,
        incoming: &Incoming<'_>,
    ) -> Result<Answered, (SharedQuestions, Question, Subject)> {
        // The policy expects a source but has none, so the request is denied.
        let Some(questions) = &self.questions else { return Ok(Answered::Denied) };
        let known = questions.known(ask, current.prepared().version(), incoming);
        known.map_err(|(question, subject)| (Arc::clone(questions), question, subject))
    }

    /// Asks the source. Tells the observers if it has no answer.
    pub(crate) async fn ask(
        &self,
        questions: SharedQuestions,
        current: &Current,
        request: &ServiceRequest,
        subject: Subject,
        is_current: impl Fn() -> bool,
    ) -> Answered {
        let (observers, name, policy) = (self.observers.clone(), self.name, current.clone());
        let report = move |report: SourceReport<'_>| observers.of_source(name, &policy, &report);
        questions.answer(request, current.prepared(), subject, Arc::new(report), is_current).await
    }
}
