//! The response: answered, or forwarded.

use std::future::{Future, Ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use pin_project_lite::pin_project;

use crate::grants::Grants;

pin_project! {
    /// A preflight's answer, there at once; or waits for the wrapped service and puts the grants on what comes out of it.
    #[project = Projected]
    pub enum ResponseFuture<F, B> {
        Answered {
            #[pin]
            answer: Ready<Result<ServiceResponse<EitherBody<B>>, Error>>,
        },
        Forwarded {
            #[pin]
            response: F,
            grants: Grants,
        },
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(crate) fn answered(response: ServiceResponse) -> Self {
        Self::Answered { answer: std::future::ready(Ok(response.map_into_right_body())) }
    }

    pub(crate) const fn forwarded(response: F, grants: Grants) -> Self {
        Self::Forwarded { response, grants }
    }
}

impl<F, B> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (response, grants) = match self.project() {
            Projected::Answered { answer } => return answer.poll(context),
            Projected::Forwarded { response, grants } => (ready!(response.poll(context)), grants),
        };
        Poll::Ready(match response {
            Ok(mut response) => {
                grants.write(response.headers_mut());
                Ok(response.map_into_left_body())
            }
            // An inner middleware's error becomes a response further out; the grants go along and are written then (SRV-23).
            Err(mut error) => {
                let grants = grants.clone();
                error.add_response_mapper(move |mut response| {
                    grants.clone().write(response.headers_mut());
                    response
                });
                Err(error)
            }
        })
    }
}
