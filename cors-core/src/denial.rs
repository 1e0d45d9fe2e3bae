//! The reason why a page does not get what it requests.

use std::fmt;

/// The reason why a page does not get what it requests.
///
/// For the last three, the server grants the origin, and the browser blocks the rest
/// ([`Decision::blocked_by_browser`](crate::Decision::blocked_by_browser)). For all others, the server grants nothing
/// ([`Decision::denial`](crate::Decision::denial)).
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::Denial;
///
/// /// Whether the page may not read anything, whatever it sends.
/// fn is_about_the_origin(denial: Denial) -> bool {
///     matches!(denial, Denial::OriginNotListed | Denial::NullOrigin | Denial::InsecureOrigin)
/// }
/// # let policy = cors_core::PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// # let request = cors_core::Request::new(b"GET").origin(cors_core::Lines::One(b"null"));
/// # assert!(is_about_the_origin(cors_core::decide(&policy, &request).denial().unwrap()));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial {
    /// The origin is not listed, or the value is not an origin.
    OriginNotListed,
    /// The origin is an `http` origin that is not local, and the rule for the source of origins has credentials.
    InsecureOrigin,
    /// The source of origins did not answer, or it named a rule that the policy does not have.
    NoAnswer,
    /// The request has no key for the source of origins, so the source is not asked.
    NobodyAddressed,
    /// The source of origins also allows test origins that nobody owns.
    CarelessSource,
    /// The origin is `null`: a sandboxed frame, a file, or a redirect through another site.
    NullOrigin,
    /// The request has several `Origin` lines.
    SeveralOrigins,
    /// The preflight requests a method whose name is malformed.
    MalformedMethod,
    /// The preflight requests CONNECT, TRACE or TRACK.
    ForbiddenMethod,
    /// The preflight requests several methods.
    SeveralMethods,
    /// The preflight requests a method that the rule does not list; inside another policy, the actual request has such
    /// a method.
    MethodNotListed,
    /// The preflight requests a header that the rule does not list.
    HeaderNotListed,
    /// The request has credentials, and the rule does not allow them.
    CredentialsNotAllowed,
}

impl Denial {
    /// All reasons.
    pub const ALL: &'static [Self] = &[
        Self::OriginNotListed,
        Self::InsecureOrigin,
        Self::NoAnswer,
        Self::NobodyAddressed,
        Self::CarelessSource,
        Self::NullOrigin,
        Self::SeveralOrigins,
        Self::MalformedMethod,
        Self::ForbiddenMethod,
        Self::SeveralMethods,
        Self::MethodNotListed,
        Self::HeaderNotListed,
        Self::CredentialsNotAllowed,
    ];

    /// Returns a short, stable name.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::Denial;
    ///
    /// assert_eq!(Denial::NullOrigin.code(), "null-origin");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::OriginNotListed => "origin-not-listed",
            Self::InsecureOrigin => "insecure-origin",
            Self::NoAnswer => "no-answer",
            Self::NobodyAddressed => "nobody-addressed",
            Self::CarelessSource => "careless-source",
            Self::NullOrigin => "null-origin",
            Self::SeveralOrigins => "several-origins",
            Self::MalformedMethod => "malformed-method",
            Self::ForbiddenMethod => "forbidden-method",
            Self::SeveralMethods => "several-methods",
            Self::MethodNotListed => "method-not-listed",
            Self::HeaderNotListed => "header-not-listed",
            Self::CredentialsNotAllowed => "credentials-not-allowed",
        }
    }
}

/// Prints the reason as a clause, for logs and the bodies of refusals.
impl fmt::Display for Denial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OriginNotListed => "no rule of the CORS policy is for the origin",
            Self::InsecureOrigin => "the origin is not encrypted, and the rule has credentials",
            Self::NoAnswer => "the source of origins gave no answer",
            Self::CarelessSource => {
                "the source of origins allows origins that are nobody's, so nothing that it allows is granted"
            }
            Self::NobodyAddressed => "the request addresses nobody for whom the source of origins has a key",
            Self::NullOrigin => "the origin is null, which names nobody",
            Self::SeveralOrigins => "the request has several Origin lines",
            Self::MalformedMethod => "Access-Control-Request-Method is not the name of a method",
            Self::ForbiddenMethod => "Access-Control-Request-Method is a method that no script can send",
            Self::SeveralMethods => "the request has several Access-Control-Request-Method lines",
            Self::MethodNotListed => "the rule for the origin does not list the method",
            Self::HeaderNotListed => "the rule for the origin does not list a request header",
            Self::CredentialsNotAllowed => "the request has cookies, and the rule for the origin has no credentials",
        })
    }
}
