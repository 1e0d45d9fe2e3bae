//! Origins that a source is asked for: who gets what, what is remembered, how often and how long is asked, and what a flood does.

mod answers;
mod failures;
mod flood;
mod keys;
mod memory;
mod peers;
mod questions;
mod source;
mod strangers;
