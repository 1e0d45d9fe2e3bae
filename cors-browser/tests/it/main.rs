//! Tests of the model and of explanations, other than tables: a module for each topic.

mod browser_model;
mod explain;
#[path = "../../../cors-core/tests/it/random.rs"]
mod random;
#[path = "../../../cors-core/tests/support/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "other programs use the rest")]
mod support;
