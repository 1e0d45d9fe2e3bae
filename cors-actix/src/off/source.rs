//! Without the feature `source` there is none.

use std::borrow::Cow;
use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::EitherBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Answered, Origin, Policy};

use crate::careless::Told;

#[derive(Debug)]
pub(crate) enum Questions {}

pub(crate) type SharedQuestions = Arc<Questions>;

pub(crate) struct Subject;

impl Subject {
    pub(crate) const fn new(_: &str, _: &Origin) -> Self {
        Self
    }

    pub(crate) const fn of_version(self, _: u64) -> Self {
        self
    }
}

impl Questions {
    pub(crate) const fn key<'r>(&self, _: &'r ServiceRequest) -> Option<Cow<'r, str>> {
        match *self {}
    }

    pub(crate) const fn recall(&self, _: &str, _: &[u8], _: u64) -> Option<Answered> {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "with the feature it waits")]
    pub(crate) async fn answer(
        self: Arc<Self>,
        _: &ServiceRequest,
        _: &Policy,
        _: Subject,
        _: Arc<dyn Fn(Told<'_>) + Send + Sync>,
        _: impl Fn() -> bool,
    ) -> Answered {
        match *self {}
    }
}

/// There is none: a request never waits.
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
