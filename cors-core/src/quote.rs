//! Text of others, shown so that one sees where it begins and ends.

use std::fmt::{self, Write};

/// Text in quotes, with what does not print escaped. Of a longer one the beginning, and how long it is.
pub(crate) struct Quoted<'t> {
    pub(crate) text: &'t str,
    /// In bytes.
    pub(crate) max_bytes: usize,
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = start(self.text, self.max_bytes);
        write!(formatter, "{start:?}")?;
        rest(self.text, start, formatter)
    }
}

/// Text without quotes, of a longer one the beginning. Control characters are escaped, so that it neither ends a line nor
/// moves a terminal's cursor.
pub(crate) struct Plain<'t> {
    pub(crate) text: &'t str,
    /// In bytes.
    pub(crate) max_bytes: usize,
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = start(self.text, self.max_bytes);
        start.chars().try_for_each(|letter| match letter.is_control() {
            true => write!(formatter, "{}", letter.escape_debug()),
            false => formatter.write_char(letter),
        })?;
        rest(self.text, start, formatter)
    }
}

/// The whole characters among the first `max_bytes` bytes.
pub(crate) fn start(text: &str, max_bytes: usize) -> &str {
    let end = (0..=max_bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// How long a text is that does not end where `start` does.
fn rest(text: &str, start: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text.len() {
        length if length == start.len() => Ok(()),
        length => write!(formatter, "... ({length} bytes)"),
    }
}
