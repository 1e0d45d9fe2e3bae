//! A model of the browser: what it sends for a script's request, and what the script may read of the responses.
//!
//! The model is the other half of the [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol). It is written
//! from the standard alone and shares only tables of names with the server's half, so that each half can prove the
//! other. It does no I/O. With an [`Engine`], the model differs from the standard where that engine was seen to differ.
//!
//! ```
//! use cors_browser::{Browser, Page, Response, ScriptRequest, Verdict};
//!
//! let page = Page::at("https://app.example.com")?;
//! let request = ScriptRequest::new("https://api.example.com/notes").method("PUT").header("X-Token", "7");
//!
//! let transcript = Browser::new().run(&page, &request, |_| {
//!     Response::new(204)
//!         .header("Access-Control-Allow-Origin", "https://app.example.com")
//!         .header("Access-Control-Allow-Methods", "PUT")
//! });
//! let preflight = &transcript.exchanges[0].request;
//! assert_eq!(preflight.method, "OPTIONS");
//! assert_eq!(preflight.header("Access-Control-Request-Headers"), Some(b"x-token".as_slice()));
//!
//! let Verdict::Blocked(blocked) = transcript.verdict else { unreachable!() };
//! assert_eq!(blocked.reason.to_string(), "header-not-allowed (PRE-15)");
//! # Ok::<(), cors_browser::InvalidUrl>(())
//! ```
//!
//! # Initiators
//!
//! [`ScriptRequest::new`] returns a request of `fetch`, and [`ScriptRequest::of`] a request of any other
//! [`InitiatorType`], from `<img>` to `EventSource`. [`Transcript::loss`] says what the page loses.
//!
//! ```
//! use cors_browser::{Browser, InitiatorType, Loss, Page, Response, ScriptRequest};
//!
//! let page = Page::at("https://app.example.com")?;
//! let loss = |request: &ScriptRequest| Browser::new().run(&page, request, |_| Response::new(200)).loss();
//!
//! let image = ScriptRequest::of(InitiatorType::Image, "https://cdn.example.com/photo.jpg");
//! assert_eq!(loss(&image), Some(Loss::Pixels));
//! assert_eq!(loss(&image.crossorigin("anonymous")), Some(Loss::Picture));
//!
//! let font = ScriptRequest::of(InitiatorType::Font, "https://cdn.example.com/a.woff2");
//! assert_eq!(loss(&font).unwrap().to_string(), "the text is shown in the next font of font-family");
//! # Ok::<(), cors_browser::InvalidUrl>(())
//! ```
//!
//! # Connections and caches
//!
//! The model uses HTTP/1.1 for `http:` URLs and HTTP/2 for `https:` URLs, so a stream as a body fails at an `http:`
//! URL. [`Browser::with_http_cache`] adds an HTTP cache. `Cross-Origin-Resource-Policy: same-site` and the preflight
//! cache depend on sites, which follow the list of public suffixes. [`Page::embedder_policy`] sets what the page
//! requires of opaque responses.
//!
//! # What the model leaves out
//!
//! - Checks before CORS: content security policy, mixed content, blocked ports, and permissions to reach a local
//!   network.
//! - Cookies: [`OutgoingRequest::credentials`] says whether cookies may be sent, not which there are. `SameSite` and
//!   partitions can restrict them.
//! - Authentication by the browser: the model passes on a 401 with `WWW-Authenticate: Basic`, where Chromium and
//!   Firefox ask the user first if the request has credentials.
//! - Retries of a lost connection, HTTP/2 without TLS, and HTTP/1.1 over TLS.
//! - Service workers, and the reuse of preloaded responses.
//! - In the HTTP cache: `Expires`, heuristic freshness, `stale-while-revalidate`, partial responses, and keys of framed
//!   pages beyond the top-level site.
//! - In the preflight cache: a maximum number of entries, and whether an empty fragment is the same as none.
//! - In sites: Chromium knows the origin of the page that created a sandboxed frame, and treats two ports of an address
//!   as two sites. WebKit treats `localhost` and the names below it as one site.
//! - In embedder policies: `report-only`, navigations and workers. Pages must be secure contexts, which the caller has
//!   to ensure.
//! - `Origin` that an engine's privacy settings hide, `Referer`, and `Sec-Fetch-` headers.
//! - Which of two lines of a script Firefox sends, such as two of `Content-Type`; that Chromium removes an invalid
//!   `Range` from a GET; and how an engine decodes a `Location` that is not UTF-8.
//! - Headers that a browser adds to every request, such as `Accept` and `User-Agent`.
//! - Requests that never use CORS: navigations (`<iframe>`, `<form>`, `<object>`), and WebSocket.
//! - `crossorigin()` of a `url()` in CSS, which Chromium and Firefox do not support yet.
//! - `<a ping>` in browsers that disable it, such as Firefox; and reports, such as those of a content security policy.
//! - Checks of elements other than CORS: the type and status of a response, `integrity`, `nosniff`, and opaque response
//!   blocking.
//!
//! Numbers such as CHK-3 in comments and reasons are statements of the standard. `DESIGN.md` lists them.

