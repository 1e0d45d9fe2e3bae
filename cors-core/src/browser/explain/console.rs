//! What the consoles of three engines say, and how it is read. Where a text was never seen, none is made; what older versions are
//! known to say is read all the same.

mod beside;
mod chromium;
mod firefox;
mod webkit;

use super::{Cause, Facts};
use crate::browser::Engine;

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
    let message = plain(message);
    chromium::read(&message)
        .or_else(|| firefox::read(&message))
        .or_else(|| webkit::read(&message))
        .or_else(|| beside::read(&message))
}

/// With straight quotes, and in one line.
fn plain(message: &str) -> String {
    let straight = |letter| match letter {
        '‘' | '’' | '`' => '\'',
        '“' | '”' => '"',
        _ => letter,
    };
    let words = message.split_whitespace().map(|word| word.chars().map(straight).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

/// What stands between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn owned_between(text: &str, before: &str, after: &str) -> Option<String> {
    between(text, before, after).map(str::to_owned)
}

/// The number that follows a text.
fn number_after(text: &str, before: &str) -> Option<u16> {
    let (_, rest) = text.split_once(before)?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The first address in a text.
fn address(text: &str) -> Option<String> {
    let start = text.find("https://").into_iter().chain(text.find("http://")).min()?;
    let end = text[start..].find([' ', '\'', '"']).map_or(text.len(), |length| start + length);
    Some(text[start..end].trim_end_matches(['.', ',']).to_owned())
}
