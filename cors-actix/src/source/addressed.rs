//! What a request addresses, as far as its preflight says it too.

use std::borrow::Cow;

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
///     let host = request.host_name()?;
///     host.strip_suffix(".api.example").map(|tenant| tenant.to_owned().into())
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

    /// Returns the host in lower case and without its port. Returns none if there is no host, or if there are several that differ.
    pub fn host_name(&self) -> Option<Cow<'r, str>> {
        let host = self.host()?;
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // An IPv6 address ends with a bracket.
        let name = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(name, _)| name);
        let has_upper_case = name.bytes().any(|byte| byte.is_ascii_uppercase());
        Some(if has_upper_case { name.to_ascii_lowercase().into() } else { name.into() })
    }

    /// Returns the host and its port as the client wrote them, in any case. Use [`host_name`](Self::host_name) to compare it.
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