mod api;
mod cached_permission;
mod catalogue;
mod check;
mod deviations;
mod engine;
pub mod explain;
mod expose;
mod fetch;
mod fetching;
mod header;
mod http_cache;
mod initiator;
mod loss;
mod message;
mod modes;
mod origin;
mod preflight;
mod preflight_cache;
mod reason;
mod redirect;
mod refusal;
mod route;
mod safelist;
mod script;
mod site;
mod statement;
mod steps;
mod stranger;
mod transcript;
mod verdict;

use std::time::Duration;

pub use api::{is_forbidden_request_header, normalise_method};
pub use cached_permission::{CachedPermission, Permission, Requester};
pub use catalogue::Reason;
pub use check::cors_check;
pub use cors_core::Stranger;
pub use engine::Engine;
pub use expose::readable_names;
pub use fetch::Fetch;
pub use header::{HeaderLine, canonical_name};
pub use initiator::InitiatorType;
pub use loss::Loss;
pub use message::{OutgoingRequest, Response};
pub use modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
pub use origin::{EmbedderPolicy, InvalidUrl, Page};
pub use refusal::Refusal;
pub use safelist::{is_safelisted_request_header, unsafe_request_header_names};
pub use script::{Body, ScriptRequest};
pub use transcript::{Exchange, Transcript};
pub use verdict::{At, Blocked, Readable, ResponseType, Verdict};

use deviations::Deviations;
use http_cache::HttpCache;
use preflight_cache::PreflightCache;

/// A browser with its preflight cache. The first page of the documentation has an example.
#[derive(Clone, Debug)]
pub struct Browser {
    engine: Option<Engine>,
    deviations: Deviations,
    preflight_cache: PreflightCache,
    http_cache: Option<HttpCache>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            engine: None,
            deviations: Deviations::STANDARD,
            preflight_cache: PreflightCache::default(),
            http_cache: None,
        }
    }
}

impl Browser {
    /// Returns a browser that follows the standard.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a browser with this engine.
    pub fn of(engine: Engine) -> Self {
        Self {
            engine: Some(engine),
            deviations: Deviations::of(engine),
            preflight_cache: PreflightCache::of(engine),
            http_cache: None,
        }
    }

    /// Adds an HTTP cache, which may respond instead of a server. Without one, every request is sent.
    ///
    /// ```
    /// use cors_browser::{Browser, Engine, Page, Response, ScriptRequest, Verdict};
    ///
    /// let mut browser = Browser::of(Engine::Chromium).with_http_cache();
    /// let request = ScriptRequest::new("https://api.example.com/notes");
    /// let mut from = |page: &str| {
    ///     let transcript = browser.run(&Page::at(page).unwrap(), &request, |outgoing| {
    ///         // Without `Vary: Origin`.
    ///         let origin = outgoing.header("Origin").unwrap_or_default();
    ///         Response::new(200).header("Access-Control-Allow-Origin", origin).header("Cache-Control", "max-age=60")
    ///     });
    ///     matches!(transcript.verdict, Verdict::Readable(_))
    /// };
    /// assert!(from("https://app.example.com"));
    /// // This page gets the response that was stored for the first.
    /// assert!(!from("https://admin.example.com"));
    /// ```
    pub fn with_http_cache(self) -> Self {
        Self { http_cache: Some(HttpCache::default()), ..self }
    }

    /// Returns the engine; `None` for the standard.
    pub fn engine(&self) -> Option<Engine> {
        self.engine
    }

    /// Lets time pass, so that cached entries expire.
    pub fn advance(&mut self, time: Duration) {
        self.preflight_cache.advance(time);
    }

    /// Returns the entries of the preflight cache.
    pub fn preflight_cache(&self) -> impl Iterator<Item = &CachedPermission> {
        self.preflight_cache.entries().iter()
    }
}
