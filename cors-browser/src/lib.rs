//! A model of the browser: what it sends for a script's request, and what it lets the script read of the answers.
//!
//! It is the other half of the [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol), read from the standard on its own:
//! it shares tables of names with the server's half, and no rule, so that each can prove the other. It does no input or output. Asked
//! for an [`Engine`], it differs from the standard where that engine was seen to.
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
//! # Who asks
//!
//! [`ScriptRequest::new`] is a request of `fetch`, and [`ScriptRequest::of`] one of anything else, from `<img>` to `EventSource`: an
//! [`InitiatorType`] has its mode and credentials, and [`Transcript::loss`] says what the page goes without.
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
//! # How it travels
//!
//! `http:` URLs are asked by HTTP/1.1 and `https:` ones by HTTP/2, so a body that is a stream fails at an `http:` URL.
//! [`Browser::with_http_cache`] puts an HTTP cache between browser and server. Sites, which `Cross-Origin-Resource-Policy: same-site` and
//! the memory of preflights look at, follow the list of public suffixes. [`Page::embedder_policy`] is what the page demands of opaque answers.
//!
//! # What it leaves out
//!
//! - What comes before CORS: content security policy, mixed content, blocked ports, and permissions to reach a local network.
//! - Cookies: [`OutgoingRequest::credentials`] says whether they may go along, not which there are. `SameSite` and partitions decide more.
//! - Authentication by the browser: a 401 with `WWW-Authenticate: Basic` and credentials is the answer here; Chromium and Firefox ask the
//!   user first.
//! - Retries of a lost connection, HTTP/2 without TLS, and HTTP/1.1 over TLS.
//! - Service workers, and that what a page preloaded is not asked for again.
//! - Of the HTTP cache: `Expires`, freshness that is guessed, `stale-while-revalidate`, parts of an answer, and what a page that frames
//!   another has to do with it beyond its site.
//! - Of the memory of preflights: how many fit in it; and whether an empty fragment is none.
//! - Of sites: that Chromium knows where a sandboxed frame came from, and takes two ports of an address for two; and that `localhost` and names
//!   below it are one to WebKit.
//! - Of an embedder policy: `report-only`, and what navigations and workers need. It counts on pages that are secure contexts; whether one
//!   is, the caller knows.
//! - `Origin` where an engine's privacy settings hide it, `Referer`, and `Sec-Fetch-` headers.
//! - Which of two lines of a script Firefox sends, as of `Content-Type`; that Chromium takes a `Range` that it cannot read out of a GET; and
//!   what a `Location` that is no UTF-8 becomes in an engine.
//! - What each browser adds to every request, as `Accept` and `User-Agent`.
//! - What asks without CORS whatever a page says: navigations (`<iframe>`, `<form>`, `<object>`), and WebSocket.
//! - `crossorigin()` of a `url()` in CSS, which Chromium and Firefox do not read yet.
//! - `<a ping>` where it is off, as in Firefox; and reports, as of a content security policy.
//! - What elements look at beside CORS: the type and status of an answer, `integrity`, `nosniff`, and opaque response blocking.
//!
//! Numbers such as CHK-3 in comments and reasons are statements of the standard; `DESIGN.md` lists them.

mod api;
mod cache;
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
mod memory;
mod message;
mod modes;
mod origin;
mod preflight;
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
pub use cache::{CachedPermission, Permission, Requester};
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
use memory::Memory;

/// A browser, which remembers preflights. The module's documentation has an example.
#[derive(Clone, Debug)]
pub struct Browser {
    engine: Option<Engine>,
    deviations: Deviations,
    memory: Memory,
    http_cache: Option<HttpCache>,
}

impl Default for Browser {
    fn default() -> Self {
        Self { engine: None, deviations: Deviations::STANDARD, memory: Memory::default(), http_cache: None }
    }
}

impl Browser {
    /// A browser that does what the standard says.
    pub fn new() -> Self {
        Self::default()
    }

    /// A browser with this engine.
    pub fn of(engine: Engine) -> Self {
        Self { engine: Some(engine), deviations: Deviations::of(engine), memory: Memory::of(engine), http_cache: None }
    }

    /// Returns the same browser with an HTTP cache, which may answer in place of a server. Without one, every request is sent.
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
    /// // This page gets what was stored for the first.
    /// assert!(!from("https://admin.example.com"));
    /// ```
    pub fn with_http_cache(self) -> Self {
        Self { http_cache: Some(HttpCache::default()), ..self }
    }

    /// The engine, or none for the standard.
    pub fn engine(&self) -> Option<Engine> {
        self.engine
    }

    /// Lets time pass, which ends what is remembered.
    pub fn advance(&mut self, time: Duration) {
        self.memory.advance(time);
    }

    /// What is remembered of preflights.
    pub fn preflight_cache(&self) -> impl Iterator<Item = &CachedPermission> {
        self.memory.entries().iter()
    }
}
