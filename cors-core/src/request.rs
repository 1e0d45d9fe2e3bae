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
/// impl<'r> Head<'r> {
///     fn values(&self, header: RequestHeader) -> impl Iterator<Item = &'r [u8]> {
///         let found = self.1.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(header.name()));
///         found.map(|(_, value)| value.as_bytes())
///     }
/// }
///
/// impl<'r> IncomingRequest<'r> for Head<'r> {
///     fn is_options(&self) -> bool {
///         self.0 == "OPTIONS"
///     }
///
///     fn origin_lines(&self) -> Lines<'r> {
///         Lines::of(self.values(RequestHeader::Origin))
///     }
///
///     fn access_control_request_method_lines(&self) -> Lines<'r> {
///         Lines::of(self.values(RequestHeader::AccessControlRequestMethod))
///     }
///
///     fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]> {
///         self.values(RequestHeader::AccessControlRequestHeaders)
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

    /// The `Origin` lines.
    fn origin_lines(&self) -> Lines<'r>;

    /// The `Access-Control-Request-Method` lines.
    fn access_control_request_method_lines(&self) -> Lines<'r>;

    /// The `Access-Control-Request-Headers` lines in their order. Together they are one list, since gateways may split it.
    fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]>;

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
///
/// let preflight = Request::new(b"OPTIONS")
///     .origin(Lines::One(b"https://app.example.com"))
///     .access_control_request_method(Lines::One(b"PUT"))
///     .access_control_request_headers(&[b"content-type,x-token"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'r> {
    method: &'r [u8],
    origin: Lines<'r>,
    access_control_request_method: Lines<'r>,
    access_control_request_headers: &'r [&'r [u8]],
    sec_fetch_site: Lines<'r>,
    host: Lines<'r>,
    public_origin: Option<&'r Origin>,
}

/// The lines of a header that a request should have once. White space around a value is the HTTP parser's to remove.
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

    /// The value, where there is one line.
    pub const fn one(self) -> Option<&'r [u8]> {
        match self {
            Self::One(value) => Some(value),
            Self::None | Self::Several => None,
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
            access_control_request_headers: &[],
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

    /// The `Access-Control-Request-Headers` lines, which are one list
    /// (<https://fetch.spec.whatwg.org/#http-access-control-request-headers>).
    #[must_use]
    pub const fn access_control_request_headers(mut self, lines: &'r [&'r [u8]]) -> Self {
        self.access_control_request_headers = lines;
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

    fn origin_lines(&self) -> Lines<'r> {
        self.origin
    }

    fn access_control_request_method_lines(&self) -> Lines<'r> {
        self.access_control_request_method
    }

    fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]> {
        self.access_control_request_headers.iter().copied()
    }

    fn is_same_origin(&self) -> bool {
        self.is_same_origin()
    }
}
