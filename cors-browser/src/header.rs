//! Header lines, and how the standard reads them.

use cors_core::names::is_token;

/// One header line. The name is case-insensitive; the value is bytes.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::HeaderLine;
///
/// let line = HeaderLine::new("X-Token", "7");
/// assert_eq!((line.name.as_str(), line.value.as_slice()), ("X-Token", b"7".as_slice()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HeaderLine {
    /// The name, in any case.
    pub name: String,
    /// The value. May have white space around it.
    pub value: Vec<u8>,
}

impl HeaderLine {
    /// Returns a line with this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Names that are not spelt with one capital at the start of each word.
const SPELT: [&str; 8] =
    ["Content-MD5", "DNT", "DPR", "ETag", "Last-Event-ID", "TE", "WWW-Authenticate", "X-XSS-Protection"];

/// Returns a name in its usual spelling: `Content-Type` for `content-type`, `ETag` for `etag`.
///
/// ```
/// use cors_browser::canonical_name;
///
/// assert_eq!((canonical_name("x-request-id"), canonical_name("etag")), ("X-Request-Id".to_owned(), "ETag".to_owned()));
/// ```
pub fn canonical_name(name: &str) -> String {
    if let Some(spelt) = SPELT.iter().find(|spelt| spelt.eq_ignore_ascii_case(name)) {
        return (*spelt).to_owned();
    }
    let mut begins = true;
    let upper = |letter: char| {
        let letter = if begins { letter.to_ascii_uppercase() } else { letter };
        begins = letter == '-';
        letter
    };
    name.chars().map(upper).collect()
}

/// Returns the value of each line with this name, trimmed.
pub(super) fn values<'l>(lines: &'l [HeaderLine], name: &str) -> impl Iterator<Item = &'l [u8]> {
    lines.iter().filter(move |line| line.is(name)).map(|line| trim(&line.value))
}

/// Returns all lines with this name as one value (<https://fetch.spec.whatwg.org/#concept-header-list-get>).
pub(super) fn get(lines: &[HeaderLine], name: &str) -> Option<Vec<u8>> {
    let values: Vec<&[u8]> = values(lines, name).collect();
    if values.is_empty() { None } else { Some(values.join(b", ".as_slice())) }
}

/// The error of several lines where one is allowed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeated;

/// Returns the value of a header that may have only one line
/// (<https://fetch.spec.whatwg.org/#extract-header-list-values>).
pub(super) fn single<'l>(lines: &'l [HeaderLine], name: &str) -> Result<Option<&'l [u8]>, Repeated> {
    let mut values = values(lines, name);
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(Repeated),
    }
}

/// The error of a list with an element that is not a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// Returns the tokens of a list header, of all its lines and without empty elements (PRE-12,
/// <https://fetch.spec.whatwg.org/#extract-header-list-values>).
pub(super) fn tokens(lines: &[HeaderLine], name: &str) -> Result<Option<Vec<String>>, Malformed> {
    let mut tokens = None;
    for value in values(lines, name) {
        let tokens: &mut Vec<String> = tokens.get_or_insert_default();
        for element in value.split(|byte| *byte == b',').map(trim).filter(|element| !element.is_empty()) {
            if !is_token(element) {
                return Err(Malformed);
            }
            tokens.push(isomorphic_decode(element));
        }
    }
    Ok(tokens)
}

/// Removes empty lines of headers that also have other lines. Keeps every line of `Access-Control-Allow-Origin`.
pub(super) fn without_empty_lines(lines: &[HeaderLine]) -> Vec<HeaderLine> {
    let is_empty = |line: &HeaderLine| trim(&line.value).is_empty();
    let has_others = |line: &HeaderLine| lines.iter().any(|other| other.is(&line.name) && !is_empty(other));
    let counts = |line: &HeaderLine| line.is("access-control-allow-origin") || !is_empty(line) || !has_others(line);
    lines.iter().filter(|line| counts(line)).cloned().collect()
}

/// Removes lines with the same name and value as an earlier line.
pub(super) fn without_repetition(lines: &[HeaderLine]) -> Vec<HeaderLine> {
    let same = |one: &HeaderLine, other: &HeaderLine| one.is(&other.name) && trim(&one.value) == trim(&other.value);
    let repeats = |place: usize| lines[..place].iter().any(|before| same(before, &lines[place]));
    (0..lines.len()).filter(|place| !repeats(*place)).map(|place| lines[place].clone()).collect()
}

/// Removes the spaces and tabs that HTTP allows around a value (CHK-1).
fn trim(bytes: &[u8]) -> &[u8] {
    trim_of(bytes, b" \t")
}

/// Removes the white space that the standard removes around values and MIME types
/// (<https://fetch.spec.whatwg.org/#http-whitespace>).
pub(super) fn trim_whitespace(bytes: &[u8]) -> &[u8] {
    trim_of(bytes, b" \t\r\n")
}

fn trim_of<'b>(bytes: &'b [u8], space: &[u8]) -> &'b [u8] {
    let Some(start) = bytes.iter().position(|byte| !space.contains(byte)) else {
        return &[];
    };
    let end = bytes.iter().rposition(|byte| !space.contains(byte)).unwrap_or(start);
    &bytes[start..=end]
}

/// Returns one character for each byte (<https://infra.spec.whatwg.org/#isomorphic-decode>).
pub(super) fn isomorphic_decode(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
