//! What must hold for any input, one module a target. Each compares with something that was made without the code under test: the naive
//! model of the server's half (`cors-core/tests/naive`), or a plain statement of what must never happen.

#[path = "../../cors-core/tests/naive/mod.rs"]
#[allow(dead_code, reason = "the model is shared with a test that uses all of it")]
mod naive;

/// The pipeline of `cors_policy!`, since a procedural macro exports nothing else. Its modules name each other as the root's.
#[path = "../../cors-macros/src"]
#[allow(dead_code, reason = "the compiler uses the rest")]
mod macros {
    pub(crate) mod actix_cors;
    pub(crate) mod build;
    pub(crate) mod configuration;
    pub(crate) mod constant;
    pub(crate) mod emit;
    pub(crate) mod environment;
    pub(crate) mod expand;
    pub(crate) mod extent;
    pub(crate) mod parse;
    pub(crate) mod report;
    pub(crate) mod source;
    pub(crate) mod text;
}
extern crate proc_macro;
use macros::{
    actix_cors, build, configuration, constant, emit, environment, expand, extent, parse, report, source, text,
};

pub mod document;
pub mod message;
pub mod model;
pub mod origin;
pub mod pasted;
pub mod policy;
pub mod recording;
pub mod suite;
pub mod tokens;

/// The check of a target: panics where something does not hold.
pub type Check = fn(&[u8]);

/// All targets, by the names of their programs.
pub const TARGETS: [(&str, Check); 9] = [
    ("document", document::check),
    ("message", message::check),
    ("model", model::check),
    ("origin", origin::check),
    ("pasted", pasted::check),
    ("policy", policy::check),
    ("recording", recording::check),
    ("suite", suite::check),
    ("tokens", tokens::check),
];

/// What is asked for is at a server. `http:host` is too, as parsers of URLs read it.
fn assert_of_server(address: &str, text: &str) {
    let is_of_server = |url: url::Url| url.has_host() && ["http", "https"].contains(&url.scheme());
    assert!(url::Url::parse(address).is_ok_and(is_of_server), "{address:?} of {text:?}");
}

/// No text for people commands a terminal, and what is more than a line is indented.
fn assert_plain(text: &str) {
    assert!(!text.contains(['\r', '\u{1b}', '\0']), "{text:?}");
    assert!(text.lines().skip(1).all(|line| line.starts_with("    ")), "{text:?}");
}
