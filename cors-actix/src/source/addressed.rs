//! The host and path of a request, which its preflight has too.

use std::borrow::Cow;

use actix_web::dev::ServiceRequest;

use crate::authority;

/// The address of a request: its host and path. A preflight has the same ones. Other headers are not included,
/// because a preflight does not have the headers of the request that follows.
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
///     // Ask the database for a row with exactly these two values.
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

    /// Returns the host in lower case and without its port. Returns `None` if there is no host, or if there are
    /// different hosts.
    pub fn host_name(&self) -> Option<Cow<'r, str>> {
        let host = self.host()?;
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // An IPv6 address ends with a bracket.
        let name = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(name, _)| name);
        let has_upper_case = name.bytes().any(|byte| byte.is_ascii_uppercase());
        Some(if has_upper_case { name.to_ascii_lowercase().into() } else { name.into() })
    }

    /// Returns the host and port as the client sent them, in any case. Use [`host_name`](Self::host_name) for
    /// comparisons.
    pub fn host(&self) -> Option<&'r str> {
        authority::of(self.request)
    }

    /// Returns the path.
    pub fn path(&self) -> &'r str {
        self.request.path()
    }

    /// Returns the value of a named part of the path, for example in `web::scope("/{tenant}").wrap(cors)`. Only parts
    /// that were matched before the request reached the policy have a value: around a whole app there are none.
    pub fn parameter(&self, name: &str) -> Option<&'r str> {
        self.request.match_info().get(name)
    }
}
