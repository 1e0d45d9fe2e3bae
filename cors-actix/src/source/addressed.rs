//! What a request addresses, as far as its preflight says it too.

use actix_web::dev::ServiceRequest;

use crate::authority;

/// What a request addresses: all that its preflight has too, and nothing else. No header but the host's is among it, since no preflight
/// carries those of the request that follows.
///
/// ```
/// use std::borrow::Cow;
/// use std::convert::Infallible;
///
/// use cors_actix::{Addressed, Cors, Origin, PolicyDraft, Source};
///
/// /// `acme.api.example` is the host of the tenant `acme`.
/// fn tenant(request: Addressed<'_>) -> Option<Cow<'_, str>> {
///     request.host()?.strip_suffix(".api.example").map(Cow::from)
/// }
///
/// let knows = |origin: Origin, tenant: String| async move {
///     // Ask the database for a row with exactly these two.
///     Ok::<_, Infallible>((tenant.as_str(), origin.as_str()) == ("acme", "https://app.acme.example"))
/// };
/// let (cors, handle) = Cors::with_source(PolicyDraft::new().credentials(true), Source::keyed(tenant, knows))?;
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Addressed<'r> {
    request: &'r ServiceRequest,
}

impl<'r> Addressed<'r> {
    pub(super) const fn of(request: &'r ServiceRequest) -> Self {
        Self { request }
    }

    /// Returns the host and its port, as the client wrote them: compare without case. None where there is none, or several that differ.
    pub fn host(&self) -> Option<&'r str> {
        authority::of(self.request)
    }

    /// Returns the path.
    pub fn path(&self) -> &'r str {
        self.request.path()
    }

    /// Returns the value of a part of the path that has a name, as in `web::scope("/{tenant}").wrap(cors)`. Only what was matched
    /// before the request came to the policy has one: around a whole app, nothing.
    pub fn parameter(&self, name: &str) -> Option<&'r str> {
        self.request.match_info().get(name)
    }
}
