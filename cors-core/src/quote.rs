//! User text in messages, quoted or escaped, and shortened.

use std::fmt::{self, Write};

/// Text in quotes, escaped. A long text prints as its beginning and its length.
pub(crate) struct Quoted<'t> {
    pub(crate) text: &'t str,
    /// Maximum number of bytes to print.
    pub(crate) max_bytes: usize,
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = start(self.text, self.max_bytes);
        write!(formatter, "{start:?}")?;
        rest(self.text, start, formatter)
    }
}

/// Text without quotes. A long text prints as its beginning and its length. Control characters are escaped, so that the
/// text can neither end a line nor move the cursor of a terminal.
pub(crate) struct Plain<'t> {
    pub(crate) text: &'t str,
    /// Maximum number of bytes to print.
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

/// Returns the longest prefix of at most `max_bytes` bytes that ends at a character boundary.
pub(crate) fn start(text: &str, max_bytes: usize) -> &str {
    let end = (0..=max_bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Writes the length of a text that is longer than `start`.
fn rest(text: &str, start: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text.len() {
        length if length == start.len() => Ok(()),
        length => write!(formatter, "... ({length} bytes)"),
    }
}
