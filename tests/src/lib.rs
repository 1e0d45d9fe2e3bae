//! What the tests share: the tables of `data` and drafts made from them, how responses are looked at, and running examples.

mod draft;
pub mod example;
mod headers;
pub mod log;
pub mod service;
mod tables;
pub mod wire;

pub use draft::draft;
pub use headers::{cors_headers, cors_of};
pub use tables::{DraftRow, Expectation, Mistake, ServerRow, drafts, policies, server_rows};
