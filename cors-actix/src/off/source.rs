//! Replaces the source without the feature `source`: there is none.

use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::EitherBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Answered, Ask, Question};

use crate::careless::SourceReport;
use crate::incoming::Incoming;
use crate::prepared::Prepared;

#[derive(Debug)]
pub(crate) enum Questions {}

pub(crate) type SharedQuestions = Arc<Questions>;

pub(crate) type Subject = Infallible;

impl Questions {
    pub(crate) const fn known(&self, _: Ask<'_>, _: u64, _: &Incoming<'_>) -> Result<Answered, (Question, Subject)> {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "the feature `source` awaits")]
    pub(crate) async fn answer(
        self: Arc<Self>,
        _: &ServiceRequest,
        _: &Prepared,
        _: Subject,
        _: Arc<dyn Fn(SourceReport<'_>) + Send + Sync>,
        _: impl Fn() -> bool,
    ) -> Answered {
        match *self {}
    }
}

/// Never exists: a request never waits.
#[derive(Debug)]
pub struct Asking<B>(Infallible, PhantomData<B>);

pub(crate) fn asking<B, F>(questions: SharedQuestions, _: impl FnOnce(SharedQuestions) -> F) -> Asking<B> {
    match *questions {}
}

impl<B> Future for Asking<B> {
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        match self.0 {}
    }
}

impl<B> Unpin for Asking<B> {}
