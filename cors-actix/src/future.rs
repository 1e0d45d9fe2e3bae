//! The response of a forwarded request.

use std::future::{Future, Ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use pin_project_lite::pin_project;

use crate::grants::Grants;

/// A preflight's answer, there at once.
pub(crate) type Answer<B> = Ready<Result<ServiceResponse<EitherBody<B>>, Error>>;

pin_project! {
    /// Waits for the wrapped service and puts the grants on what comes out of it.
    #[derive(Debug)]
    pub struct Forwarded<F> {
        #[pin]
        inner: F,
        grants: Option<Grants>,
    }
}

impl<F> Forwarded<F> {
    pub(crate) const fn new(inner: F, grants: Grants) -> Self {
        Self { inner, grants: Some(grants) }
    }
}

impl<F, B> Future for Forwarded<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let result = ready!(this.inner.poll(context));
        let Some(grants) = this.grants.take() else {
            return Poll::Ready(result.map(ServiceResponse::map_into_left_body));
        };
        Poll::Ready(match result {
            Ok(mut response) => {
                grants.write(response.headers_mut());
                Ok(response.map_into_left_body())
            }
            // An inner middleware's error becomes a response further out; the grants go along and are written then (SRV-23).
            Err(mut error) => {
                error.add_response_mapper(move |mut response| {
                    grants.write(response.headers_mut());
                    response
                });
                Err(error)
            }
        })
    }
}
