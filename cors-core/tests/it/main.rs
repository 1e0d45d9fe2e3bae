//! Tests of the core, other than tables: a module for each topic.

mod advice;
mod answers;
mod data;
mod doors;
mod drafts;
mod edges;
mod matcher;
mod nested;
mod origins;
mod packed;
mod parts;
mod patterns;
mod random;
mod rules;
mod source;
mod spellings;
mod strangers;
#[path = "../support/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "other programs use the rest")]
mod support;
mod variables;
