//! The result of a fetch for the script.

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
    /// A response that the script can read.
    Readable(Readable),
    /// A response that the script cannot read, in mode `no-cors`.
    Opaque,
    /// A redirect that the script cannot read, in redirect mode `manual`.
    OpaqueRedirect,
    /// The content of a `data:` or `blob:` URL, without a server.
    Local,
    /// A network error, with its reason.
    Blocked(Box<Blocked>),
    /// A network error because no response came.
    Unanswered,
    /// An exception before anything was sent.
    RefusedByApi(Refusal),
}

/// A response that the script can read.
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
    /// The status code.
    pub status: u16,
    /// Whether the script can read the response because of CORS.
    pub response_type: ResponseType,
    /// The names of the readable headers, in lower case and alphabetical order.
    pub headers: Vec<String>,
}

/// The type of a readable response (<https://fetch.spec.whatwg.org/#concept-response-type>). [`Readable`] has an
/// example.
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// A response of the page's own origin.
    Basic,
    /// A response of another origin, which allows the page.
    Cors,
}

/// A network error, its reason, and where it happened.
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
    /// The step that failed.
    pub at: At,
    /// The URL of that step: after redirects the last.
    pub url: String,
    /// The number of redirects before.
    pub redirects: u8,
    /// The response that failed, if there is one.
    pub response: Option<Response>,
    /// Whether that response comes from the HTTP cache.
    pub is_stored: bool,
    /// The preflight for that URL, if one was due, even if the preflight cache made it unnecessary.
    pub(super) preflight: Option<OutgoingRequest>,
}

/// A step of a fetch. [`Blocked`] has an example.
///
/// Exhaustive, so that a caller handles every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// Before the request is sent to this URL.
    Request,
    /// The response to the preflight.
    Preflight,
    /// The response to the actual request, also if it redirects.
    Actual,
    /// The redirect that the response asks for.
    Redirect,
}
