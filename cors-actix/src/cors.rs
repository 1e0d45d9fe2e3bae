//! The middleware type.

use std::fmt;
use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;

use actix_service::{Service, Transform};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::Policy;

use crate::checked::CheckedPolicy;
use crate::handle::PolicyHandle;
use crate::held::{Current, CurrentPolicy, Held, Replaceable};
use crate::name::PolicyName;
use crate::nesting;
use crate::options::Options;
use crate::prepared::Prepared;
use crate::record::Record;
use crate::rejection::Rejection;
use crate::service::{CorsService, Wrapped};

/// Middleware for actix-web that enforces a CORS policy: it answers preflights and adds the CORS headers to every other response.
///
/// - [`cors_policy!`](crate::cors_policy) makes one from a policy in source,
/// - [`Cors::new`] from a policy made at run time,
/// - [`Cors::replaceable`] from a policy that can be replaced while serving,
/// - [`Cors::with_source`] from a policy with a source of more origins, such as a database (feature `source`).
///
/// One value serves all workers, and cloning it is cheap. Make it once, before `HttpServer::new`, and clone it into
/// the workers. Then the workers share counters, the limits of the log, and the answers of a source.
///
/// ```
/// use actix_web::{App, web};
/// use cors_actix::{Cors, cors_policy};
///
/// const WEB_APP: Cors = cors_policy! {
///     origins: ["https://app.example.com"],
///     credentials: true,
///     methods: [PUT],
/// };
///
/// let app = App::new().wrap(WEB_APP).route("/", web::get().to(|| async { "hello" }));
/// ```
#[derive(Clone)]
pub struct Cors {
    pub(crate) held: Held,
    pub(crate) options: Options,
}

impl Cors {
    /// Returns middleware for a policy made at run time. Call it once, before `HttpServer::new`, and clone the value
    /// into the workers; otherwise each worker has its own counters.
    ///
    /// For a policy with a source use [`Cors::with_source`]: this function denies all origins that the policy does
    /// not list.
    ///
    /// ```
    /// use cors_actix::{Cors, PolicyDraft};
    ///
    /// let origin = std::env::var("WEB_APP").unwrap_or("https://app.example.com".to_owned());
    /// let cors = Cors::new(PolicyDraft::new().origins([origin]).credentials(true).validate()?);
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    #[track_caller]
    pub fn new(policy: impl CheckedPolicy) -> Self {
        let current = Current::Shared(Arc::new(Prepared::new(policy.into_policy(), Arc::new(Record::new()))));
        Self { held: Held::Fixed(current), options: Options::new(PolicyName::of_caller()) }
    }

    /// Returns middleware for a policy that can be replaced while serving, and the handle that replaces it.
    ///
    /// Each request uses one whole policy, from the decision until the response is written.
    ///
    /// ```
    /// use actix_web::{App, web};
    /// use cors_actix::{Cors, PolicyDraft};
    ///
    /// let origins = |list: &[&str]| PolicyDraft::new().origins(list).credentials(true).validate();
    /// let (cors, handle) = Cors::replaceable(origins(&["https://a.example"])?);
    /// let app = App::new().wrap(cors).route("/", web::get().to(|| async { "hello" }));
    ///
    /// // Later, from a task that watches a file, say:
    /// match origins(&["https://a.example", "https://b.example/"]) {
    ///     Ok(policy) => handle.replace(policy),
    ///     Err(issues) => println!("the policy stays as it is: {issues}"),
    /// }
    /// assert_eq!(handle.policy().to_string(), "origins: [\"https://a.example\"],\ncredentials: true,");
    ///
    /// // To switch CORS off:
    /// handle.replace(PolicyDraft::new().origins("none").validate()?);
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    #[track_caller]
    pub fn replaceable(policy: impl CheckedPolicy) -> (Self, PolicyHandle) {
        let policy = Arc::new(Replaceable::new(policy.into_policy()));
        let options = Options::new(PolicyName::of_caller());
        (Self { held: Held::Replaceable(Arc::clone(&policy)), options }, PolicyHandle(policy))
    }

    /// Returns middleware for a policy in the statics of an expansion.
    #[track_caller]
    pub(crate) const fn from_static(prepared: &'static Prepared) -> Self {
        Self { held: Held::Fixed(Current::Static(prepared)), options: Options::new(PolicyName::of_caller()) }
    }

    /// Gives the policy a name, for the log, counters and the inspector. Without a name, logs show the file and
    /// line that created it.
    ///
    /// ```
    /// use cors_actix::{Cors, cors_policy};
    ///
    /// const ADMIN: Cors = cors_policy! { origins: ["https://admin.example.com"], credentials: true }.name("admin");
    /// ```
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.options.name = PolicyName::given(name);
        self
    }

    /// Returns the name of the policy.
    pub const fn policy_name(&self) -> PolicyName {
        self.options.name
    }

    /// Returns the policy that is in use now. Its `Display` prints it in the notation of `cors_policy!`.
    ///
    /// ```
    /// use cors_actix::cors_policy;
    ///
    /// let cors = cors_policy! { max_age: 3600, origins: "*" };
    /// assert_eq!(cors.policy().to_string(), "origins: \"*\",\nmax_age: 1h,");
    /// ```
    pub fn policy(&self) -> CurrentPolicy {
        CurrentPolicy(self.held.current())
    }

    /// Sets the answer to refused requests. Has an effect only with `on_denied: reject`, or inside another policy.
    /// The last call counts.
    ///
    /// ```
    /// use actix_web::HttpResponse;
    /// use cors_actix::{Cors, Rejection, cors_policy};
    ///
    /// const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };
    ///
    /// let problem = Rejection::new().respond_with(|_request, denial| HttpResponse::Forbidden().body(denial.to_string()));
    /// let cors = WEB_APP.rejection(problem);
    /// ```
    #[must_use]
    pub fn rejection(mut self, rejection: Rejection) -> Self {
        self.options.rejection = Some(Arc::new(rejection));
        self
    }
}

impl From<Policy> for Cors {
    #[track_caller]
    fn from(policy: Policy) -> Self {
        Self::new(policy)
    }
}

impl fmt::Debug for Cors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cors").field("name", &self.policy_name()).field("policy", &self.policy()).finish()
    }
}

impl<S, B> Transform<S, ServiceRequest> for Cors
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = CorsService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let (policy, options) = (self.held.reader(), self.options.clone());
        ready(Ok(CorsService(Rc::new(Wrapped { policy, options, built: nesting::build(), service }))))
    }
}
