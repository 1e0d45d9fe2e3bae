//! Request headers that need no preflight.

use super::HeaderLine;
use super::deviations::{Deviations, RepeatedHeader};
use super::header::{isomorphic_decode, trim_whitespace};

/// Maximum number of bytes of a safelisted value (HDR-1).
const MAX_VALUE_LENGTH: usize = 128;
/// Maximum number of bytes of all safelisted values together (HDR-3).
const MAX_TOTAL_LENGTH: usize = 1024;

/// Whether a request may have this header without a preflight (HDR-1,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
///
/// ```
/// use cors_browser::is_safelisted_request_header;
///
/// assert!(is_safelisted_request_header("Content-Type", b"text/plain;charset=UTF-8"));
/// assert!(!is_safelisted_request_header("Content-Type", b"application/json"));
/// ```
pub fn is_safelisted_request_header(name: &str, value: &[u8]) -> bool {
    is_safelisted(name, value, &Deviations::STANDARD)
}

pub(super) fn is_safelisted(name: &str, value: &[u8], deviations: &Deviations) -> bool {
    let unsafe_byte = |byte: &u8| is_unsafe_byte(*byte) || (deviations.high_bytes_are_unsafe && *byte >= 0x80);
    value.len() <= MAX_VALUE_LENGTH
        && match name.to_ascii_lowercase().as_str() {
            "accept" => !value.iter().any(unsafe_byte),
            "accept-language" | "content-language" => value.iter().all(is_language_byte),
            "content-type" => {
                let is_strict = deviations.stray_separators_are_unsafe;
                !value.iter().any(unsafe_byte) && is_form_type(value) && !(is_strict && has_stray_separator(value))
            }
            "range" => is_simple_range(value, deviations),
            name => deviations.safelists_client_hints && is_client_hint_with(name, value),
        }
}

/// Returns the header names that need a preflight, in lower case and alphabetical order, as a preflight lists them
/// (HDR-3, <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>).
///
/// ```
/// use cors_browser::{HeaderLine, unsafe_request_header_names};
///
/// let lines = [HeaderLine::new("X-B", "1"), HeaderLine::new("Accept", "*/*"), HeaderLine::new("x-a", "2")];
/// assert_eq!(unsafe_request_header_names(&lines), ["x-a", "x-b"]);
/// ```
pub fn unsafe_request_header_names(headers: &[HeaderLine]) -> Vec<String> {
    unsafe_names(headers, &Deviations::STANDARD)
}

pub(super) fn unsafe_names(headers: &[HeaderLine], deviations: &Deviations) -> Vec<String> {
    let safelisted = |line: &&HeaderLine| is_safelisted(&line.name, &line.value, deviations);
    let (safe, mut needed): (Vec<&HeaderLine>, Vec<&HeaderLine>) = headers.iter().partition(safelisted);
    let each = deviations.repeated_header == RepeatedHeader::ListedEach;
    if safe.iter().map(|line| line.value.len()).sum::<usize>() > MAX_TOTAL_LENGTH && !each {
        needed.extend(safe);
    }
    let mut names: Vec<String> = needed.iter().map(|line| line.name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    if !each {
        names.dedup();
    }
    names
}

/// Whether mode `no-cors` allows this header: HDR-6
/// (<https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>).
pub(super) fn is_no_cors_safelisted(name: &str, value: &[u8], deviations: &Deviations) -> bool {
    let allowed = ["accept", "accept-language", "content-language", "content-type"];
    allowed.contains(&name.to_ascii_lowercase().as_str()) && is_safelisted(name, value, deviations)
}

/// Whether a byte is unsafe: HDR-2 (<https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>).
fn is_unsafe_byte(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7f || b"\"():<>?@[\\]{}".contains(&byte)
}

fn is_language_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b" *,-.;=".contains(byte)
}

fn is_form_type(value: &[u8]) -> bool {
    matches!(
        essence(value).as_deref(),
        Some("application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain")
    )
}

/// Whether there is a comma, or a semicolon behind the last parameter.
fn has_stray_separator(value: &[u8]) -> bool {
    let parameters = trim_whitespace(value).strip_suffix(b";");
    value.contains(&b',') || parameters.is_some_and(|before| before.contains(&b';'))
}

/// Returns the essence of a MIME type (<https://mimesniff.spec.whatwg.org/#parse-a-mime-type>). Parameters cannot make
/// the type invalid.
fn essence(value: &[u8]) -> Option<String> {
    let value = trim_whitespace(value);
    let slash = value.iter().position(|byte| *byte == b'/')?;
    let (main, rest) = (&value[..slash], &value[slash + 1..]);
    let subtype = trim_whitespace_end(rest.split(|byte| *byte == b';').next()?);
    Some(isomorphic_decode(&[main, b"/", subtype].concat()).to_ascii_lowercase())
}

fn trim_whitespace_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !b" \t\r\n".contains(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Whether a value is a simple range with a first byte (<https://fetch.spec.whatwg.org/#simple-range-header-value>).
fn is_simple_range(value: &[u8], deviations: &Deviations) -> bool {
    const UNIT: &[u8] = b"bytes=";
    let Some((unit, range)) = value.split_at_checked(UNIT.len()) else {
        return false;
    };
    if unit != UNIT && !(deviations.range_unit_in_any_case && unit.eq_ignore_ascii_case(UNIT)) {
        return false;
    }
    let Some(dash) = range.iter().position(|byte| *byte == b'-') else {
        return false;
    };
    let (first, last) = (&range[..dash], &range[dash + 1..]);
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let fits = |digits: &[u8]| deviations.largest_in_range.is_none_or(|largest| !is_less(largest.as_bytes(), digits));
    let well_formed = !first.is_empty() && digits(first) && digits(last) && (last.is_empty() || !is_less(last, first));
    well_formed && fits(first) && fits(last)
}

/// Compares decimal numbers of any length.
fn is_less(left: &[u8], right: &[u8]) -> bool {
    let (left, right) = (without_zeros(left), without_zeros(right));
    (left.len(), left) < (right.len(), right)
}

fn without_zeros(mut digits: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = digits {
        digits = rest;
    }
    digits
}

/// Whether Chromium tells a server about the device with this header.
pub(super) fn is_client_hint(name: &str) -> bool {
    const NAMES: [&str; 8] = ["device-memory", "downlink", "dpr", "ect", "rtt", "save-data", "viewport-width", "width"];
    NAMES.iter().any(|hint| name.eq_ignore_ascii_case(hint))
}

fn is_client_hint_with(name: &str, value: &[u8]) -> bool {
    let is_number = |digits: &[u8]| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    match name {
        "ect" => matches!(value, b"slow-2g" | b"2g" | b"3g" | b"4g"),
        "save-data" => value.eq_ignore_ascii_case(b"on"),
        "rtt" | "viewport-width" | "width" => is_number(value),
        _ => is_client_hint(name) && value.splitn(2, |byte| *byte == b'.').all(is_number),
    }
}
