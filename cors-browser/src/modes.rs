//! The modes of a request, as the standard names them.

/// The request mode (<https://fetch.spec.whatwg.org/#concept-request-mode>), as far as scripts can choose it.
///
/// Exhaustive: scripts can choose no others.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Mode;
///
/// assert_eq!(Mode::default(), Mode::Cors);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Scripts may read responses of other origins that allow it.
    #[default]
    Cors,
    /// Scripts may not read responses of other origins.
    NoCors,
    /// Requests to other origins fail.
    SameOrigin,
}

/// When cookies and stored authentication are sent (<https://fetch.spec.whatwg.org/#concept-request-credentials-mode>).
///
/// Exhaustive: the standard has no others.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::CredentialsMode;
///
/// assert_eq!(CredentialsMode::default(), CredentialsMode::SameOrigin);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CredentialsMode {
    /// Never.
    Omit,
    /// Only to the page's own origin.
    #[default]
    SameOrigin,
    /// Always.
    Include,
}

/// What happens on a redirect (<https://fetch.spec.whatwg.org/#concept-request-redirect-mode>).
///
/// Exhaustive: the standard has no others.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::RedirectMode;
///
/// assert_eq!(RedirectMode::default(), RedirectMode::Follow);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RedirectMode {
    /// The browser follows it.
    #[default]
    Follow,
    /// The fetch fails.
    Error,
    /// The script sees that there was a redirect, and nothing else.
    Manual,
}

/// How the HTTP cache is used (<https://fetch.spec.whatwg.org/#concept-request-cache-mode>).
///
/// Exhaustive: the standard has no others.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::CacheMode;
///
/// assert_eq!(CacheMode::default(), CacheMode::Default);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheMode {
    /// `default`: fresh answers come from the HTTP cache.
    #[default]
    Default,
    /// `no-store`.
    NoStore,
    /// `reload`.
    Reload,
    /// `no-cache`.
    NoCache,
    /// `force-cache`.
    ForceCache,
    /// `only-if-cached`, only for mode `same-origin`.
    OnlyIfCached,
}

/// What a server learns about the page (<https://w3c.github.io/webappsec-referrer-policy/#referrer-policies>). `Origin`
/// depends on it (ORG-3).
///
/// Exhaustive: the standard has no others.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::ReferrerPolicy;
///
/// assert_eq!(ReferrerPolicy::default(), ReferrerPolicy::StrictOriginWhenCrossOrigin);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReferrerPolicy {
    /// `no-referrer`.
    NoReferrer,
    /// `no-referrer-when-downgrade`.
    NoReferrerWhenDowngrade,
    /// `same-origin`.
    SameOrigin,
    /// `origin`.
    Origin,
    /// `strict-origin`.
    StrictOrigin,
    /// `origin-when-cross-origin`.
    OriginWhenCrossOrigin,
    /// `strict-origin-when-cross-origin`.
    #[default]
    StrictOriginWhenCrossOrigin,
    /// `unsafe-url`.
    UnsafeUrl,
}

impl ReferrerPolicy {
    /// Returns the policy with this name; `None` if the name is unknown or empty.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "no-referrer" => Self::NoReferrer,
            "no-referrer-when-downgrade" => Self::NoReferrerWhenDowngrade,
            "same-origin" => Self::SameOrigin,
            "origin" => Self::Origin,
            "strict-origin" => Self::StrictOrigin,
            "origin-when-cross-origin" => Self::OriginWhenCrossOrigin,
            "strict-origin-when-cross-origin" => Self::StrictOriginWhenCrossOrigin,
            "unsafe-url" => Self::UnsafeUrl,
            _ => return None,
        })
    }
}
