//! One request: decide, then its arms.

use actix_service::{Service, forward_ready};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Answered, Decision, decide};

use crate::future::ResponseFuture;
use crate::grants::{Granted, Grants};
use crate::headers;
use crate::source::Source;

/// The service that [`Cors`](crate::Cors) wraps around another.
#[derive(Debug)]
pub struct CorsService<S> {
    pub(crate) source: Source,
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
        let mut decision = decide(prepared.policy(), &read);
        let forward = loop {
            decision = match decision {
                Decision::Answer(outcome) => {
                    let response = headers::answer(prepared, outcome, request.headers());
                    return ResponseFuture::answered(request.into_response(response));
                }
                Decision::Forward(forward) => break forward,
                Decision::Reject(denial) => {
                    let response = headers::answer(prepared, Err(denial), request.headers());
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
