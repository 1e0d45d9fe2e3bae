//! The request of a running fetch, and what a server receives of it.

use url::Url;

use super::modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
use super::origin::WebOrigin;
use super::{EmbedderPolicy, HeaderLine, OutgoingRequest, Page, Reason, Response};

/// The response tainting (<https://fetch.spec.whatwg.org/#concept-request-response-tainting>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tainting {
    Basic,
    Opaque,
    Cors,
}

/// The request of a running fetch (<https://fetch.spec.whatwg.org/#concept-request>), with what only engines need.
#[derive(Clone, Debug)]
pub(super) struct Fetching {
    pub(super) page: Page,
    /// The current URL: after redirects the last.
    pub(super) url: Url,
    /// Whether a redirect tainted the origin: ORG-4 (<https://fetch.spec.whatwg.org/#concept-request-tainted-origin>).
    pub(super) tainted_origin: bool,
    pub(super) redirects: u8,
    pub(super) method: String,
    pub(super) headers: Vec<HeaderLine>,
    /// The method and headers before any redirect. Only engines use them.
    pub(super) first_method: String,
    pub(super) first_headers: Vec<HeaderLine>,
    pub(super) has_body: bool,
    /// Whether the body is a stream, which cannot be sent again.
    pub(super) has_stream_body: bool,
    pub(super) use_cors_preflight: bool,
    /// The unsafe-request flag. Without it, no method or header needs a preflight
    /// (<https://fetch.spec.whatwg.org/#unsafe-request-flag>).
    pub(super) unsafe_request: bool,
    pub(super) mode: Mode,
    pub(super) credentials: CredentialsMode,
    pub(super) redirect: RedirectMode,
    pub(super) cache: CacheMode,
    /// The cache mode that the script set. Only engines use it.
    pub(super) stated_cache: CacheMode,
    pub(super) referrer_policy: ReferrerPolicy,
    /// The `Origin` that an engine keeps after the method became GET.
    pub(super) kept_origin_line: Option<String>,
    pub(super) referrer_policy_hides_origin: bool,
    /// The headers that a preflight lists, if an engine does not list `headers`.
    pub(super) asked_headers: Option<Vec<HeaderLine>>,
    /// Whether the page's own origin redirected the request.
    pub(super) left_own_origin: bool,
    /// Whether the response comes from the HTTP cache.
    pub(super) is_stored: bool,
    /// A redirect that an engine refuses after the next preflight, and the reason.
    pub(super) refused_late: Option<(Reason, Response)>,
    pub(super) no_cors_keeps_credentials: bool,
    pub(super) tainting: Tainting,
    /// Whether a preflight was due for this URL or one before, even if the preflight cache made it unnecessary.
    pub(super) preflight_was_due: bool,
}

impl Fetching {
    pub(super) fn is_same_origin(&self) -> bool {
        self.page.origin.is_same(&WebOrigin::of(&self.url))
    }

    /// Returns the request origin as text (<https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin>).
    pub(super) fn serialised_origin(&self) -> &str {
        if self.tainted_origin { "null" } else { self.page.origin() }
    }

    pub(super) fn with_credentials(&self) -> bool {
        self.credentials == CredentialsMode::Include
    }

    /// Returns the current URL as servers see it, without fragment and user info.
    pub(super) fn address(&self) -> String {
        let mut url = self.url.clone();
        url.set_fragment(None);
        without_user_info(url)
    }

    /// Returns the current URL as the preflight cache compares it, with its fragment (CAC-1).
    pub(super) fn address_with_fragment(&self) -> String {
        without_user_info(self.url.clone())
    }

    /// Returns the actual request.
    pub(super) fn actual_request(&self) -> OutgoingRequest {
        let origin = self.origin_header().map(|origin| HeaderLine::new("Origin", origin));
        // CRD-1 (<https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>)
        let embedded_without =
            self.tainting == Tainting::Opaque && self.page.embedder_policy == EmbedderPolicy::Credentialless;
        let credentials = match self.credentials {
            _ if embedded_without => false,
            CredentialsMode::Include => true,
            CredentialsMode::SameOrigin => {
                self.tainting == Tainting::Basic || (self.keeps_credentials() && self.left_own_origin)
            }
            CredentialsMode::Omit => false,
        };
        OutgoingRequest {
            preflight: false,
            method: self.method.clone(),
            url: self.address(),
            headers: self.headers.iter().cloned().chain(origin).collect(),
            credentials,
            body: self.has_body,
        }
    }

    /// See [`no_cors_keeps_credentials`](super::deviations::Deviations::no_cors_keeps_credentials).
    pub(super) fn keeps_credentials(&self) -> bool {
        let same_origin = self.credentials == CredentialsMode::SameOrigin;
        self.no_cors_keeps_credentials && same_origin && self.mode == Mode::NoCors
    }

    /// Returns the value of `Origin`, if it is sent: ORG-3
    /// (<https://fetch.spec.whatwg.org/#append-a-request-origin-header>).
    pub(super) fn origin_header(&self) -> Option<&str> {
        if self.tainting == Tainting::Cors {
            return Some(self.serialised_origin());
        }
        if matches!(self.method.as_str(), "GET" | "HEAD") {
            return self.kept_origin_line.as_deref();
        }
        let forgets_policy =
            self.no_cors_keeps_credentials && self.left_own_origin && self.tainting == Tainting::Opaque;
        let hidden = self.mode != Mode::Cors
            && self.referrer_policy_hides_origin
            && !forgets_policy
            && match self.referrer_policy {
                ReferrerPolicy::NoReferrer => true,
                ReferrerPolicy::NoReferrerWhenDowngrade
                | ReferrerPolicy::StrictOrigin
                | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
                    self.page.origin().starts_with("https:") && self.url.scheme() != "https"
                }
                ReferrerPolicy::SameOrigin => !self.is_same_origin(),
                ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
            };
        Some(if hidden { "null" } else { self.serialised_origin() })
    }
}

fn without_user_info(mut url: Url) -> String {
    // A URL that cannot have user info has none to remove.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}
