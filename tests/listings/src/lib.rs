//! The pages of the repository, held against what they speak of: their Rust listings are the modules below, and `tests/` reads the rest.

pub mod markdown;

#[cfg(test)]
mod given;

include!(concat!(env!("OUT_DIR"), "/listings.rs"));
