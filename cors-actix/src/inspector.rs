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

/// Middleware with a page at `/__cors` of your app, for development. It shows what pages of other origins asked, what was answered, and
/// where the browser stops them, with the reason and what to write instead.
///
/// Wrap it last, around everything else including policies, so that it sees what goes over the wire. Clone one value into all workers. Add
/// your policies by [`policy`](Self::policy): the page shows them, and has a form that asks a policy what it would answer, without
/// running a handler.
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
/// # Who may look
///
/// Whoever has its key, from whichever machine. The key is 128 random bits, new at each start, or what [`secret`](Self::secret) sets.
/// The log has the address with the key at the start, as [`address`](Self::address) gives it. Open that address once: the browser
/// keeps the key in a cookie for this page alone. Everybody else gets a 403 without any data, and so does a page or a link of another
/// site, by `Origin` and `Sec-Fetch-Site`, also in your browser. Over plain http, whoever listens in the network reads the key.
///
/// # What it keeps
///
/// The last fifty exchanges that had an `Origin`, in memory, of limited size. Of headers it keeps the names, and the values of
/// those that decide about CORS; never those of `Cookie`, `Set-Cookie`, `Authorization` or any other. Queries of addresses are not
/// kept, nor bodies. It changes nothing of what the app answers.
///
/// # In a release build
///
/// Where this crate is compiled without `debug_assertions`, as `cargo build --release` does, it does nothing: it serves no page, keeps
/// nothing, and says so once. [`even_in_release_builds`](Self::even_in_release_builds) switches it on there.
#[derive(Clone)]
pub struct Inspector {
    is_on: bool,
    key: Key,
    policies: Vec<Named>,
    shared: Arc<InspectorState>,
}

/// What all workers share.
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
    /// An inspector that knows no policy yet. It is off in a release build.
    pub fn new() -> Self {
        Self::__in_build_with(cfg!(debug_assertions))
    }

    /// What [`new`](Self::new) does in a build with or without `debug_assertions`.
    #[doc(hidden)]
    pub fn __in_build_with(debug_assertions: bool) -> Self {
        Self {
            is_on: debug_assertions,
            key: Key::random(),
            policies: Vec::new(),
            shared: InspectorState::new(Instant::now),
        }
    }

    /// Shows this policy by its [name](crate::Cors::name), as it is whenever somebody looks.
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

    /// Sets the key of the page, in place of one that is new at each start. So an open page survives a restart of the app. Take it from
    /// outside of the source. It is not logged.
    ///
    /// ```
    /// use cors_actix::Inspector;
    ///
    /// // As `openssl rand -hex 16` prints it.
    /// let inspector = match std::env::var("INSPECTOR_SECRET") {
    ///     Ok(secret) => Inspector::new().secret(&secret)?,
    ///     Err(_) => Inspector::new(),
    /// };
    /// # Ok::<(), cors_actix::InspectorSecretError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it is not 32 to 128 hex digits.
    pub fn secret(self, secret: &str) -> Result<Self, InspectorSecretError> {
        Ok(Self { key: Key::of(secret)?, ..self })
    }

    /// Returns the address of the page, with its key, for an app whose address is `base`. `None` where the inspector is off.
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

    /// Enables the inspector in release builds. The log of such a program then has the key, unless [`secret`](Self::secret) sets one.
    ///
    /// ```
    /// let inspector = cors_actix::Inspector::new().even_in_release_builds();
    /// ```
    #[must_use]
    pub fn even_in_release_builds(self) -> Self {
        Self { is_on: true, ..self }
    }

    /// Says where the page is, or why there is none.
    fn begins(&self) {
        let path = PLACE;
        match (self.address(""), self.key.is_of_application()) {
            _ if !self.is_on => {
                let text = "the CORS inspector is off, for this is a release build: `Inspector::even_in_release_builds` switches it on";
                tracing::warn!(target: TARGET, "{text}");
            }
            (None, _) => {
                let text = "the CORS inspector opens for nobody, for the system gives no random bytes for a key: set one by `Inspector::secret`";
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
        // A policy around this one is to mark what runs inside.
        nesting::build();
        // Once, not once for each worker.
        if !self.shared.has_begun.swap(true, Ordering::Relaxed) {
            self.begins();
        }
        ready(Ok(InspectorService { inspector: self.clone(), service }))
    }
}
