//! Entries of the CORS-preflight cache (<https://fetch.spec.whatwg.org/#cors-preflight-cache>).

use std::time::Duration;

use cors_core::names::is_non_wildcard_request_header;

/// An entry of the CORS-preflight cache: a method or header that needs no further preflight (CAC-1).
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
    /// The requests that the entry is for.
    pub requester: Requester,
    /// The method or header that is allowed.
    pub permission: Permission,
    /// How long the entry lives after it was stored.
    pub max_age: Duration,
    pub(super) stored: Duration,
    pub(super) for_one_fetch: bool,
}

/// The requests that an entry is for. [`CachedPermission`] has an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requester {
    /// The site of the top-level page; in WebKit its origin.
    pub top_level_site: String,
    /// The serialised origin of the request.
    pub origin: String,
    /// The URL with its fragment, without user info.
    pub url: String,
    /// Whether the credentials mode was `include`.
    pub credentials: bool,
    pub(super) is_tainted: bool,
}

impl Requester {
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let same_origin = (&self.origin, self.is_tainted) == (&other.origin, other.is_tainted);
        same_origin && (&self.top_level_site, &self.url) == (&other.top_level_site, &other.url)
    }
}

/// A method or header as the response lists it, or `*`. [`CachedPermission`] has an example.
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// The name of a method.
    Method(String),
    /// The name of a request header.
    Header(String),
}

impl Permission {
    /// Returns whether the entry names the wanted method or header; `*` is no name
    /// (<https://fetch.spec.whatwg.org/#concept-cache-match-method>, `#concept-cache-match-header`).
    pub(super) fn lists(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Method(own), Self::Method(method)) => own == method,
            (Self::Header(own), Self::Header(name)) => own.eq_ignore_ascii_case(name),
            _ => false,
        }
    }

    /// Returns whether the entry is `*` and of the same kind as `wanted`.
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
