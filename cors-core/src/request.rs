//! What the decision needs to know of a request.

use crate::Origin;
use crate::origin::host::fits;
use crate::origin::split::{Port, Split};

/// A request as [`decide`](crate::decide()) reads it: each part when it matters, so that nothing is searched for in vain.
///
/// [`Request`] is one whose parts are all at hand. An HTTP library's own request is another:
///
/// ```
/// use cors_core::{Decision, Forward, IncomingRequest, Lines, PolicyDraft, RequestHeader, decide};
///
/// struct Head<'r>(&'r str, &'r [(&'r str, &'r str)]);
///
/// impl<'r> IncomingRequest<'r> for Head<'r> {
///     fn is_options(&self) -> bool {
///         self.0 == "OPTIONS"
///     }
///
///     fn lines(&self, header: RequestHeader) -> Lines<'r> {
///         let found = self.1.iter().filter(|(name, _)| name.eq_ignore_ascii_case(header.name()));
///         Lines::of(found.map(|(_, value)| value.as_bytes()))
///     }
///
///     fn is_same_origin(&self) -> bool {
///         false
///     }
/// }
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// let request = Head("GET", &[("Origin", "https://app.example.com")]);
/// assert!(matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_))));
/// # Ok::<(), cors_core::Issues>(())
/// ```
pub trait IncomingRequest<'r> {
    /// Whether its method is `OPTIONS`, byte for byte.
    fn is_options(&self) -> bool;

    /// The lines of a header.
    fn lines(&self, header: RequestHeader) -> Lines<'r>;

    /// Whether it surely comes from a page of the server's own origin, as [`Request::is_same_origin`] says. Asked for under
    /// `on_denied: reject` only.
    fn is_same_origin(&self) -> bool;
}

/// The three request headers of the CORS protocol (<https://fetch.spec.whatwg.org/#http-requests>).
///
/// ```
/// use cors_core::RequestHeader;
///
/// assert_eq!(RequestHeader::AccessControlRequestMethod.name(), "access-control-request-method");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestHeader {
    /// `Origin`
    Origin,
    /// `Access-Control-Request-Method`
    AccessControlRequestMethod,
    /// `Access-Control-Request-Headers`
    AccessControlRequestHeaders,
}

impl RequestHeader {
    /// The name in lower case, as HTTP libraries keep it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::AccessControlRequestMethod => "access-control-request-method",
            Self::AccessControlRequestHeaders => "access-control-request-headers",
        }
    }
}

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
    pub(crate) with_credentials: bool,
    pub(crate) sec_fetch_site: Lines<'r>,
    pub(crate) host: Lines<'r>,
    pub(crate) public_origin: Option<&'r Origin>,
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
            with_credentials: false,
            sec_fetch_site: Lines::None,
            host: Lines::None,
            public_origin: None,
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

    /// Whether a script surely fetches with credentials: the request has a `Cookie`, and `Sec-Fetch-Mode: cors` says that no
    /// form or image sent it. Needed for [`Decision::refusal`](crate::Decision::refusal) only.
    #[must_use]
    pub const fn with_credentials(mut self, with: bool) -> Self {
        self.with_credentials = with;
        self
    }

    /// The `Sec-Fetch-Site` lines, by which a browser says whether the page is of the server's own origin
    /// (<https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>). Needed under `on_denied: reject` only.
    #[must_use]
    pub const fn sec_fetch_site(mut self, lines: Lines<'r>) -> Self {
        self.sec_fetch_site = lines;
        self
    }

    /// The host and port that the request is for: the authority of its target, or else its `Host` line. None where they
    /// contradict each other. Needed under `on_denied: reject` only.
    #[must_use]
    pub const fn host(mut self, lines: Lines<'r>) -> Self {
        self.host = lines;
        self
    }

    /// The origin at which browsers know the server, where a proxy changes `Host`. Needed under `on_denied: reject` only.
    #[must_use]
    pub const fn public_origin(mut self, origin: &'r Origin) -> Self {
        self.public_origin = Some(origin);
        self
    }

    /// The value of the one `Origin` line.
    pub const fn origin_value(&self) -> Option<&'r [u8]> {
        match self.origin {
            Lines::One(origin) => Some(origin),
            Lines::None | Lines::Several => None,
        }
    }

    /// Whether the request surely comes from a page of the server's own origin (SRV-22).
    ///
    /// ```
    /// use cors_core::{Lines, Request};
    ///
    /// let request = Request::new(b"POST").origin(Lines::One(b"https://www.example.com"));
    /// assert!(!request.is_same_origin());
    /// assert!(request.host(Lines::One(b"www.example.com")).is_same_origin());
    /// ```
    pub fn is_same_origin(&self) -> bool {
        let Lines::One(origin) = self.origin else {
            return false;
        };
        match (self.sec_fetch_site, self.host) {
            // No script can set this line, and a browser that sends it knows better than any comparison.
            (Lines::One(site), _) => site == b"same-origin",
            (Lines::Several, _) => false,
            (Lines::None, _) if self.public_origin.is_some_and(|own| own.as_str().as_bytes() == origin) => true,
            (Lines::None, Lines::One(host)) => {
                let web = [b"https://".as_slice(), b"http://"];
                web.iter().any(|scheme| origin.strip_prefix(*scheme) == Some(host)) && is_serialised(origin)
            }
            (Lines::None, Lines::None | Lines::Several) => false,
        }
    }
}

/// Whether this has the form of a web origin that a browser sends: in `https://user@www.example.com` the host is another one than
/// it seems. Allocates nothing, so addresses are looked at by their letters only.
fn is_serialised(origin: &[u8]) -> bool {
    let (Some(split), Ok(text)) = (Split::of(origin), std::str::from_utf8(origin)) else {
        return false;
    };
    let host = &text[split.host()];
    let is_host = match host.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(|address| address.bytes().all(is_of_address)),
        None => fits(host, 0),
    };
    is_host && split.port != Port::Any
}

const fn is_of_address(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':')
}

impl<'r> IncomingRequest<'r> for Request<'r> {
    fn is_options(&self) -> bool {
        self.method == b"OPTIONS"
    }

    fn lines(&self, header: RequestHeader) -> Lines<'r> {
        match header {
            RequestHeader::Origin => self.origin,
            RequestHeader::AccessControlRequestMethod => self.access_control_request_method,
            RequestHeader::AccessControlRequestHeaders => self.access_control_request_headers,
        }
    }

    fn is_same_origin(&self) -> bool {
        self.is_same_origin()
    }
}
