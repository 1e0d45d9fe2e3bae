//! Real engines against the model: generated visits of pages to servers, each run in both.
//!
//! A visit says what scripts of some pages ask for, one request after the other, and what servers answer, byte for byte. Answers depend
//! on nothing but the visit and what arrived before. So the model ([`cors_browser`]) and an engine must agree on all that can be seen:
//! what arrives at the servers, and what the scripts get. What depends on time is asked of the model at the times of the engine.

mod answers;
mod compare;
mod document;
#[cfg(feature = "browser")]
mod driver;
mod generate;
#[cfg(feature = "browser")]
mod javascript;
mod model;
mod random;
mod render;
#[cfg(feature = "browser")]
mod runner;
mod seen;
#[cfg(feature = "browser")]
mod server;
mod site;
mod times;
mod visit;

pub use answers::{Answer, Resource};
pub use compare::{Difference, compare};
pub use document::{Document, Frame};
#[cfg(feature = "browser")]
pub use driver::{Driver, EngineName, stopped};
pub use generate::generate;
pub use model::{Told, ask_model, replay};
#[cfg(feature = "browser")]
pub use runner::{Report, run};
pub use seen::{Arrived, Cookies, Outcome, Seen};
pub use site::{Site, Sites};
pub use times::Times;
pub use visit::{Ask, By, Id, Kind, Made, Payload, Visit};

/// The sample that `./test` runs in Chromium.
pub const SEED: u64 = 32;
/// How many visits it has.
pub const SAMPLE: usize = 1000;

/// Each character stands for one byte.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect()
}
