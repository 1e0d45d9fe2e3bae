//! A request as a script makes it.

mod of;

use super::initiator::InitiatorType;
use super::modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
use super::{HeaderLine, is_safelisted_request_header};

/// What a script passes to `fetch()`. The methods are named like the options of `fetch`. Use [`ScriptRequest::of`] for
/// other initiators.
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
    /// Returns a GET request for this URL, with the defaults of `fetch`.
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

    /// Sets the method, in any case: a text, or the `Method` of the crate `http`.
    pub fn method(self, method: impl AsRef<str>) -> Self {
        Self { method: method.as_ref().to_owned(), ..self }
    }

    /// Adds a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(HeaderLine::new(name, value));
        self
    }

    /// Sets the kind of body. The request has no content: in a test, `fetch_with_body` of
    /// `cors_actix::testing::Browser` sends some, such as JSON.
    pub fn body(self, body: Body) -> Self {
        // https://w3c.github.io/beacon/#sec-processing-model
        let mode = match self.initiator {
            InitiatorType::Beacon => beacon_mode(&body),
            _ => self.mode,
        };
        Self { body, mode, ..self }
    }

    /// Sets whether CORS is used.
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Sets when cookies are sent.
    pub fn credentials(self, credentials: CredentialsMode) -> Self {
        Self { credentials, ..self }
    }

    /// Sets what happens on a redirect.
    pub fn redirect(self, redirect: RedirectMode) -> Self {
        Self { redirect, ..self }
    }

    /// Sets how the HTTP cache is used. With some modes, some engines bypass the preflight cache too.
    pub fn cache(self, cache: CacheMode) -> Self {
        Self { cache, ..self }
    }

    /// Sets what the server learns about the page.
    pub fn referrer_policy(self, referrer_policy: ReferrerPolicy) -> Self {
        Self { referrer_policy, ..self }
    }

    /// Sets whether the `upload` of an `XMLHttpRequest` has listeners. They alone make a preflight due (PRE-4).
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

/// The kind of a body, which decides its type (<https://fetch.spec.whatwg.org/#concept-bodyinit-extract>).
///
/// A body here has no content. In a test, `fetch_with_body` of `cors_actix::testing::Browser` sends some; `fetch` sends
/// the word `body`, and a handler that reads JSON answers that with 400.
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
    /// No body.
    #[default]
    None,
    /// A string: `text/plain;charset=UTF-8`.
    Text,
    /// `URLSearchParams`: `application/x-www-form-urlencoded;charset=UTF-8`.
    UrlSearchParams,
    /// `FormData`: `multipart/form-data`.
    FormData,
    /// A `Blob` or `File` with this type, which may be empty.
    Blob(String),
    /// Bytes without a type.
    Bytes,
    /// A `ReadableStream`. It has no type, needs a preflight, and cannot be sent again.
    Stream,
}

/// Returns the type of a body (<https://fetch.spec.whatwg.org/#concept-bodyinit-extract>).
pub(super) fn content_type(body: &Body) -> Option<&str> {
    match body {
        Body::None | Body::Bytes | Body::Stream => None,
        Body::Text => Some("text/plain;charset=UTF-8"),
        Body::UrlSearchParams => Some("application/x-www-form-urlencoded;charset=UTF-8"),
        Body::FormData => Some("multipart/form-data; boundary=boundary"),
        Body::Blob(kind) => Some(kind.as_str()).filter(|kind| !kind.is_empty()),
    }
}
