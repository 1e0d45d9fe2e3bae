//! What an application says beside the policy.

use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Ask, Denial, Question};

use crate::careless::Told;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::name::PolicyName;
use crate::observe::Observers;
use crate::rejection::Rejection;
use crate::source::{SharedQuestions, Subject};

/// The name, who observes, how requests are refused, and the source of origins.
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
        // A policy that expects a source and has none: in doubt a request is denied.
        let Some(questions) = &self.questions else { return Ok(Answered::Denied) };
        let version = current.prepared().version();
        let key = questions.key(incoming.request());
        let of_origin = key.as_deref().zip(incoming.origin());
        if let Some(answered) = of_origin.and_then(|(key, origin)| questions.recall(key, origin.as_bytes(), version)) {
            return Ok(answered);
        }
        match (ask.question(incoming), key) {
            (Err(denial), _) => Ok(Answered::NotAsked(denial)),
            (Ok(_), None) => Ok(Answered::NotAsked(Denial::NobodyAddressed)),
            (Ok(question), Some(key)) => {
                let subject = Subject::new(&key, question.origin()).of_version(version);
                Err((Arc::clone(questions), question, subject))
            }
        }
    }

    /// Asks the source, and tells the observers where it has no answer.
    pub(crate) async fn ask(
        &self,
        questions: SharedQuestions,
        current: &Current,
        request: &ServiceRequest,
        subject: Subject,
        is_current: impl Fn() -> bool,
    ) -> Answered {
        let policy = current.prepared().policy();
        let (observers, name, current) = (self.observers.clone(), self.name, current.clone());
        let tell = move |told: Told<'_>| observers.of_source(name, &current, &told);
        questions.answer(request, policy, subject, Arc::new(tell), is_current).await
    }
}
