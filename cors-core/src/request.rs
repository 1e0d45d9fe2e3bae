//! What the decision needs to know of a request.

/// The parts of a request that decide, as borrowed bytes.
///
/// ```
/// use cors_core::{Lines, Request};
///
/// let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'r> {
    pub(crate) method: &'r [u8],
    pub(crate) origin: Lines<'r>,
    pub(crate) access_control_request_method: Lines<'r>,
    pub(crate) access_control_request_headers: Lines<'r>,
}

/// The lines of one header in a request. White space around a value is the HTTP parser's to remove.
///
/// ```
/// use cors_core::Lines;
///
/// let value: &[u8] = b"https://app.example.com";
/// assert_eq!(Lines::of([value].into_iter()), Lines::One(value));
/// assert_eq!(Lines::of([value, value].into_iter()), Lines::Several);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines<'r> {
    /// The request has no such line.
    #[default]
    None,
    /// It has one, perhaps empty.
    One(&'r [u8]),
    /// It has several, which no browser sends.
    Several,
}

impl<'r> Lines<'r> {
    /// Counts the lines, reading no further than the second.
    pub fn of(mut values: impl Iterator<Item = &'r [u8]>) -> Self {
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}

impl<'r> Request<'r> {
    /// A request with this method, byte for byte, and none of the header lines that matter.
    pub const fn new(method: &'r [u8]) -> Self {
        Self {
            method,
            origin: Lines::None,
            access_control_request_method: Lines::None,
            access_control_request_headers: Lines::None,
        }
    }

    /// The `Origin` lines (<https://fetch.spec.whatwg.org/#origin-header>).
    #[must_use]
    pub const fn origin(mut self, lines: Lines<'r>) -> Self {
        self.origin = lines;
        self
    }

    /// The `Access-Control-Request-Method` lines (<https://fetch.spec.whatwg.org/#http-access-control-request-method>).
    #[must_use]
    pub const fn access_control_request_method(mut self, lines: Lines<'r>) -> Self {
        self.access_control_request_method = lines;
        self
    }

    /// The `Access-Control-Request-Headers` lines (<https://fetch.spec.whatwg.org/#http-access-control-request-headers>).
    #[must_use]
    pub const fn access_control_request_headers(mut self, lines: Lines<'r>) -> Self {
        self.access_control_request_headers = lines;
        self
    }
}
