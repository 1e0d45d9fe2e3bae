//! A request as a script states it.

mod of;

use super::initiator::InitiatorType;
use super::modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
use super::{HeaderLine, is_safelisted_request_header};

/// What a script gives to `fetch()`: each method is named as in `fetch`'s second argument. [`ScriptRequest::of`] is for all others that ask.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::{Body, CredentialsMode, ScriptRequest};
///
/// let request = ScriptRequest::new("https://api.example.com/notes")
///     .method("POST")
///     .header("Content-Type", "application/json")
///     .body(Body::Text)
///     .credentials(CredentialsMode::Include);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptRequest {
    pub(super) url: String,
    pub(super) method: String,
    pub(super) headers: Vec<HeaderLine>,
    pub(super) body: Body,
    pub(super) mode: Mode,
    pub(super) credentials: CredentialsMode,
    pub(super) redirect: RedirectMode,
    pub(super) cache: CacheMode,
    pub(super) referrer_policy: ReferrerPolicy,
    pub(super) upload_listeners: bool,
    pub(super) initiator: InitiatorType,
}

impl ScriptRequest {
    /// A GET of this URL, with the defaults of `fetch`.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            method: "GET".to_owned(),
            headers: Vec::new(),
            body: Body::None,
            mode: Mode::default(),
            credentials: CredentialsMode::default(),
            redirect: RedirectMode::default(),
            cache: CacheMode::default(),
            referrer_policy: ReferrerPolicy::default(),
            upload_listeners: false,
            initiator: InitiatorType::Fetch,
        }
    }

    /// The method, in any case: a text, or the `Method` of the crate `http`.
    pub fn method(self, method: impl AsRef<str>) -> Self {
        Self { method: method.as_ref().to_owned(), ..self }
    }

    /// One more header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(HeaderLine::new(name, value));
        self
    }

    /// Which kind of body is sent. Its content is not part of the request: `fetch_with_body` of `cors_actix::testing::Browser` sends one,
    /// such as JSON.
    pub fn body(self, body: Body) -> Self {
        // https://w3c.github.io/beacon/#sec-processing-model
        let mode = match self.initiator {
            InitiatorType::Beacon => beacon_mode(&body),
            _ => self.mode,
        };
        Self { body, mode, ..self }
    }

    /// Whether CORS is asked for.
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Whether cookies go along.
    pub fn credentials(self, credentials: CredentialsMode) -> Self {
        Self { credentials, ..self }
    }

    /// What becomes of redirects.
    pub fn redirect(self, redirect: RedirectMode) -> Self {
        Self { redirect, ..self }
    }

    /// Whether the HTTP cache is asked; some engines bypass the preflight cache with it.
    pub fn cache(self, cache: CacheMode) -> Self {
        Self { cache, ..self }
    }

    /// What the server may learn about the page.
    pub fn referrer_policy(self, referrer_policy: ReferrerPolicy) -> Self {
        Self { referrer_policy, ..self }
    }

    /// Whether listeners were registered on an `XMLHttpRequest`'s `upload`; they alone make a preflight due (PRE-4).
    pub fn upload_listeners(self, upload_listeners: bool) -> Self {
        Self { upload_listeners, ..self }
    }
}

fn beacon_mode(body: &Body) -> Mode {
    match content_type(body) {
        Some(value) if !is_safelisted_request_header("Content-Type", value.as_bytes()) => Mode::Cors,
        _ => Mode::NoCors,
    }
}

/// A body, by what it says about its type (<https://fetch.spec.whatwg.org/#concept-bodyinit-extract>).
///
/// It has no content. A test sends one to the app by `fetch_with_body` of `cors_actix::testing::Browser`; `fetch` sends the word `body`,
/// which a handler that reads JSON answers with 400.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Body;
///
/// let photo = Body::Blob("image/png".to_owned());
/// assert_ne!(photo, Body::None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// None.
    #[default]
    None,
    /// A string: `text/plain;charset=UTF-8`.
    Text,
    /// `URLSearchParams`: `application/x-www-form-urlencoded;charset=UTF-8`.
    UrlSearchParams,
    /// `FormData`: `multipart/form-data`.
    FormData,
    /// A `Blob` or `File` of this type, which may be empty.
    Blob(String),
    /// Bytes, which have no type.
    Bytes,
    /// A `ReadableStream`, which has no type, needs a preflight, and cannot be sent twice.
    Stream,
}

/// The type that a body brings along (<https://fetch.spec.whatwg.org/#concept-bodyinit-extract>).
pub(super) fn content_type(body: &Body) -> Option<&str> {
    match body {
        Body::None | Body::Bytes | Body::Stream => None,
        Body::Text => Some("text/plain;charset=UTF-8"),
        Body::UrlSearchParams => Some("application/x-www-form-urlencoded;charset=UTF-8"),
        Body::FormData => Some("multipart/form-data; boundary=boundary"),
        Body::Blob(kind) => Some(kind.as_str()).filter(|kind| !kind.is_empty()),
    }
}
