//! Middleware that asks nothing of a request, and writes headers.

use std::future::{Future, Ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_service::{Service, Transform, forward_ready};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderName, VARY,
};
use pin_project_lite::pin_project;

use super::by_hand::insert_to_allowed;

/// Writes by a function, which as a type of its own takes no room and no jump.
pub(super) struct Floor<W>(pub(super) W);

pub(super) struct FloorService<S, W> {
    service: S,
    write: W,
}

pin_project! {
    pub(super) struct FloorFuture<F, W> {
        #[pin]
        response: F,
        write: W,
    }
}

impl<S, B, W> Transform<S, ServiceRequest> for Floor<W>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
    W: Fn(&mut HeaderMap) + Copy,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = FloorService<S, W>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        std::future::ready(Ok(FloorService { service, write: self.0 }))
    }
}

impl<S, B, W> Service<ServiceRequest> for FloorService<S, W>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
    W: Fn(&mut HeaderMap) + Copy,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = FloorFuture<S::Future, W>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        FloorFuture { response: self.service.call(request), write: self.write }
    }
}

impl<F, B, W> Future for FloorFuture<F, W>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
    W: Fn(&mut HeaderMap),
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.project();
        let mut response = ready!(future.response.poll(context))?;
        (future.write)(response.headers_mut());
        Poll::Ready(Ok(response.map_into_left_body()))
    }
}

/// The same three headers, after one look for what the handler set: what that costs is the difference.
pub(super) fn clear_and_insert(headers: &mut HeaderMap) {
    let (mut any_own, mut any_vary) = (false, false);
    for name in headers.keys() {
        any_own |= OWN.contains(name);
        any_vary |= *name == VARY;
    }
    if any_own {
        for name in OWN {
            headers.remove(name);
        }
    }
    // The same look tells whether there is a `Vary` to merge with; the floor merges none.
    std::hint::black_box(any_vary);
    insert_to_allowed(headers);
}

const OWN: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_EXPOSE_HEADERS,
];
