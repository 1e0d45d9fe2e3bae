//! Without the feature `source` there is none.

use std::convert::Infallible;
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Ask, Question};

use crate::careless::Told;
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
        _: Arc<dyn Fn(Told<'_>) + Send + Sync>,
        _: impl Fn() -> bool,
    ) -> Answered {
        match *self {}
    }
}
