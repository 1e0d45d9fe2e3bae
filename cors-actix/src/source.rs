//! Origins from a function or a database.

mod addressed;
mod in_flight;
mod memory;
mod origin_source;
mod peer;
mod probe;
mod questions;
mod queue;
mod settings;
mod subject;

pub use addressed::Addressed;
pub use origin_source::{OriginSource, SourceAnswer};
pub(crate) use questions::Questions;
pub use settings::Source;
pub(crate) use subject::Subject;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::Error;
use actix_web::body::EitherBody;
use actix_web::dev::ServiceResponse;

pub(crate) type SharedQuestions = Arc<Questions>;

/// A response that waits for the source.
pub(crate) type Asking<B> = Pin<Box<dyn Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>>>>;

/// Asks the source first. The future is boxed, so that futures without a question stay small.
pub(crate) fn asking<B, F>(questions: SharedQuestions, ask: impl FnOnce(SharedQuestions) -> F) -> Asking<B>
where
    F: Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>> + 'static,
{
    Box::pin(ask(questions))
}
