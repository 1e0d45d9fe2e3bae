//! The future of a response: answered, or forwarded.

use std::future::{Future, Ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::{Error, HttpRequest, HttpResponse};
use pin_project_lite::pin_project;

use crate::grants::Grants;
use crate::nested_grant::NestedGrant;
use crate::source::Asking;

pin_project! {
    /// The answer to a preflight, ready at once; or waits for the wrapped service and adds the grants to its response.
    ///
    /// It is moved several times before it is polled, so it stores an answer without `EitherBody`, which is larger.
    #[project = Projected]
    pub enum ResponseFuture<F, B> {
        Answered {
            #[pin]
            answer: Ready<ServiceResponse>,
        },
        Forwarded {
            #[pin]
            response: F,
            grants: Grants,
            // `None` for a single policy.
            nested: Option<NestedGrant>,
        },
        Asking {
            // Waits for the source of origins.
            response: Asking<B>,
        },
    }
}

impl<F, B> ResponseFuture<F, B> {
    #[inline(always)]
    pub(crate) fn answered(request: HttpRequest, response: HttpResponse) -> Self {
        Self::Answered { answer: std::future::ready(ServiceResponse::new(request, response)) }
    }
}

impl<F, B> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (response, grants, nested) = match self.project() {
            Projected::Answered { answer } => {
                return answer.poll(context).map(|answer| {
                    // Without `map_into_right_body`: 80 instructions less.
                    let (request, response) = answer.into_parts();
                    let (head, body) = response.into_parts();
                    Ok(ServiceResponse::new(request, head.set_body(EitherBody::right(body))))
                });
            }
            Projected::Forwarded { response, grants, nested } => (response, grants, nested),
            Projected::Asking { response } => return Pin::new(response).poll(context),
        };
        let response = match nested {
            None => response.poll(context),
            Some(nested) => {
                let _entered = nested.enter();
                response.poll(context)
            }
        };
        // With `?` instead of a match the response is moved once less: 40 instructions less.
        let response = ready!(response).map_err(|error| match nested {
            None => grants.attach_to(error),
            Some(nested) => nested.clone().attach_to(grants.clone(), error),
        })?;
        // Without `map_body`: 120 instructions less.
        let (request, mut response) = response.into_parts();
        match nested {
            None => grants.write(response.headers_mut()),
            Some(nested) => nested.clone().write(grants.clone(), response.headers_mut()),
        }
        Poll::Ready(Ok(ServiceResponse::new(request, {
            let (head, body) = response.into_parts();
            head.set_body(EitherBody::left(body))
        })))
    }
}
