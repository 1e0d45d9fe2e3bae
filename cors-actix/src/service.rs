//! One request: decide, then its arms.

use std::future::ready;

use actix_service::{Service, forward_ready};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Answered, Decision, Denial, Forward, decide};
use futures_util::future::Either;

use crate::cors::Source;
use crate::future::{Answer, Forwarded};
use crate::grants::Grants;
use crate::headers;

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
    type Future = Either<Answer<B>, Forwarded<S::Future>>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let prepared = self.source.prepared();
        let mut decision = decide(prepared.policy(), &headers::read(&request));
        if let Decision::Ask(question) = decision {
            // No policy of this crate has a source that could be asked: in doubt a request is denied.
            decision = question.resume(Answered::Denied);
        }
        let forward = match decision {
            Decision::Answer(outcome) => {
                let response = headers::answer(prepared, outcome, request.headers());
                return Either::Left(ready(Ok(request.into_response(response).map_into_right_body())));
            }
            Decision::Forward(forward) => forward,
            Decision::Ask(_) => Forward::Denied(Denial::OriginNotListed),
        };
        let grants = Grants::new(&self.source, forward, request.headers());
        Either::Right(Forwarded::new(self.service.call(request), grants))
    }
}
