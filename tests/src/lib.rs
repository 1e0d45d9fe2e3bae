//! What the tests share: the tables of `data` and drafts made from them, how responses are looked at, and running examples.

pub mod example;
mod headers;
pub mod log;
mod package;
pub mod program;
mod schema;
pub mod service;
mod source;
#[path = "../../cors-core/tests/support/mod.rs"]
mod support;
pub mod why;
pub mod wire;

pub use headers::{cors_headers, cors_of};
pub use package::Package;
pub use schema::schema;
pub use source::Source;
pub use support::*;
