//! What must hold for any input, one module a target. Each compares with something that was made without the code under test: the naive
//! model of the server's half (`cors-core/tests/naive`), or a plain statement of what must never happen.

#[path = "../../cors-core/tests/naive/mod.rs"]
#[allow(dead_code, reason = "the model is shared with a test that uses all of it")]
mod naive;

pub mod document;
pub mod message;
pub mod model;
pub mod origin;
pub mod pasted;
pub mod policy;
pub mod recording;
pub mod suite;

/// The check of a target: panics where something does not hold.
pub type Check = fn(&[u8]);

/// All targets, by the names of their programs.
pub const TARGETS: [(&str, Check); 8] = [
    ("document", document::check),
    ("message", message::check),
    ("model", model::check),
    ("origin", origin::check),
    ("pasted", pasted::check),
    ("policy", policy::check),
    ("recording", recording::check),
    ("suite", suite::check),
];

/// No text for people commands a terminal, and what is more than a line is indented.
fn assert_plain(text: &str) {
    assert!(!text.contains(['\r', '\u{1b}', '\0']), "{text:?}");
    assert!(text.lines().skip(1).all(|line| line.starts_with("    ")), "{text:?}");
}
