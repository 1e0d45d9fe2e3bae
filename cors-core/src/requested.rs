//! The header names that a preflight requests: one list, on one or several lines (RFC 9110, 5.3).

use std::borrow::Cow;

use crate::IncomingRequest;
use crate::joined::{COMMA, joined};
use crate::names::is_token_byte;

/// Maximum length in bytes of a method or a list that is echoed (SRV-14, SRV-15).
pub(crate) const MAX_ECHO_LENGTH: usize = 4096;

/// Returns the elements of the list without the empty ones. They may be invalid names.
pub(crate) fn names<'r>(request: &impl IncomingRequest<'r>) -> impl Iterator<Item = &'r [u8]> {
    let elements = request.access_control_request_headers_lines().flat_map(|line| line.split(|byte| *byte == b','));
    elements.map(trim).filter(|element| !element.is_empty())
}

/// Whether the list can be echoed (SRV-15): it has a name, every element is a name or empty, and the lines with names
/// are together not too long.
pub(crate) fn can_be_echoed<'r>(mut lines: impl Iterator<Item = &'r [u8]>) -> bool {
    match (lines.next(), lines.next()) {
        (None, _) => false,
        (Some(line), None) => line.len() <= MAX_ECHO_LENGTH && has_names(line) == Some(true),
        (Some(first), Some(second)) => can_be_joined([first, second].into_iter().chain(lines)),
    }
}

/// Whether several lines can be echoed. Lines without a name are ignored.
#[inline(never)]
fn can_be_joined<'r>(lines: impl Iterator<Item = &'r [u8]>) -> bool {
    let mut length = 0;
    for line in lines {
        match has_names(line) {
            Some(true) if length == 0 => length = line.len(),
            Some(true) => length += COMMA.len() + line.len(),
            Some(false) => {}
            None => return false,
        }
        if length > MAX_ECHO_LENGTH {
            return false;
        }
    }
    length > 0
}

/// Returns the list to echo: the lines with names, joined.
pub(crate) fn echo<'r>(request: &impl IncomingRequest<'r>) -> Option<Cow<'r, [u8]>> {
    joined(|| request.access_control_request_headers_lines().filter(|line| has_names(line) == Some(true)))
}

/// Whether a line has a name; `None` if an element is not a name. Takes one table look-up for each byte.
fn has_names(line: &[u8]) -> Option<bool> {
    let end = line.iter().fold(START, |state, byte| NEXT[usize::from(state) % NEXT.len()][usize::from(*byte)]);
    match end {
        START => Some(false),
        BROKEN => None,
        _ => Some(true),
    }
}

/// The state before the first name.
const START: u8 = 0;
const IN_NAME: u8 = 1;
/// The state after a name and a blank. Only blanks and a comma can follow.
const BEHIND_NAME: u8 = 2;
/// The state after a comma that follows a name.
const BETWEEN_NAMES: u8 = 3;
const BROKEN: u8 = 4;

/// The next state for each state and byte. The number of states is a power of two, so that no index is checked.
static NEXT: [[u8; 256]; 8] = {
    let mut next = [[BROKEN; 256]; 8];
    let mut byte = 0;
    while byte <= u8::MAX as usize {
        if is_token_byte(byte as u8) {
            (next[0][byte], next[1][byte], next[3][byte]) = (IN_NAME, IN_NAME, IN_NAME);
        }
        byte += 1;
    }
    // Only spaces and tabs can surround an element of a list.
    let blanks = [b' ' as usize, b'\t' as usize];
    let mut blank = 0;
    while blank < blanks.len() {
        let byte = blanks[blank];
        (next[0][byte], next[1][byte], next[2][byte], next[3][byte]) = (START, BEHIND_NAME, BEHIND_NAME, BETWEEN_NAMES);
        blank += 1;
    }
    let comma = b',' as usize;
    (next[0][comma], next[1][comma], next[2][comma], next[3][comma]) =
        (START, BETWEEN_NAMES, BETWEEN_NAMES, BETWEEN_NAMES);
    next
};

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
