//! What the consoles of three engines say, and how it is read. Where a text was never seen, none is made; what older versions are
//! known to say is read all the same.

mod beside;
mod chromium;
mod firefox;
mod webkit;

use super::{Cause, Facts};
use crate::Engine;

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

/// With straight quotes, in one line, and without what a terminal or a letter adds, or what would command a terminal.
fn plain(message: &str) -> String {
    let straight = |letter| match letter {
        '‘' | '’' | '`' => '\'',
        '“' | '”' => '"',
        _ => letter,
    };
    let uncoloured = without_escapes(message);
    let lines = uncoloured.lines().map(|line| without_place(line.trim_start_matches(['>', '|', ' ', '\t'])));
    let printed = |word: &str| word.chars().filter(|letter| !letter.is_control()).map(straight).collect::<String>();
    let words = lines.flat_map(str::split_whitespace).map(printed);
    words.collect::<Vec<_>>().join(" ")
}

/// A console ends a line with a link to an explanation, or with where in the source it was; a fence of Markdown is no line.
fn without_place(line: &str) -> &str {
    let line = line.trim_end();
    let line = line.strip_suffix("[Learn More]").unwrap_or(line).trim_end();
    let (before, last) = line.rsplit_once([' ', '\t']).unwrap_or(("", line));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (file, place) = last.split_once(':').unwrap_or((last, ""));
    let is_place = file.contains('.') && place.split(':').all(is_number);
    if is_place || line.starts_with("```") { before } else { line }
}

/// Colours of a terminal begin with an escape and a bracket, and end with a letter (ECMA-48, 5.4).
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_final = |letter: char| ('@'..='~').contains(&letter);
        plain.push_str(part.split_once(is_final).map_or("", |(_, rest)| rest));
    }
    plain
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
    // Parentheses are part of an address, unless it stands in them.
    let closing: &[char] = if text[..start].ends_with('(') { &['.', ',', ')'] } else { &['.', ','] };
    Some(text[start..end].trim_end_matches(closing).to_owned())
}
