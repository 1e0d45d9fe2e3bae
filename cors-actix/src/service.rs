//! One request: decide, then its arms.

use actix_service::{Service, forward_ready};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpResponse};
use cors_core::{Answered, Decision, Denial, Vary, decide};

use crate::extras::Extras;
use crate::future::ResponseFuture;
use crate::grants::{Granted, Grants};
use crate::headers;
use crate::incoming::Incoming;
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
    type Future = ResponseFuture<S::Future>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        // These policies have no source that could be asked: in doubt a request is denied.
        respond(self.source.current(), &self.extras, request, &self.service, Some(Answered::Denied))
    }
}

/// Decides, and answers the request or calls the wrapped service. `answered` is what a source says of the origin, if it was asked.
#[inline]
pub(crate) fn respond<S, B>(
    policy: Current,
    extras: &Extras,
    request: ServiceRequest,
    service: &S,
    answered: Option<Answered>,
) -> ResponseFuture<S::Future>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    let prepared = policy.prepared();
    let kept = prepared.policy();
    let incoming = Incoming::new(&request, extras);
    let decision = match decide(kept, &incoming) {
        // In doubt a request is denied.
        Decision::Ask(ask) => ask.resume(answered.unwrap_or(Answered::Unanswered), &incoming),
        decision => decision,
    };
    #[cfg(feature = "tracing")]
    crate::watch::watch(kept, extras, &incoming, &decision, answered);
    #[cfg(feature = "inspector")]
    crate::inspector::decided(&request, &policy, !matches!(decision, Decision::Forward(_)));
    // Not by its reply, which would be a copy of the decision: 40 instructions less.
    if let Decision::Forward(_) = decision {
        let granted = Granted::new(prepared, decision.grants(), incoming.origin());
        return ResponseFuture::forwarded(service.call(request), Grants { policy, granted });
    }
    let reply = kept.reply(decision);
    let response = match decision {
        Decision::Answer(Ok(grants)) => headers::granted(prepared, reply, grants, incoming),
        Decision::Reject(denial) => refuse(&policy, extras, &request, denial, reply.vary()),
        _ => headers::refused(reply.vary()),
    };
    let (request, _) = request.into_parts();
    ResponseFuture::answered(ServiceResponse::new(request, response))
}

/// The answer to a request under `on_denied: reject`: the application's own, or that of the policy.
fn refuse(
    policy: &Current,
    extras: &Extras,
    request: &ServiceRequest,
    denial: Denial,
    vary: Option<Vary>,
) -> HttpResponse {
    match extras.rejection.as_deref().and_then(|rejection| rejection.response(request, denial)) {
        Some(response) => Grants { policy: policy.clone(), granted: None }.onto(response),
        None => headers::refused(vary),
    }
}
