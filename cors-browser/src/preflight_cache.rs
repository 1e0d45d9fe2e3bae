//! The CORS-preflight cache of the standard and of each engine.

use std::time::Duration;

use super::cached_permission::{CachedPermission, Permission, Requester};
use super::engine::Engine;
use super::fetching::{Fetching, Tainting};
use super::header::{get, isomorphic_decode, single};
use super::modes::CacheMode;
use super::preflight::{Needs, Permissions};
use super::site::registrable_domain_of;
use super::{Page, Reason, Response};

/// The CORS-preflight cache of a browser.
///
/// - The standard keeps an entry for each method and header. Entries of several responses add up.
/// - Chromium and WebKit keep the last response for each page and URL, and drop it when it does not cover a request.
/// - Firefox keeps lists of methods and headers, separate for requests with credentials. Lists of several responses add
///   up.
#[derive(Clone, Debug, Default)]
pub(super) struct PreflightCache {
    engine: Option<Engine>,
    entries: Vec<CachedPermission>,
    now: Duration,
}

impl PreflightCache {
    pub(super) fn of(engine: Engine) -> Self {
        Self { engine: Some(engine), ..Self::default() }
    }

    pub(super) fn entries(&self) -> &[CachedPermission] {
        &self.entries
    }

    pub(super) fn now(&self) -> Duration {
        self.now
    }

    /// Returns the key of the pages that share an HTTP cache: their site; in WebKit their registrable domain, or one
    /// key for all pages without one.
    pub(super) fn http_partition(&self, page: &Page) -> String {
        match self.engine {
            Some(Engine::WebKit) => registrable_domain_of(&page.top_level_origin).unwrap_or_default(),
            _ => page.top_level_site(),
        }
    }

    pub(super) fn advance(&mut self, time: Duration) {
        self.now = self.now.saturating_add(time);
        self.remove_expired();
    }

    /// Removes the entries whose max-age has passed (CAC-2).
    fn remove_expired(&mut self) {
        self.entries.retain(|entry| self.now.saturating_sub(entry.stored) < entry.max_age);
    }

    /// Removes the entries that are for one fetch only, before the next fetch.
    pub(super) fn begin_fetch(&mut self) {
        self.entries.retain(|entry| !entry.for_one_fetch);
    }

    /// Whether the entries make the preflight unnecessary (PRE-5).
    pub(super) fn can_skip_preflight(&mut self, needs: &Needs, fetching: &Fetching) -> bool {
        self.remove_expired();
        if self.is_bypassed(fetching) {
            return false;
        }
        let requester = self.requester(needs, fetching);
        let method = needs.includes_method().then(|| Permission::Method(fetching.method.clone()));
        let mut wanted = method.into_iter().chain(needs.unsafe_names().iter().cloned().map(Permission::Header));
        let can_skip =
            wanted.all(|wanted| self.entries.iter().any(|entry| covers(self.engine, entry, &requester, &wanted)));
        if !can_skip && self.keeps_last_response() {
            self.clear(&requester);
        }
        can_skip
    }

    /// Stores all that a response lists, not only what the preflight requested (CAC-5). WebKit also stores a response
    /// that does not allow the request.
    pub(super) fn store(
        &mut self,
        needs: &Needs,
        fetching: &Fetching,
        response: &Response,
        permissions: Permissions,
        allowed: bool,
    ) {
        let max_age = self.max_age(response);
        let is_opaque = fetching.page.origin() == "null";
        let (remembers, for_one_fetch) = match self.engine {
            None => (allowed, false),
            Some(Engine::Chromium) => {
                (allowed && !fetching.tainted_origin && fetching.stated_cache != CacheMode::NoStore, is_opaque)
            }
            Some(Engine::Firefox) => (allowed && !max_age.is_zero(), false),
            Some(Engine::WebKit) => (true, fetching.tainted_origin && !is_opaque),
        };
        if !remembers {
            return;
        }
        let requester = self.requester(needs, fetching);
        if self.keeps_last_response() {
            self.clear(&requester);
        }
        // Every entry of an engine also covers these methods.
        let covered: &[&str] = match self.engine {
            None => &[],
            Some(Engine::Firefox) => &["GET", "POST"],
            Some(Engine::Chromium | Engine::WebKit) => &["GET", "HEAD", "POST"],
        };
        let Permissions { mut methods, headers } = permissions;
        methods.extend(covered.iter().map(|method| (*method).to_owned()));
        let (engine, stored, mut added) = (self.engine, self.now, Vec::new());
        let methods = methods.into_iter().map(Permission::Method);
        for permission in methods.chain(headers.into_iter().map(Permission::Header)) {
            let mut is_known = false;
            // For these two, Firefox only needs an entry, even an expired one.
            let for_ever = engine == Some(Engine::Firefox) && is_method_of(&permission, covered);
            let max_age = if for_ever { Duration::MAX } else { max_age };
            for entry in self.entries.iter_mut().filter(|entry| covers(engine, entry, &requester, &permission)) {
                entry.max_age = max_age;
                if engine == Some(Engine::Firefox) {
                    entry.stored = stored;
                }
                is_known = true;
            }
            if !is_known {
                let requester = requester.clone();
                added.push(CachedPermission { requester, permission, max_age, stored, for_one_fetch });
            }
        }
        self.entries.append(&mut added);
    }

