//! How requests are refused under `on_denied: reject`.

use std::fmt;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use cors_core::{Denial, Origin};

/// What the application adds to requests that are refused before the handler: its public origin, and responses of its own. Requests are
/// refused so under `on_denied: reject`, and where a policy stands inside another one that grants more.
///
/// Such a policy refuses actual requests of origins that no rule is for by an empty 403, before the handler. Requests without
/// `Origin` pass, and those that surely come from the server's own pages: the browser says `Sec-Fetch-Site: same-origin`; or it
/// says nothing, and the origin has the host and port of `Host`, or is the public origin stated here.
///
/// ```
/// use actix_web::HttpResponse;
/// use cors_actix::{Cors, Origin, Rejection, cors_policy};
///
/// const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };
///
/// let rejection = Rejection::new()
///     .public_origin(Origin::parse("https://www.example.com")?)
///     .respond_with(|_request, denial| {
///         let problem = format!(r#"{{ "title": "Forbidden", "status": 403, "detail": "{denial}" }}"#);
///         HttpResponse::Forbidden().content_type("application/problem+json").body(problem)
///     });
/// let cors = WEB_APP.rejection(rejection);
/// # Ok::<(), cors_actix::OriginError>(())
/// ```
#[derive(Clone, Default)]
pub struct Rejection {
    public_origin: Option<Origin>,
    respond: Option<Arc<Respond>>,
}

type Respond = dyn Fn(&ServiceRequest, Denial) -> HttpResponse + Send + Sync;

impl Rejection {
    /// An empty 403, and no public origin.
    pub fn new() -> Self {
        Self::default()
    }

    /// The origin at which browsers know the server. Needed wherever a proxy in front of it changes `Host`: old browsers send no
    /// `Sec-Fetch-Site`, none does over plain http but to this machine, and Chromium does not when a WebSocket opens. One only;
    /// the last one counts.
    #[must_use]
    pub fn public_origin(mut self, origin: Origin) -> Self {
        self.public_origin = Some(origin);
        self
    }

    /// Responds by the application's own response, of any status. Its CORS headers are removed and its `Vary` is merged, as on
    /// every other response.
    #[must_use]
    pub fn respond_with(
        mut self,
        respond: impl Fn(&ServiceRequest, Denial) -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        self.respond = Some(Arc::new(respond));
        self
    }

    pub(crate) const fn stated_origin(&self) -> Option<&Origin> {
        self.public_origin.as_ref()
    }

    pub(crate) fn response(&self, request: &ServiceRequest, denial: Denial) -> Option<HttpResponse> {
        self.respond.as_ref().map(|respond| respond(request, denial))
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rejection").field("public_origin", &self.public_origin).finish_non_exhaustive()
    }
}
