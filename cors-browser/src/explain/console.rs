//! Writes and reads the console messages of three engines. Writes only messages that were seen; also reads messages
//! that older versions are known to print.

mod chromium;
mod firefox;
mod message;
mod translated;
mod unrelated;
mod webkit;

use super::{Cause, Facts};
use crate::Engine;
use message::Message;

/// Returns what the console of an engine prints.
pub(super) fn text(engine: Engine, cause: Cause, facts: &Facts) -> Option<String> {
    match engine {
        Engine::Chromium => chromium::text(cause, facts),
        Engine::Firefox => firefox::text(cause, facts),
        Engine::WebKit => webkit::text(cause, facts),
    }
}

/// Reads a message. If the text has several, returns the one that says most.
pub(super) fn read(message: &str) -> Option<(Cause, Facts)> {
    let message = Message::of(message);
    chromium::read(&message)
        .or_else(|| firefox::read(&message))
        .or_else(|| webkit::read(&message))
        .or_else(|| translated::read(&message))
        .or_else(|| unrelated::read(&message))
}
