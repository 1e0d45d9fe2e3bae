//! One request: decide, then its arms.

use std::sync::Arc;

use actix_service::{Service, forward_ready};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpResponse};
use cors_core::{Answered, Decision, Denial, OnDenied, decide};

use crate::future::ResponseFuture;
use crate::grants::{Granted, Grants};
use crate::headers;
use crate::rejection::Rejection;
use crate::source::{Current, Source};

/// The service that [`Cors`](crate::Cors) wraps around another.
#[derive(Debug)]
pub struct CorsService<S> {
    pub(crate) source: Source,
    pub(crate) rejection: Option<Arc<Rejection>>,
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
        let prepared = current.prepared();
        let (read, origin) = headers::read(&request);
        let read = match prepared.policy().on_denied() {
            OnDenied::Forward => read,
            OnDenied::Reject => headers::read_where_from(&request, read, self.rejection.as_deref()),
        };
        let mut decision = decide(prepared.policy(), &read);
        let forward = loop {
            decision = match decision {
                Decision::Answer(outcome) => {
                    let response = headers::answer(prepared, outcome, request.headers());
                    return ResponseFuture::answered(request.into_response(response));
                }
                Decision::Forward(forward) => break forward,
                Decision::Reject(denial) => {
                    let response = self.refuse(current, &request, denial);
                    return ResponseFuture::answered(request.into_response(response));
                }
                // No policy of this crate has a source that could be asked: in doubt a request is denied.
                Decision::Ask(question) => question.resume(Answered::Denied),
            };
        };
        let granted = Granted::new(prepared, forward, origin);
        let grants = Grants { policy: current, granted };
        ResponseFuture::forwarded(self.service.call(request), grants)
    }
}

impl<S> CorsService<S> {
    /// The answer to a request under `on_denied: reject`: the application's own, or an empty 403.
    fn refuse(&self, policy: Current, request: &ServiceRequest, denial: Denial) -> HttpResponse {
        match self.rejection.as_ref().and_then(|rejection| rejection.response(request, denial)) {
            Some(mut response) => {
                Grants { policy, granted: None }.write(response.headers_mut());
                response
            }
            None => headers::answer(policy.prepared(), Err(denial), request.headers()),
        }
    }
}
