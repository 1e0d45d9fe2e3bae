//! The headers of a response and their values.

use std::borrow::Cow;

use crate::policy::{Names, Origins, Rule};
use crate::text::borrowed;
use crate::{IncomingRequest, RequestHeader, requested};

/// The six response headers of the CORS protocol (<https://fetch.spec.whatwg.org/#http-responses>).
///
/// Exhaustive: the standard has no others.
///
/// ```
/// use cors_core::ResponseHeader;
///
/// assert_eq!(ResponseHeader::AllowOrigin.name(), "access-control-allow-origin");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseHeader {
    /// `Access-Control-Allow-Origin`
    AllowOrigin,
    /// `Access-Control-Allow-Credentials`
    AllowCredentials,
    /// `Access-Control-Allow-Methods`
    AllowMethods,
    /// `Access-Control-Allow-Headers`
    AllowHeaders,
    /// `Access-Control-Max-Age`
    MaxAge,
    /// `Access-Control-Expose-Headers`
    ExposeHeaders,
}

impl ResponseHeader {
    /// All six. An application's own lines of these headers are removed (SRV-24).
    pub const ALL: &'static [Self] = &[
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::MaxAge,
        Self::ExposeHeaders,
    ];

    /// Returns the name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllowOrigin => "access-control-allow-origin",
            Self::AllowCredentials => "access-control-allow-credentials",
            Self::AllowMethods => "access-control-allow-methods",
            Self::AllowHeaders => "access-control-allow-headers",
            Self::MaxAge => "access-control-max-age",
            Self::ExposeHeaders => "access-control-expose-headers",
        }
    }
}

/// The value of a response header: a text of the policy, or the value of a request header.
///
/// Exhaustive, so that an adapter handles every case.
///
/// ```
/// use std::borrow::Cow;
///
/// use cors_core::{Lines, PolicyDraft, Request, RequestHeader, ResponseHeader, Value};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).validate()?;
/// let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
/// let reply = policy.respond(&request);
///
/// let allow_origin = reply.value(ResponseHeader::AllowOrigin).unwrap();
/// assert_eq!(allow_origin, Value::Requested(RequestHeader::Origin));
/// assert_eq!(allow_origin.bytes(&request), Some(Cow::Borrowed(b"https://app.example.com".as_slice())));
/// assert_eq!(reply.value(ResponseHeader::AllowCredentials), Some(Value::Text("true")));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'p> {
    /// A text of the policy.
    Text(&'p str),
    /// The value of this header of the request, as received. [`bytes`](Self::bytes) joins several
    /// `Access-Control-Request-Headers` lines.
    Requested(RequestHeader),
}

impl<'p> Value<'p> {
    /// Returns the value in the answer to this request. Only joined lines are copied (SRV-15).
    ///
    /// Returns `None` if the request has no such line. Then it is not the request that was decided.
    pub fn bytes<'v>(self, request: &impl IncomingRequest<'v>) -> Option<Cow<'v, [u8]>>
    where
        'p: 'v,
    {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text.as_bytes())),
            Self::Requested(RequestHeader::Origin) => request.origin_lines().one().map(Cow::Borrowed),
            Self::Requested(RequestHeader::AccessControlRequestMethod) => {
                request.access_control_request_method_lines().one().map(Cow::Borrowed)
            }
            Self::Requested(RequestHeader::AccessControlRequestHeaders) => requested::echo(request),
        }
    }
}

/// The only text that allows credentials (SRV-13).
pub const ALLOW_CREDENTIALS: &str = "true";

impl Rule {
    /// Returns the value of a header that the rule grants, if it grants one.
    #[inline]
    pub const fn value(&self, header: ResponseHeader) -> Option<Value<'_>> {
        match header {
            // SRV-12
            ResponseHeader::AllowOrigin => match self.origins {
                Origins::Any => Some(Value::Text("*")),
                Origins::Listed(_) | Origins::FromSource => Some(Value::Requested(RequestHeader::Origin)),
            },
            // SRV-13
            ResponseHeader::AllowCredentials if self.credentials => Some(Value::Text(ALLOW_CREDENTIALS)),
            ResponseHeader::AllowCredentials => None,
            // SRV-14, SRV-15: for a request with credentials, browsers treat `*` as a name, so the rule echoes the
            // request.
            ResponseHeader::AllowMethods => {
                if self.echoes_method() {
                    Some(Value::Requested(RequestHeader::AccessControlRequestMethod))
                } else {
                    listed(&self.methods)
                }
            }
            ResponseHeader::AllowHeaders => {
                if self.echoes_headers() {
                    Some(Value::Requested(RequestHeader::AccessControlRequestHeaders))
                } else {
                    listed(&self.allow_headers)
                }
            }
            // SRV-16
            ResponseHeader::MaxAge => match &self.max_age {
                Some(max_age) => Some(Value::Text(max_age.text())),
                None => None,
            },
            // SRV-21
            ResponseHeader::ExposeHeaders => listed(&self.expose_headers),
        }
    }

    /// Whether the answer to a preflight depends on the requested method.
    #[inline]
    pub(crate) const fn echoes_method(&self) -> bool {
        self.credentials && matches!(self.methods, Names::Any(_))
    }

    /// Whether the answer to a preflight depends on the requested headers.
    #[inline]
    pub(crate) const fn echoes_headers(&self) -> bool {
        self.credentials && matches!(self.allow_headers, Names::Any(_))
    }
}

#[inline]
const fn listed(names: &Names) -> Option<Value<'_>> {
    match names {
        Names::Unset | Names::Safelisted(_) => None,
        Names::Any(text) | Names::Listed(text) => Some(Value::Text(borrowed(text))),
    }
}
