//! What goes to a server, and what comes back.

use super::HeaderLine;

/// A request as it goes to a server.
///
/// ```
/// use cors_core::browser::{Browser, Page, ScriptRequest, Step};
///
/// let request = ScriptRequest::new("https://api.example.com/notes/7#top").method("delete");
/// let Step::Send(pending) = Browser::new().fetch(&Page::at("https://app.example.com")?, &request) else { unreachable!() };
/// let preflight = pending.request();
/// assert_eq!((preflight.method.as_str(), preflight.url.as_str()), ("OPTIONS", "https://api.example.com/notes/7"));
/// assert_eq!(preflight.header("Origin"), Some(b"https://app.example.com".as_slice()));
/// assert_eq!(preflight.header("Access-Control-Request-Method"), Some(b"DELETE".as_slice()));
/// # Ok::<(), cors_core::browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutgoingRequest {
    /// Whether it is a preflight.
    pub preflight: bool,
    /// The method.
    pub method: String,
    /// The address, without user info and fragment.
    pub url: String,
    /// What CORS and the script put there; not what a browser adds to every request, as `Host`.
    pub headers: Vec<HeaderLine>,
    /// Whether cookies and stored authorisation go along, where there are some (CRD-1).
    pub credentials: bool,
    /// Whether the script's body goes along.
    pub body: bool,
}

impl OutgoingRequest {
    /// The value of the first line with this name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|line| line.is(name)).map(|line| line.value.as_slice())
    }
}

/// What a server answers, but for the body.
///
/// ```
/// use cors_core::browser::Response;
///
/// let response = Response::new(204).header("Access-Control-Allow-Origin", "*");
/// assert_eq!((response.status, response.headers.len()), (204, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Every header line, in order.
    pub headers: Vec<HeaderLine>,
}

impl Response {
    /// A response without headers.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new() }
    }

    /// With one more header line.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(HeaderLine::new(name, value));
        self
    }
}
