//! A page of the app that shows CORS during development.

mod access;
mod ask;
mod exchange;
mod fetch;
mod key;
mod log;
mod page;
mod picture;
mod policies;
mod seen;
mod service;

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use actix_service::{Service, Transform};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};

use crate::Cors;
use crate::nesting;
use crate::observe::TARGET;
use access::PLACE;
pub use key::InspectorSecretError;
use key::Key;
use log::Log;
use policies::Named;
use service::InspectorService;

/// Middleware with a page at `/__cors` of your app, for development. The page shows the requests of pages of other
/// origins, the answers, and where the browser blocks them, with the reason and what to write instead.
///
/// Wrap it last, around everything else including policies and `Logger`, so that it sees what the client sees, and the
/// access log does not have its key. Clone one value into all workers. Add your policies with
/// [`policy`](Self::policy): the page shows them, and has a form that shows what a policy would answer, without running
/// a handler.
///
/// ```
/// use actix_web::{App, web};
/// use cors_actix::{Cors, Inspector, cors_policy};
///
/// const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
///
/// let inspector = Inspector::new().policy(WEB_APP);
/// let app = move || {
///     App::new().route("/", web::get().to(|| async { "hello" })).wrap(WEB_APP).wrap(inspector.clone())
/// };
/// ```
///
/// # Who can see the page
///
/// Only a client with the key, from any machine. The key is 128 random bits, new at each start, or the one from
/// [`secret`](Self::secret). At the start the log has the address with the key, the same as
/// [`address`](Self::address) returns. Open that address once: the browser then keeps the key in a cookie for this
/// page. All others get a 403 without data, and so does a page or a link of another site in your browser, by `Origin`
/// and `Sec-Fetch-Site`. Over plain http, everybody who listens in the network can read the key.
///
/// # What it stores
///
/// The last fifty exchanges with an `Origin`, in memory, of limited size. It stores the names of headers, and the
/// values of headers that matter for CORS; never the values of `Cookie`, `Set-Cookie`, `Authorization` or any other
/// header. It stores no queries of addresses and no bodies. It does not change the app's answers.
///
/// # In a release build
///
/// If this crate is compiled without `debug_assertions`, as by `cargo build --release`, the inspector is off: it
/// serves no page, stores nothing, and logs that once. Use [`even_in_release_builds`](Self::even_in_release_builds)
/// to switch it on.
#[derive(Clone)]
pub struct Inspector {
    is_on: bool,
    key: Key,
    policies: Vec<Named>,
    shared: Arc<InspectorState>,
}

/// The state that all workers share.
struct InspectorState {
    log: Log,
    has_begun: AtomicBool,
}

impl InspectorState {
    fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { log: Log::new(now), has_begun: AtomicBool::new(false) })
    }
}

impl Inspector {
    /// Returns an inspector without policies. It is off in a release build.
    pub fn new() -> Self {
        Self::__in_build_with(cfg!(debug_assertions))
    }

    /// Does what [`new`](Self::new) does in a build with or without `debug_assertions`.
    #[doc(hidden)]
    pub fn __in_build_with(debug_assertions: bool) -> Self {
        Self {
            is_on: debug_assertions,
            key: Key::random(),
            policies: Vec::new(),
            shared: InspectorState::new(Instant::now),
        }
    }

    /// Shows this policy with its [name](crate::Cors::name). The page always shows the present policy.
    ///
    /// ```
    /// use cors_actix::{Cors, Inspector, cors_policy};
    ///
    /// const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"] };
    /// const WIDGETS: Cors = cors_policy! { origins: "*" };
    ///
    /// let inspector = Inspector::new().policy(WEB_APP.name("web app")).policy(WIDGETS.name("widgets"));
    /// ```
    #[must_use]
    pub fn policy(mut self, policy: Cors) -> Self {
        self.policies.push(Named::new(policy));
        self
    }

    /// Sets the key of the page, instead of a new one at each start, so that an open page works after a restart of
    /// the app. Do not write the key into the source. It is not logged.
    ///
    /// ```
    /// use cors_actix::Inspector;
    ///
    /// // From `openssl rand -hex 16`.
    /// let inspector = match std::env::var("INSPECTOR_SECRET") {
    ///     Ok(secret) => Inspector::new().secret(&secret)?,
    ///     Err(_) => Inspector::new(),
    /// };
    /// # Ok::<(), cors_actix::InspectorSecretError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if it is not 32 to 128 hex digits.
    pub fn secret(self, secret: &str) -> Result<Self, InspectorSecretError> {
        Ok(Self { key: Key::of(secret)?, ..self })
    }

    /// Returns the address of the page, with its key, for an app at the address `base`. Returns `None` if the
    /// inspector is off.
    ///
    /// ```
    /// use cors_actix::Inspector;
    ///
    /// let inspector = Inspector::new();
    /// if let Some(address) = inspector.address("http://localhost:8080") {
    ///     println!("inspector: {address}");
    /// }
    /// ```
    pub fn address(&self, base: &str) -> Option<String> {
        let query = self.key.query().filter(|_| self.is_on)?;
        Some(format!("{}{}?{query}", base.trim_end_matches('/'), PLACE))
    }

    /// Switches the inspector on in release builds. The log of the program then has the key, unless
    /// [`secret`](Self::secret) sets one.
    ///
    /// ```
    /// let inspector = cors_actix::Inspector::new().even_in_release_builds();
    /// ```
    #[must_use]
    pub fn even_in_release_builds(self) -> Self {
        Self { is_on: true, ..self }
    }

    /// Logs the address of the page, or why there is no page.
    fn begins(&self) {
        let path = PLACE;
        match (self.address(""), self.key.is_of_application()) {
            _ if !self.is_on => {
                let text = "the CORS inspector is off in this release build: `Inspector::even_in_release_builds` switches it on";
                tracing::warn!(target: TARGET, "{text}");
            }
            (None, _) => {
                let text = "nobody can open the CORS inspector, because the system has no random bytes for a key: set one with `Inspector::secret`";
                tracing::warn!(target: TARGET, "{text}");
            }
            // The application may not want its secret in the log.
            (Some(_), true) => {
                tracing::info!(target: TARGET, "the CORS inspector of this app is at {path}?key=, with the secret that the app set");
            }
            (Some(address), false) => tracing::info!(target: TARGET, "the CORS inspector of this app is at {address}"),
        }
    }

    /// Replaces the clock. Call it before cloning: it resets the recorded exchanges.
    #[doc(hidden)]
    #[must_use]
    pub fn __clock(mut self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.shared = InspectorState::new(now);
        self
    }
}

impl Default for Inspector {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Inspector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.policies.iter().map(|policy| policy.name.as_str()).collect();
        formatter
            .debug_struct("Inspector")
            .field("is_on", &self.is_on)
            .field("policies", &names)
            .finish_non_exhaustive()
    }
}

impl<S, B> Transform<S, ServiceRequest> for Inspector
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = InspectorService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        // So that a policy around the inspector marks what runs inside of it.
        nesting::build();
        // Once for all workers.
        if !self.shared.has_begun.swap(true, Ordering::Relaxed) {
            self.begins();
        }
        ready(Ok(InspectorService { inspector: self.clone(), service }))
    }
}
