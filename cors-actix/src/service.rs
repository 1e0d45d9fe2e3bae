//! One request: decide, then its arms.

use std::convert::Infallible;

use actix_service::{Service, forward_ready};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpResponse};
use cors_core::{Answered, Ask, Decision, Denial, OnDenied, Policy, Request, decide};

use crate::extras::Extras;
use crate::future::ResponseFuture;
use crate::grants::{Granted, Grants};
use crate::headers;
use crate::source::{Current, Source};

/// The service that [`Cors`](crate::Cors) wraps around another.
#[derive(Debug)]
pub struct CorsService<S> {
    pub(crate) source: Source,
    pub(crate) extras: Extras,
    pub(crate) service: S,
}

impl<S, B> Service<ServiceRequest> for CorsService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ResponseFuture<S::Future, B>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let current = self.source.current();
        // These policies have no source that could be asked: in doubt a request is denied.
        let denied = |_: &Ask<'_, '_>| Ok::<_, Infallible>(Answered::Denied);
        let Ok(outcome) = Outcome::of(&current, &self.extras, &request, denied);
        outcome.carry_out(current, request, &self.service)
    }
}

/// What a request gets, without a borrow of the request, which goes on its way.
pub(crate) enum Outcome {
    Answer(HttpResponse),
    Forward(Option<Granted>),
}

impl Outcome {
    /// As [`settle`] decides.
    #[inline]
    pub(crate) fn of<E>(
        policy: &Current,
        extras: &Extras,
        request: &ServiceRequest,
        answer: impl Fn(&Ask<'_, '_>) -> Result<Answered, E>,
    ) -> Result<Self, E> {
        let prepared = policy.prepared();
        let (read, origin) = headers::read(request);
        let read = match prepared.policy().on_denied() {
            OnDenied::Forward => read,
            OnDenied::Reject => headers::read_where_from(request, read, extras.public_origin()),
        };
        let decision = settle(prepared.policy(), &read, &answer)?;
        #[cfg(feature = "tracing")]
        crate::watch::watch(prepared.policy(), extras, request, read, &decision, answer);
        Ok(match decision {
            Decision::Answer(outcome) => Self::Answer(headers::answer(prepared, outcome, request.headers())),
            Decision::Forward(forward) => Self::Forward(Granted::new(prepared, forward, origin)),
            Decision::Reject(denial) => Self::Answer(refuse(policy, extras, request, denial)),
            // Not reached: a question has an answer, which asks for nothing more. In doubt a request is denied.
            Decision::Ask(_) => Self::Forward(None),
        })
    }

    /// Answers the request, or calls the wrapped service.
    #[inline]
    pub(crate) fn carry_out<S, B>(
        self,
        policy: Current,
        request: ServiceRequest,
        service: &S,
    ) -> ResponseFuture<S::Future, B>
    where
        S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    {
        #[cfg(feature = "inspector")]
        crate::inspector::decided(&request, &policy, matches!(self, Self::Answer(_)));
        match self {
            Self::Answer(response) => ResponseFuture::answered(request.into_response(response)),
            Self::Forward(granted) => ResponseFuture::forwarded(service.call(request), Grants { policy, granted }),
        }
    }
}

/// Decides. Where only a source knows, `answer` gives its answer, or an error to stop with.
#[inline]
pub(crate) fn settle<'p, 'r, E>(
    policy: &'p Policy,
    request: &Request<'r>,
    answer: impl Fn(&Ask<'_, '_>) -> Result<Answered, E>,
) -> Result<Decision<'p, 'r>, E> {
    let mut decision = decide(policy, request);
    while let Decision::Ask(question) = decision {
        decision = question.resume(answer(&question)?);
    }
    Ok(decision)
}

/// The answer to a request under `on_denied: reject`: the application's own, or an empty 403.
fn refuse(policy: &Current, extras: &Extras, request: &ServiceRequest, denial: Denial) -> HttpResponse {
    match extras.rejection.as_deref().and_then(|rejection| rejection.response(request, denial)) {
        Some(mut response) => {
            Grants { policy: policy.clone(), granted: None }.write(response.headers_mut());
            response
        }
        None => headers::answer(policy.prepared(), Err(denial), request.headers()),
    }
}
