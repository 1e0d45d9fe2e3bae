//! The answer to refused requests with `on_denied: reject`.

use std::fmt;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use cors_core::{Denial, Origin};

/// Settings for requests that a policy refuses before the handler: the server's public origin, and your own response.
/// A policy refuses requests with `on_denied: reject`, or if it is inside another policy that grants more.
///
/// Such a policy answers requests whose `Origin` no rule matches with an empty 403, before the handler runs. Browsers
/// send `Origin` with each WebSocket, POST, PUT, PATCH and DELETE, and with each CORS request.
///
/// Requests without `Origin` pass: those of programs that are not browsers, and each GET or HEAD of a page that is not
/// a CORS request: of a link, an image, a form, or `fetch` with `mode: "no-cors"`. So a handler for GET must not change
/// anything.
///
/// Requests of the server's own pages pass: those with `Sec-Fetch-Site: same-origin`. If the browser does not send
/// that header, the origin must be the public origin set here; without one, the host and port of the origin must equal
/// `Host`.
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
    /// Returns settings with an empty 403 and no public origin.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the origin that browsers use for this server. Use it if a proxy in front of the server changes `Host` or
    /// ends encryption, because some requests have no `Sec-Fetch-Site`: those of old browsers, over plain http to another
    /// machine, and of Chromium for a WebSocket. Such a request passes only from this origin, whatever its `Host` is:
    /// not from the same host over http, and not from another name or address of the server. So set the origin of each
    /// environment, such as `http://localhost:8080` while you develop. There is only one public origin; the last call
    /// counts.
    #[must_use]
    pub fn public_origin(mut self, origin: Origin) -> Self {
        self.public_origin = Some(origin);
        self
    }

    /// Sends the application's own response, with any status. Its CORS headers are removed and its `Vary` is merged,
    /// like for every other response.
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
