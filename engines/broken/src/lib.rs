//! A copy of `cors-browser` in which any one rule can be broken, by a number. The build script makes it: `rules` says what is broken, and
//! how.

#![forbid(unsafe_code)]
// Broken rules leave much unused, and the copy is documented where it comes from.
#![allow(warnings, clippy::all, rustdoc::all)]

pub mod mutants;

include!(concat!(env!("OUT_DIR"), "/copy/lib.rs"));
