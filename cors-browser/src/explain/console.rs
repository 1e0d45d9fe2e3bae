//! What the consoles of three engines say, and how it is read. Where a text was never seen, none is made; what older versions are
//! known to say is read all the same.

mod beside;
mod chromium;
mod firefox;
mod message;
mod translated;
mod webkit;

use super::{Cause, Facts};
use crate::Engine;
use message::Message;

/// What an engine prints.
pub(super) fn text(engine: Engine, cause: Cause, facts: &Facts) -> Option<String> {
    match engine {
        Engine::Chromium => chromium::text(cause, facts),
        Engine::Firefox => firefox::text(cause, facts),
        Engine::WebKit => webkit::text(cause, facts),
    }
}

/// What a message tells. Of several the one that tells most.
pub(super) fn read(message: &str) -> Option<(Cause, Facts)> {
    let message = Message::of(message);
    chromium::read(&message)
        .or_else(|| firefox::read(&message))
        .or_else(|| webkit::read(&message))
        .or_else(|| translated::read(&message))
        .or_else(|| beside::read(&message))
}
