//! The headers of a response, and where their values come from.

use std::borrow::Cow;

use crate::policy::{Names, Origins, Policy, Rule};

/// The six response headers of the CORS protocol (<https://fetch.spec.whatwg.org/#http-responses>).
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
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::MaxAge,
        Self::ExposeHeaders,
    ];

    /// The name in lower case, as HTTP libraries keep it.
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

/// Where the value of a response header is found, so that nothing need be copied.
///
/// ```
/// use cors_core::{Lines, PolicyDraft, Request, ResponseHeader, Value, Decision, Forward, decide};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).validate()?;
/// let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
/// let Decision::Forward(Forward::Granted(grants)) = decide(&policy, &request) else { unreachable!() };
/// assert_eq!(grants.value(ResponseHeader::AllowOrigin), Some(Value::Requested));
/// assert_eq!(grants.value(ResponseHeader::AllowCredentials), Some(Value::Text("true")));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'p> {
    /// A text of the policy.
    Text(&'p str),
    /// The value of the request's line that asks for it, as it came: `Origin`, `Access-Control-Request-Method` or
    /// `Access-Control-Request-Headers`.
    Requested,
}

impl Rule {
    /// The only text that allows credentials.
    #[doc(hidden)]
    pub const __CREDENTIALS: &'static str = "true";

    /// What the rule grants in a header, where it has something to grant.
    #[inline]
    pub const fn value(&self, header: ResponseHeader) -> Option<Value<'_>> {
        match header {
            // SRV-12
            ResponseHeader::AllowOrigin => match self.origins {
                Origins::Any => Some(Value::Text("*")),
                Origins::Listed(_) | Origins::FromSource => Some(Value::Requested),
            },
            // SRV-13
            ResponseHeader::AllowCredentials if self.credentials => Some(Value::Text(Self::__CREDENTIALS)),
            ResponseHeader::AllowCredentials => None,
            // SRV-14, SRV-15: with credentials `*` would be a name like any other, so what was asked for is granted.
            ResponseHeader::AllowMethods => listed(&self.methods, self.credentials),
            ResponseHeader::AllowHeaders => listed(&self.allow_headers, self.credentials),
            // SRV-16
            ResponseHeader::MaxAge => match &self.max_age {
                Some(max_age) => Some(Value::Text(max_age.text())),
                None => None,
            },
            // SRV-21
            ResponseHeader::ExposeHeaders => listed(&self.expose_headers, false),
        }
    }

    /// Whether the answer to a preflight depends on the method that was asked for.
    const fn echoes_method(&self) -> bool {
        matches!(self.value(ResponseHeader::AllowMethods), Some(Value::Requested))
    }

    /// Whether the answer to a preflight depends on the headers that were asked for.
    pub(crate) const fn echoes_headers(&self) -> bool {
        matches!(self.value(ResponseHeader::AllowHeaders), Some(Value::Requested))
    }
}

const fn listed(names: &Names, echo_any: bool) -> Option<Value<'_>> {
    match names {
        Names::Unset | Names::Safelisted(_) => None,
        Names::Any(_) if echo_any => Some(Value::Requested),
        Names::Any(text) | Names::Listed(text) => Some(Value::Text(borrowed(text))),
    }
}

/// `Cow::deref`, in constants too.
#[expect(clippy::ptr_arg, reason = "a constant cannot dereference a Cow before the call")]
pub(crate) const fn borrowed<'t>(text: &'t Cow<'static, str>) -> &'t str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}

impl Policy {
    /// The only thing that [`vary`](Self::vary) gives.
    #[doc(hidden)]
    pub const __VARY: &'static str = "Origin";

    /// What `Vary` must name on every response but a granted preflight (SRV-30); nothing where all get the same answer.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
    ///
    /// assert_eq!(PolicyDraft::new().origins("*").validate()?.vary(), None);
    /// assert_eq!(PolicyDraft::new().origins(["https://a.example"]).validate()?.vary(), Some("Origin"));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub const fn vary(&self) -> Option<&'static str> {
        match self.rule_for_all() {
            Some(_) => None,
            None => Some(Self::__VARY),
        }
    }

    /// What `Vary` must name on a preflight that `rule` grants (SRV-31): also what the answer repeats.
    pub const fn preflight_vary(&self, rule: &Rule) -> Option<&'static str> {
        match (rule.echoes_method(), rule.echoes_headers()) {
            (false, false) => self.vary(),
            (true, false) => Some("Origin, Access-Control-Request-Method"),
            (false, true) => Some("Origin, Access-Control-Request-Headers"),
            (true, true) => Some("Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
        }
    }
}
