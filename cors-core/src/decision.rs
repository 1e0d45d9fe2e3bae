//! What a server does with a request.

use crate::missing::Missing;
use crate::{Ask, Credentials, Denial, Grants, IncomingRequest};

/// What a server does with a request. [`decide`](crate::decide()) returns it and has an example.
/// [`Policy::reply`](crate::Policy::reply) returns the whole answer for it.
///
/// Exhaustive, so that an adapter handles every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'p> {
    /// A preflight. The server answers without calling the handler: 204 with the grants, or 403 without any.
    Answer(Result<Grants<'p>, Denial>),
    /// Any other request. The handler responds, and the grants are added to its response.
    Forward(Forward<'p>),
    /// A denied request under `on_denied: reject`. The server answers 403 without grants and without calling the handler.
    Reject(Denial),
    /// A request that no list matches, so that a source of origins must be asked.
    Ask(Ask<'p>),
}

impl Decision<'_> {
    /// Returns the reason why the server denies the request; `None` if the server does not deny it.
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

    /// Returns the reason why a browser blocks the request: a [`denial`](Self::denial), or a part of the request that
    /// the answer does not grant.
    ///
    /// For a request of mode `cors` to another origin, returns `None` if and only if the answer passes the checks of
    /// the standard (<https://fetch.spec.whatwg.org/#cors-preflight-fetch>,
    /// <https://fetch.spec.whatwg.org/#concept-cors-check>), with two exceptions that no server can see:
    ///
    /// - Upload listeners or a stream made a preflight due. Then any method passes if none is listed.
    /// - A policy with `on_denied: reject` gets a request without `Sec-Fetch-Site` from a page of its own host with
    ///   another scheme.
    ///
    /// `request` must be the request that was decided. Costs more than the decision, so call it for logs and reports.
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
    /// Returns the grants, if there are any.
    #[inline]
    pub const fn grants(&self) -> Option<Grants<'p>> {
        match self {
            Self::Answer(Ok(grants)) | Self::Forward(Forward::Granted(grants)) => Some(*grants),
            Self::Answer(Err(_)) | Self::Forward(_) | Self::Reject(_) | Self::Ask(_) => None,
        }
    }
}

/// What is added to the response of the handler.
///
/// Exhaustive, so that an adapter handles every case.
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
    /// Nothing: the request has no `Origin`, so it needs no grants (SRV-20).
    NotCors,
    /// The grants, also if another service than the handler responds (SRV-23).
    Granted(Grants<'p>),
    /// Nothing: no rule matches, but the request comes from a page of the server's own origin, which needs no grants.
    /// Only under `on_denied: reject`.
    SameOrigin,
    /// Nothing: the request is denied, and the browser blocks the response (SRV-22).
    Denied(Denial),
}
