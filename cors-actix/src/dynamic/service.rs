//! One request under a policy with a source: as with any other policy, but for the question.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_service::{Service, forward_ready};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Answered, Ask, Decision, Question, decide};
use pin_project_lite::pin_project;

use super::questions::Questions;
use crate::extras::Extras;
use crate::future::ResponseFuture;
use crate::incoming::Incoming;
use crate::service::respond;
use crate::source::Current;

/// The service that [`DynamicCors`](crate::DynamicCors) wraps around another.
pub struct DynamicCorsService<S> {
    pub(super) policy: Current,
    pub(super) extras: Extras,
    pub(super) questions: Arc<Questions>,
    /// Called when the answer is there, perhaps after this service is gone.
    pub(super) service: Rc<S>,
}

type Asking<B> = Pin<Box<dyn Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>>>>;

pin_project! {
    /// What is known is decided at once and allocates nothing; only a question needs a box.
    #[project = Projected]
    pub enum DynamicResponseFuture<F, B> {
        Decided {
            #[pin]
            response: ResponseFuture<F>,
        },
        Asking {
            response: Asking<B>,
        },
    }
}

impl<S, B> Service<ServiceRequest> for DynamicCorsService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = DynamicResponseFuture<S::Future, B>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (policy, extras) = (self.policy.clone(), &self.extras);
        match self.answer(&Incoming::new(&request, extras)) {
            Ok(answered) => {
                let response = respond(policy, extras, request, &*self.service, answered);
                DynamicResponseFuture::Decided { response }
            }
            Err(question) => {
                let (questions, service) = (Arc::clone(&self.questions), Rc::clone(&self.service));
                let extras = extras.clone();
                let response = Box::pin(async move {
                    let answered = questions.ask(question.origin()).await;
                    respond(policy, &extras, request, &*service, Some(answered)).await
                });
                DynamicResponseFuture::Asking { response }
            }
        }
    }
}

impl<S> DynamicCorsService<S> {
    /// What is known of the request's origin, if somebody asks, or else the question to ask.
    fn answer(&self, incoming: &Incoming<'_>) -> Result<Option<Answered>, Question> {
        if let Decision::Ask(ask) = decide(self.policy.prepared().policy(), incoming) {
            return self.known(ask, incoming).map(Some);
        }
        #[cfg(feature = "tracing")]
        if let Some(shadow) = &self.extras.shadow
            && let Decision::Ask(ask) = decide(shadow.prepared().policy(), incoming)
        {
            // A source that has no answer at hand is not asked for a shadow: nothing may wait for it.
            return Ok(self.known(ask, incoming).ok());
        }
        Ok(None)
    }

    /// The answer, as far as it needs no question, or the question.
    fn known(&self, ask: Ask<'_>, incoming: &Incoming<'_>) -> Result<Answered, Question> {
        match incoming.origin().and_then(|origin| self.questions.recall(origin.as_bytes())) {
            Some(answered) => Ok(answered),
            None => ask.question(incoming).map_or_else(|denial| Ok(Answered::NotAsked(denial)), Err),
        }
    }
}

impl<F, B> Future for DynamicResponseFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            Projected::Decided { response } => response.poll(context),
            Projected::Asking { response } => response.as_mut().poll(context),
        }
    }
}