    /// Removes the entries for the URL of a failed request (CAC-4): in the standard if a preflight was due, in Firefox
    /// if the request went to another origin.
    pub(super) fn clear_after_failure(&mut self, fetching: &Fetching, needs: &Needs, reason: Option<&Reason>) {
        let clears = match self.engine {
            None => fetching.preflight_was_due,
            Some(Engine::Firefox) => {
                fetching.tainting == Tainting::Cors && !matches!(reason, Some(Reason::RedirectModeError { .. }))
            }
            Some(Engine::Chromium | Engine::WebKit) => false,
        };
        if clears {
            self.clear(&self.requester(needs, fetching));
        }
    }

    fn keeps_last_response(&self) -> bool {
        matches!(self.engine, Some(Engine::Chromium | Engine::WebKit))
    }

    fn is_bypassed(&self, fetching: &Fetching) -> bool {
        match self.engine {
            Some(Engine::Chromium) => {
                let modes = [CacheMode::NoStore, CacheMode::Reload, CacheMode::NoCache];
                fetching.tainted_origin || modes.contains(&fetching.cache)
            }
            Some(Engine::Firefox) => [CacheMode::NoStore, CacheMode::Reload].contains(&fetching.cache),
            Some(Engine::WebKit) | None => false,
        }
    }

    /// Returns the key of the entries for a request (CAC-1).
    fn requester(&self, needs: &Needs, fetching: &Fetching) -> Requester {
        let page = &fetching.page;
        let by_origin = self.engine == Some(Engine::WebKit);
        Requester {
            top_level_site: if by_origin { page.top_level_origin.clone() } else { page.top_level_site() },
            origin: needs.origin().to_owned(),
            url: fetching.address_with_fragment(),
            credentials: fetching.with_credentials(),
            // WebKit distinguishes a tainted origin from the opaque origin of a page, although both are `null`.
            is_tainted: by_origin && fetching.tainted_origin && page.origin() != "null",
        }
    }

    /// Removes the entries for a key: CAC-4 (<https://fetch.spec.whatwg.org/#concept-cache-clear>).
    fn clear(&mut self, requester: &Requester) {
        self.entries.retain(|entry| !entry.requester.is_at(requester));
    }

    /// Returns how long a response may be cached (PRE-16).
    fn max_age(&self, response: &Response) -> Duration {
        const NAME: &str = "access-control-max-age";
        const DEFAULT: u64 = 5;
        let text = get(&response.headers, NAME).map(|value| isomorphic_decode(&value)).unwrap_or_default();
        let forbids = match self.engine {
            None => false,
            Some(Engine::Firefox) => !text.is_empty(),
            Some(Engine::Chromium | Engine::WebKit) => text.strip_prefix('-').is_some_and(is_number),
        };
        let seconds = match single(&response.headers, NAME) {
            Ok(Some(_)) if is_number(&text) => text.parse().unwrap_or(u64::MAX),
            _ if forbids => 0,
            _ => DEFAULT,
        };
        // The standard lets the browser choose a maximum.
        let longest = match self.engine {
            None => u64::MAX,
            Some(Engine::Chromium) => 7_200,
            Some(Engine::Firefox) => 86_400,
            Some(Engine::WebKit) => 600,
        };
        Duration::from_secs(seconds.min(longest))
    }
}

/// Whether an entry covers a method or header: CAC-2 (<https://fetch.spec.whatwg.org/#concept-cache-match>).
fn covers(engine: Option<Engine>, entry: &CachedPermission, requester: &Requester, wanted: &Permission) -> bool {
    let (learnt, sent) = (entry.requester.credentials, requester.credentials);
    let credentials = if engine == Some(Engine::Firefox) { learnt == sent } else { learnt || !sent };
    // CAC-3
    let by_wildcard = match engine {
        None => !wanted.is_authorization(),
        Some(Engine::Chromium) => !wanted.is_authorization() && !learnt,
        Some(Engine::Firefox) => false,
        Some(Engine::WebKit) => !sent,
    };
    let permission = &entry.permission;
    let covered = permission.lists(wanted) || (by_wildcard && permission.is_wildcard_of(wanted));
    credentials && covered && entry.requester.is_at(requester)
}

fn is_method_of(permission: &Permission, methods: &[&str]) -> bool {
    matches!(permission, Permission::Method(method) if methods.contains(&method.as_str()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
