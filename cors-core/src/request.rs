//! The parts of a request that a decision depends on.

use crate::origin::host::fits;
use crate::origin::split::{Port, Scheme, Split};
use crate::{Lines, Origin};

/// A request for [`decide`](crate::decide()), which reads each part only if it is needed.
///
/// [`Request`] has every part. An adapter implements the trait for the request of its HTTP library:
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
    /// Whether the method is `OPTIONS`, byte for byte.
    fn is_options(&self) -> bool;

    /// Returns the `Origin` lines.
    fn origin_lines(&self) -> Lines<'r>;

    /// Returns the `Access-Control-Request-Method` lines.
    fn access_control_request_method_lines(&self) -> Lines<'r>;

    /// Returns the `Access-Control-Request-Headers` lines in order. Together they are one list, because gateways may
    /// split it.
    fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]>;

    /// Whether the request certainly comes from a page of the server's own origin, as in [`Request::is_same_origin`].
    /// Needed for `on_denied: reject` and inside another policy.
    fn is_same_origin(&self) -> bool;
}

/// The three request headers of the CORS protocol (<https://fetch.spec.whatwg.org/#http-requests>).
///
/// Exhaustive: the standard has no others.
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
    /// Returns the name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::AccessControlRequestMethod => "access-control-request-method",
            Self::AccessControlRequestHeaders => "access-control-request-headers",
        }
    }
}

/// The parts of a request that a decision depends on, as borrowed bytes.
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

impl<'r> Request<'r> {
    /// Returns a request with this method, byte for byte, and without header lines.
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

    /// Sets the `Origin` lines (<https://fetch.spec.whatwg.org/#origin-header>).
    #[must_use]
    pub const fn origin(mut self, lines: Lines<'r>) -> Self {
        self.origin = lines;
        self
    }

    /// Sets the `Access-Control-Request-Method` lines
    /// (<https://fetch.spec.whatwg.org/#http-access-control-request-method>).
    #[must_use]
    pub const fn access_control_request_method(mut self, lines: Lines<'r>) -> Self {
        self.access_control_request_method = lines;
        self
    }

    /// Sets the `Access-Control-Request-Headers` lines, which are one list
    /// (<https://fetch.spec.whatwg.org/#http-access-control-request-headers>).
    #[must_use]
    pub const fn access_control_request_headers(mut self, lines: &'r [&'r [u8]]) -> Self {
        self.access_control_request_headers = lines;
        self
    }

    /// Sets the `Sec-Fetch-Site` lines, which say whether the page is of the server's own origin
    /// (<https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>). Needed for `on_denied: reject` and inside
    /// another policy.
    #[must_use]
    pub const fn sec_fetch_site(mut self, lines: Lines<'r>) -> Self {
        self.sec_fetch_site = lines;
        self
    }

    /// Sets the host and port of the request: the authority of its target, or else its `Host` line; [`Lines::None`] if
    /// the two differ. Needed for `on_denied: reject` and inside another policy.
    #[must_use]
    pub const fn host(mut self, lines: Lines<'r>) -> Self {
        self.host = lines;
        self
    }

    /// Sets the origin of the server as browsers see it, for a proxy that changes `Host` or ends encryption. It counts
    /// instead of [`host`](Self::host). Needed for `on_denied: reject` and inside another policy.
    #[must_use]
    pub const fn public_origin(mut self, origin: &'r Origin) -> Self {
        self.public_origin = Some(origin);
        self
    }

    /// Whether the request certainly comes from a page of the server's own origin (SRV-22).
    ///
    /// ```
    /// use cors_core::{Lines, Request};
    ///
    /// let request = Request::new(b"POST").origin(Lines::One(b"https://www.example.com"));
    /// assert!(!request.is_same_origin());
    /// assert!(request.host(Lines::One(b"www.example.com")).is_same_origin());
    /// ```
    pub fn is_same_origin(&self) -> bool {
        match self.sec_fetch_site {
            // Scripts cannot set this header, and the browser knows better than any comparison.
            Lines::One(site) => return site == b"same-origin",
            Lines::Several => return false,
            Lines::None => {}
        }
        let Lines::One(origin) = self.origin else {
            return false;
        };
        match self.public_origin {
            Some(own) => own.as_str().as_bytes() == origin,
            None => self.host.one().is_some_and(|host| is_at(origin, host)),
        }
    }
}

/// Whether a text is a web origin with the host and port of a `Host` line, which may have the default port.
///
/// The host is checked byte by byte, because in `https://user@www.example.com` it is not what it seems. Parsing would
/// allocate.
fn is_at(origin: &[u8], host: &[u8]) -> bool {
    let (Some(split), Ok(text)) = (Split::of(origin), std::str::from_utf8(origin)) else {
        return false;
    };
    let default_port = match split.scheme {
        Scheme::Http => ":80",
        Scheme::Https => ":443",
        Scheme::Other(_) => return false,
    };
    let host = match split.port {
        Port::Default => host.strip_suffix(default_port.as_bytes()).unwrap_or(host),
        Port::Number(_) => host,
        Port::Any => return false,
    };
    let name = &text[split.host()];
    let is_host = match name.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(|address| address.bytes().all(is_of_address)),
        None => fits(name, 0),
    };
    is_host && origin[split.host().start..].eq_ignore_ascii_case(host)
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
