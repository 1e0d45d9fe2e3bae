//! Requests to a server, and its responses.

use super::{HeaderLine, header};

/// A request as the browser sends it to a server.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::OutgoingRequest;
///
/// /// The method that a preflight asks for.
/// fn asked(request: &OutgoingRequest) -> Option<&[u8]> {
///     if request.preflight { request.header("Access-Control-Request-Method") } else { None }
/// }
/// # use cors_browser::{Browser, Page, ScriptRequest};
/// # let request = ScriptRequest::new("https://api.example.com/notes/7#top").method("delete");
/// # let mut browser = Browser::new();
/// # let fetch = browser.fetch(&Page::at("https://app.example.com")?, &request);
/// # let preflight = fetch.pending().unwrap();
/// # assert_eq!((preflight.method.as_str(), preflight.url.as_str()), ("OPTIONS", "https://api.example.com/notes/7"));
/// # assert_eq!(preflight.header("Origin"), Some(b"https://app.example.com".as_slice()));
/// # assert_eq!(asked(preflight), Some(b"DELETE".as_slice()));
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutgoingRequest {
    /// Whether the request is a preflight.
    pub preflight: bool,
    /// The method.
    pub method: String,
    /// The URL, without user info and fragment.
    pub url: String,
    /// The headers of CORS and of the script, without those that a browser adds to every request, such as `Host`.
    pub headers: Vec<HeaderLine>,
    /// Whether cookies and stored authentication are sent, if there are any (CRD-1).
    pub credentials: bool,
    /// Whether the script's body is sent.
    pub body: bool,
}

impl OutgoingRequest {
    /// Returns a request that no page makes, to query a server directly.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::{HeaderLine, OutgoingRequest};
    ///
    /// let origin = HeaderLine::new("Origin", "https://app.example.com");
    /// let request = OutgoingRequest::by_hand("GET", "https://api.example.com/notes", vec![origin]);
    /// assert_eq!(request.header("origin"), Some(b"https://app.example.com".as_slice()));
    /// ```
    pub fn by_hand(method: impl Into<String>, url: impl Into<String>, headers: Vec<HeaderLine>) -> Self {
        Self { preflight: false, method: method.into(), url: url.into(), headers, credentials: false, body: false }
    }

    /// Returns the value of the first line with this name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|line| line.is(name)).map(|line| line.value.as_slice())
    }
}

/// A response of a server, without its body.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Response;
///
/// let response = Response::new(204).header("Access-Control-Allow-Origin", "*");
/// assert_eq!((response.status, response.headers.len()), (204, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// All header lines, in order.
    pub headers: Vec<HeaderLine>,
}

impl Response {
    /// Returns a response without headers.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new() }
    }

    /// Adds a header line.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(HeaderLine::new(name, value));
        self
    }

    /// Returns the value of each line with this name, trimmed.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::Response;
    ///
    /// let response = Response::new(200).header("Vary", "Accept").header("vary", " Origin ");
    /// assert_eq!(response.values("Vary").collect::<Vec<_>>(), [b"Accept".as_slice(), b"Origin"]);
    /// ```
    pub fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        header::values(&self.headers, name)
    }

    /// Returns whether `Vary` names this request header. `*` is a name like any other.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::Response;
    ///
    /// let response = Response::new(200).header("Vary", "Accept, origin");
    /// assert!(response.varies_by("Origin") && !response.varies_by("*"));
    /// ```
    pub fn varies_by(&self, name: &str) -> bool {
        let mut names = self.values("vary").flat_map(|value| value.split(|byte| *byte == b','));
        names.any(|found| found.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    }

    /// Returns whether browsers treat the response as a redirect: status 301, 302, 303, 307 or 308, with `Location`.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::Response;
    ///
    /// let redirect = Response::new(308).header("Location", "/notes/");
    /// assert!(redirect.is_redirect());
    /// assert!(!Response::new(304).header("Location", "/notes/").is_redirect());
    /// assert!(!Response::new(308).is_redirect());
    /// ```
    pub fn is_redirect(&self) -> bool {
        is_redirect_status(self.status) && self.values("location").next().is_some()
    }
}

/// Whether a status redirects (<https://fetch.spec.whatwg.org/#redirect-status>).
pub(super) fn is_redirect_status(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}
