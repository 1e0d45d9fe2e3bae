//! Forwards requests without change, and answers those for its own page.

use std::cell::Cell;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use actix_service::{Service, forward_ready};
use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use pin_project_lite::pin_project;

use super::exchange::KeptRequest;
use super::{Inspector, InspectorState, page};
use crate::nesting;
use crate::observe::DecisionLog;

/// The service that [`Inspector`] wraps around another.
#[derive(Debug)]
pub struct InspectorService<S> {
    pub(super) inspector: Inspector,
    pub(super) service: S,
}

/// A request whose answer will be stored.
struct Watched {
    shared: Arc<InspectorState>,
    request: KeptRequest,
    decisions: DecisionLog,
}

impl Watched {
    fn keep(self, status: StatusCode, headers: &HeaderMap) {
        self.shared.log.add(self.request, status.as_u16(), headers, self.decisions.decisions());
    }
}

impl<S, B> Service<ServiceRequest> for InspectorService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = InspectorFuture<S::Future, B>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        if !self.inspector.is_on {
            return InspectorFuture::Passing { response: self.service.call(request), watched: None };
        }
        if let Some(path) = page::path_of(&request) {
            let response = page::answer(&self.inspector, &request, &path);
            let answer = ready(Ok(request.into_response(response).map_into_right_body()));
            return InspectorFuture::Answered { answer };
        }
        let shared = Arc::clone(&self.inspector.shared);
        // A policy is outside of the inspector, so the inspector does not see its headers.
        let watched = if nesting::serve().0.is_some() {
            shared.log.is_inside_policy();
            None
        } else {
            // A test or an outer inspector may have added one.
            let decisions = request.extensions().get::<DecisionLog>().cloned().unwrap_or_default();
            request.extensions_mut().insert(decisions.clone());
            KeptRequest::of(&request, &shared.log).map(|request| Watched { shared, request, decisions })
        };
        InspectorFuture::Passing { response: self.service.call(request), watched }
    }
}

pin_project! {
    /// The page's answer, ready at once; or waits for the app.
    #[project = Projected]
    pub enum InspectorFuture<F, B> {
        Answered {
            #[pin]
            answer: Ready<Result<ServiceResponse<EitherBody<B>>, Error>>,
        },
        Passing {
            #[pin]
            response: F,
            watched: Option<Watched>,
        },
    }
}

impl<F, B> Future for InspectorFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (response, watched) = match self.project() {
            Projected::Answered { answer } => return answer.poll(context),
            Projected::Passing { response, watched } => (ready!(response.poll(context)), watched.take()),
        };
        Poll::Ready(match (response, watched) {
            (Ok(response), watched) => {
                if let Some(watched) = watched {
                    watched.keep(response.status(), response.headers());
                }
                Ok(response.map_into_left_body())
            }
            // An error of inner middleware becomes a response further outside, and is stored then.
            (Err(mut error), Some(watched)) => {
                let watched = Cell::new(Some(watched));
                error.add_response_mapper(move |response| {
                    if let Some(watched) = watched.take() {
                        watched.keep(response.status(), response.headers());
                    }
                    response
                });
                Err(error)
            }
            (Err(error), None) => Err(error),
        })
    }
}
