//! What a preflight permits, as it is remembered (<https://fetch.spec.whatwg.org/#cors-preflight-cache>).

use std::time::Duration;

use cors_core::names::is_non_wildcard_request_header;

/// A permission that a preflight brought and that spares the next one (CAC-1).
///
/// ```
/// use cors_browser::{Browser, Page, Permission, Response, ScriptRequest};
///
/// let mut browser = Browser::new();
/// let put = ScriptRequest::new("https://api.example.com/x").method("PUT");
/// browser.run(&Page::at("https://app.example.com")?, &put, |_| {
///     Response::new(204)
///         .header("Access-Control-Allow-Origin", "https://app.example.com")
///         .header("Access-Control-Allow-Methods", "PUT")
/// });
/// let remembered: Vec<_> = browser.preflight_cache().map(|entry| &entry.permission).collect();
/// assert_eq!(remembered, [&Permission::Method("PUT".to_owned())]);
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CachedPermission {
    /// For whom.
    pub requester: Requester,
    /// What.
    pub permission: Permission,
    /// How long, since it was stored.
    pub max_age: Duration,
    pub(super) stored: Duration,
    pub(super) for_one_fetch: bool,
}

/// Who was permitted to send what, and where: see [`CachedPermission`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requester {
    /// The site of the outermost page; in WebKit its origin.
    pub top_level_site: String,
    /// The serialised origin.
    pub origin: String,
    /// The address, with its fragment.
    pub url: String,
    /// Whether the credentials mode was include.
    pub credentials: bool,
    pub(super) is_tainted: bool,
}

impl Requester {
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let same_origin = (&self.origin, self.is_tainted) == (&other.origin, other.is_tainted);
        same_origin && (&self.top_level_site, &self.url) == (&other.top_level_site, &other.url)
    }
}

/// What was permitted, as listed; perhaps `*`: see [`CachedPermission`].
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// A method.
    Method(String),
    /// A request header.
    Header(String),
}

impl Permission {
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method> and `#concept-cache-match-header`, but for `*`.
    pub(super) fn lists(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Method(own), Self::Method(method)) => own == method,
            (Self::Header(own), Self::Header(name)) => own.eq_ignore_ascii_case(name),
            _ => false,
        }
    }

    /// Whether it is the `*` of what is wanted.
    pub(super) fn is_wildcard_of(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Method(own), Self::Method(_)) | (Self::Header(own), Self::Header(_)) => own == "*",
            _ => false,
        }
    }

    pub(super) fn is_authorization(&self) -> bool {
        matches!(self, Self::Header(name) if is_non_wildcard_request_header(name))
    }
}
