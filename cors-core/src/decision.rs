//! What a server does with a request.

use crate::missing::Missing;
use crate::{Ask, Credentials, Denial, Grants, IncomingRequest};

/// What a server does with a request, as [`decide`](crate::decide()) says; there is an example. [`Policy::reply`](crate::Policy::reply)
/// is the whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'p> {
    /// A preflight: answered without the handler, by 204 with the grants, or by 403 without any.
    Answer(Result<Grants<'p>, Denial>),
    /// Everything else goes to the handler; the grants go onto its response.
    Forward(Forward<'p>),
    /// Refused before the handler, by 403 without grants: the policy says `on_denied: reject`.
    Reject(Denial),
    /// No list matches, but a source may know the origin.
    Ask(Ask<'p>),
}

impl Decision<'_> {
    /// Why the server grants nothing, where something was asked for.
    ///
    /// ```
    /// use cors_core::{Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
    /// let request = Request::new(b"GET").origin(Lines::One(b"https://evil.example"));
    /// assert_eq!(decide(&policy, &request).denial(), Some(Denial::OriginNotListed));
    /// assert_eq!(decide(&policy, &Request::new(b"GET")).denial(), None);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub const fn denial(&self) -> Option<Denial> {
        match self {
            Self::Answer(Err(denial)) | Self::Forward(Forward::Denied(denial)) | Self::Reject(denial) => Some(*denial),
            Self::Answer(Ok(_)) | Self::Forward(_) | Self::Ask(_) => None,
        }
    }

    /// Why a browser does not give the page what this request asks for: a [`denial`](Self::denial), or the answer grants less than
    /// what is asked for.
    ///
    /// For a request of mode `cors` to another origin this is none exactly where the answer passes the standard's checks
    /// (<https://fetch.spec.whatwg.org/#cors-preflight-fetch>, <https://fetch.spec.whatwg.org/#concept-cors-check>). It is the
    /// request that was decided. Costs more than the decision, so ask for it where somebody reads the answer.
    ///
    /// ```
    /// use cors_core::{Credentials, Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate()?;
    /// let preflight = Request::new(b"OPTIONS").origin(Lines::One(b"https://app.example.com"));
    /// let blocked = |method, credentials| {
    ///     let request = preflight.access_control_request_method(Lines::One(method));
    ///     decide(&policy, &request).blocked_by_browser(&request, credentials)
    /// };
    /// assert_eq!(blocked(b"PUT", Credentials::Unknown), None);
    /// assert_eq!(blocked(b"DELETE", Credentials::Unknown), Some(Denial::MethodNotListed));
    /// assert_eq!(blocked(b"PUT", Credentials::Included), Some(Denial::CredentialsNotAllowed));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn blocked_by_browser<'r>(
        &self,
        request: &impl IncomingRequest<'r>,
        credentials: Credentials,
    ) -> Option<Denial> {
        match self.grants() {
            Some(grants) => Missing::of(&grants, request, credentials).map(Denial::from),
            None => self.denial(),
        }
    }
}

impl<'p> Decision<'p> {
    /// What is granted, if anything is.
    #[inline]
    pub const fn grants(&self) -> Option<Grants<'p>> {
        match self {
            Self::Answer(Ok(grants)) | Self::Forward(Forward::Granted(grants)) => Some(*grants),
            Self::Answer(Err(_)) | Self::Forward(_) | Self::Reject(_) | Self::Ask(_) => None,
        }
    }
}

/// What goes onto the response of a request that the handler answers.
///
/// ```
/// use cors_core::{Decision, Forward, PolicyDraft, Request, decide};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// assert_eq!(decide(&policy, &Request::new(b"GET")), Decision::Forward(Forward::NotCors));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward<'p> {
    /// No `Origin`: nothing is granted since nothing is asked (SRV-20).
    NotCors,
    /// The grants go onto the response, whoever makes it.
    Granted(Grants<'p>),
    /// No rule is for it, and none is needed: it comes from a page of the server's own. Only `on_denied: reject` looks for that.
    SameOrigin,
    /// Nothing is granted; the browser keeps the answer from the page (SRV-22).
    Denied(Denial),
}
