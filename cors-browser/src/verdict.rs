//! What the script gets in the end.

use super::{OutgoingRequest, Reason, Refusal, Response};

/// What the script gets.
///
/// Exhaustive, so that a caller handles every case.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Verdict;
///
/// /// The status, where the script may know it.
/// fn status(verdict: &Verdict) -> Option<u16> {
///     if let Verdict::Readable(readable) = verdict { Some(readable.status) } else { None }
/// }
/// # use cors_browser::{Browser, Mode, Page, Response, ScriptRequest};
/// # let request = ScriptRequest::new("https://cdn.example.com/pixel.gif").mode(Mode::NoCors);
/// # let page = Page::at("https://app.example.com")?;
/// # let verdict = Browser::new().run(&page, &request, |_| Response::new(200)).verdict;
/// # assert_eq!((&verdict, status(&verdict)), (&Verdict::Opaque, None));
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answer.
    Readable(Readable),
    /// A response of which nothing can be read, in mode no-cors.
    Opaque,
    /// A redirect of which nothing can be read, in redirect mode manual.
    OpaqueRedirect,
    /// What a `data:` or `blob:` URL holds; no server is asked.
    Local,
    /// A network error.
    Blocked(Box<Blocked>),
    /// A network error, for no answer came.
    Unanswered,
    /// An exception before anything was sent.
    RefusedByApi(Refusal),
}

/// An answer that the script may read.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::{Readable, ResponseType};
///
/// /// Whether the page may read this header because of a policy.
/// fn is_exposed(readable: &Readable, name: &str) -> bool {
///     readable.response_type == ResponseType::Cors && readable.headers.iter().any(|header| header == name)
/// }
/// # use cors_browser::{Browser, Page, Response, ScriptRequest, Verdict};
/// # let page = Page::at("https://app.example.com")?;
/// # let own = ScriptRequest::new("https://app.example.com/notes");
/// # let verdict = Browser::new().run(&page, &own, |_| Response::new(200).header("ETag", "\"1\"")).verdict;
/// # let Verdict::Readable(readable) = verdict else { unreachable!() };
/// # assert_eq!((readable.status, readable.response_type), (200, ResponseType::Basic));
/// # assert_eq!(readable.headers, ["etag"]);
/// # assert!(!is_exposed(&readable, "etag"));
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Readable {
    /// The status.
    pub status: u16,
    /// Whether it was CORS that allowed it.
    pub response_type: ResponseType,
    /// The names of the headers that can be read, in lower case and alphabetical order.
    pub headers: Vec<String>,
}

/// <https://fetch.spec.whatwg.org/#concept-response-type>, of answers that can be read: [`Readable`] has an example.
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// Of the page's own origin.
    Basic,
    /// Of another that consented.
    Cors,
}

/// A network error, and whose fault it is.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::{At, Blocked, Reason};
///
/// /// The method that the answer to the preflight lacks.
/// fn missing_method(blocked: &Blocked) -> Option<&str> {
///     match &blocked.reason {
///         Reason::MethodNotAllowed { method, .. } if blocked.at == At::Preflight => Some(method),
///         _ => None,
///     }
/// }
/// # use cors_browser::{Browser, Page, Response, ScriptRequest, Verdict};
/// # let page = Page::at("https://app.example.com")?;
/// # let request = ScriptRequest::new("https://api.example.com/notes/7").method("DELETE");
/// # let transcript = Browser::new().run(&page, &request, |_| {
/// #     Response::new(204)
/// #         .header("Access-Control-Allow-Origin", "https://app.example.com")
/// #         .header("Access-Control-Allow-Methods", "PUT")
/// # });
/// # let Verdict::Blocked(blocked) = transcript.verdict else { unreachable!() };
/// # assert_eq!(missing_method(&blocked), Some("DELETE"));
/// # let Reason::MethodNotAllowed { allowed, .. } = &blocked.reason else { unreachable!() };
/// # assert_eq!(allowed.as_slice(), ["PUT".to_owned()]);
/// # assert_eq!(blocked.reason.to_string(), "method-not-allowed (PRE-13)");
/// # assert_eq!(blocked.reason.anchor(), "https://fetch.spec.whatwg.org/#cors-preflight-fetch");
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blocked {
    /// What is wrong.
    pub reason: Reason,
    /// At which step.
    pub at: At,
    /// The URL of that step: after redirects the last.
    pub url: String,
    /// How many redirects came before.
    pub redirects: u8,
    /// The response that decided, where one did.
    pub response: Option<Response>,
    /// Whether the HTTP cache had stored that response, and no server was asked.
    pub is_stored: bool,
    /// The preflight of that URL, where one was due, whether it was sent or an earlier answer spared it.
    pub(super) preflight: Option<OutgoingRequest>,
}

/// A step of a fetch: [`Blocked`] has an example.
///
/// Exhaustive, so that a caller handles every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// The request, before it was sent to this URL.
    Request,
    /// The answer to a preflight.
    Preflight,
    /// The answer to the request itself, also one that redirects.
    Actual,
    /// The redirect that the answer is.
    Redirect,
}
