//! Code for the tests of several crates: the tables of `data`, and drafts made from them.

mod draft;
mod tables;

pub use draft::built;
pub use tables::{
    DraftRow, Expectation, Mistake, Request, Row, ServerRow, all_keys, bytes, class_of, drafts, policies, policy_keys,
    rows, server_rows,
};
