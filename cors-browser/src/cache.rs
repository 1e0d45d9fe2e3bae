//! What is remembered of preflights (<https://fetch.spec.whatwg.org/#cors-preflight-cache>).

use std::time::Duration;

use super::deviations::{Deviations, Wildcards};
use super::preflight::Permissions;
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
    stored: Duration,
    for_one_fetch: bool,
}

/// Who was permitted to send what, and where: see [`CachedPermission`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requester {
    /// The site of the outermost page.
    pub top_level_site: String,
    /// The serialised origin.
    pub origin: String,
    /// The address.
    pub url: String,
    /// Whether the credentials mode was include.
    pub credentials: bool,
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
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method> and `#concept-cache-match-header`.
    fn covers(&self, wanted: &Self, wildcards: bool, deviations: &Deviations) -> bool {
        match (self, wanted) {
            (Self::Method(own), Self::Method(method)) => own == method || (own == "*" && wildcards),
            (Self::Header(own), Self::Header(name)) => {
                // CAC-3
                let covered =
                    !is_non_wildcard_request_header(name) || deviations.remembered_wildcard_covers_authorization;
                own.eq_ignore_ascii_case(name) || (own == "*" && wildcards && covered)
            }
            _ => false,
        }
    }
}

impl CachedPermission {
    /// CAC-2 (<https://fetch.spec.whatwg.org/#concept-cache-match>).
    fn matches(&self, requester: &Requester, wanted: &Permission, deviations: &Deviations) -> bool {
        let credentials = self.requester.credentials == requester.credentials
            || (self.requester.credentials && deviations.reuses_across_credentials);
        let wildcards = match deviations.remembered_wildcards {
            Wildcards::All => true,
            Wildcards::WithoutCredentials => !requester.credentials,
            Wildcards::None => false,
        };
        credentials && self.requester.is_at(requester) && self.permission.covers(wanted, wildcards, deviations)
    }
}

impl Requester {
    fn is_at(&self, other: &Self) -> bool {
        (&self.top_level_site, &self.origin, &self.url) == (&other.top_level_site, &other.origin, &other.url)
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct PreflightCache {
    entries: Vec<CachedPermission>,
}

impl PreflightCache {
    pub(super) fn entries(&self) -> &[CachedPermission] {
        &self.entries
    }

    /// CAC-2: an entry lives while less than its max-age has passed.
    pub(super) fn forget_expired(&mut self, now: Duration) {
        self.entries.retain(|entry| now.saturating_sub(entry.stored) < entry.max_age);
    }

    /// Before another request of a script.
    pub(super) fn forget_those_for_one_fetch(&mut self) {
        self.entries.retain(|entry| !entry.for_one_fetch);
    }

    /// PRE-5
    pub(super) fn has(
        &self,
        requester: &Requester,
        (method, names): (Option<&str>, &[String]),
        deviations: &Deviations,
    ) -> bool {
        let method = method.map(|method| Permission::Method(method.to_owned()));
        let names = names.iter().map(|name| Permission::Header(name.clone()));
        method
            .into_iter()
            .chain(names)
            .all(|wanted| self.entries.iter().any(|entry| entry.matches(requester, &wanted, deviations)))
    }

    /// CAC-5
    pub(super) fn store(
        &mut self,
        requester: &Requester,
        permissions: Permissions,
        now: Duration,
        deviations: &Deviations,
    ) {
        let Permissions { methods, headers, max_age, for_one_fetch } = permissions;
        let covered = deviations.covered_methods.iter().map(|method| (*method).to_owned());
        let methods = methods.into_iter().chain(covered).map(Permission::Method);
        let (mut added, requester) = (Vec::new(), requester.clone());
        for permission in methods.chain(headers.into_iter().map(Permission::Header)) {
            let known = self.entries.iter_mut().filter(|entry| entry.matches(&requester, &permission, deviations));
            if known.map(|entry| entry.max_age = max_age).count() == 0 {
                let requester = requester.clone();
                added.push(CachedPermission { requester, permission, max_age, stored: now, for_one_fetch });
            }
        }
        self.entries.append(&mut added);
    }

    /// CAC-4 (<https://fetch.spec.whatwg.org/#concept-cache-clear>).
    pub(super) fn clear(&mut self, requester: &Requester) {
        self.entries.retain(|entry| !entry.requester.is_at(requester));
    }
}
