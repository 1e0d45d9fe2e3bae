//! Origins that a function or a database knows.

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

use std::sync::Arc;

pub(crate) type SharedQuestions = Arc<Questions>;
