//! What the tests share: the tables of `data` and drafts made from them, and how responses are looked at.

mod draft;
mod headers;
pub mod service;
mod tables;
pub mod wire;

pub use draft::draft;
pub use headers::{cors_headers, cors_of};
pub use tables::{DraftRow, Expectation, Mistake, ServerRow, drafts, policies, server_rows};
