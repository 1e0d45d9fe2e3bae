//! The middleware as users hold it.

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_service::{Service, Transform};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::Policy;

use crate::checked::CheckedPolicy;
use crate::extras::Extras;
use crate::prepared::Prepared;
use crate::rejection::Rejection;
use crate::service::CorsService;
use crate::source::{Current, Source};

/// Middleware for actix-web that keeps a CORS policy: answers preflights, and puts the grants on every other response.
///
/// [`cors_policy!`](crate::cors_policy) makes one from a policy in source, [`Cors::new`] from one made at run time. One value
/// serves all workers; cloning it is cheap.
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
    pub(crate) policy: Current,
    extras: Extras,
}

impl Cors {
    /// Middleware for a policy made at run time.
    ///
    /// ```
    /// use cors_actix::{Cors, PolicyDraft};
    ///
    /// let origin = std::env::var("WEB_APP").unwrap_or("https://app.example.com".to_owned());
    /// let cors = Cors::new(PolicyDraft::new().origins([origin]).credentials(true).validate()?);
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    pub fn new(policy: impl CheckedPolicy) -> Self {
        Self { policy: Current::Shared(Arc::new(Prepared::new(policy.into_policy()))), extras: Extras::none() }
    }

    /// Middleware for a policy in the statics of an expansion.
    pub(crate) const fn from_static(prepared: &'static Prepared) -> Self {
        Self { policy: Current::Static(prepared), extras: Extras::none() }
    }

    /// The policy that is kept. Its `Display` shows it as one would write it.
    ///
    /// ```
    /// use cors_actix::cors_policy;
    ///
    /// let cors = cors_policy! { max_age: 3600, origins: "*" };
    /// assert_eq!(cors.policy().to_string(), "origins: \"*\",\nmax_age: 1h,");
    /// ```
    pub fn policy(&self) -> &Policy {
        self.policy.prepared().policy()
    }

    /// Says how requests are refused under `on_denied: reject`; there is an example at [`Rejection`].
    #[must_use]
    pub fn rejection(mut self, rejection: Rejection) -> Self {
        self.extras.rejection = Some(Arc::new(rejection));
        self
    }

    /// Tries out another policy beside this one: what that would refuse and this one grants is written into the log and counted
    /// by [`shadow_refusals`](crate::shadow_refusals). Responses stay as they are, to the byte.
    ///
    /// Needs the feature `tracing`.
    ///
    /// ```
    /// use cors_actix::{Cors, cors_policy};
    ///
    /// const TODAY: Cors = cors_policy! { origins: ["https://app.example.com", "http://old.example.com"] };
    /// const STRICTER: Cors = cors_policy! { origins: ["https://app.example.com"] };
    ///
    /// let app = actix_web::App::new().wrap(TODAY.shadow(STRICTER));
    /// for (denial, count) in cors_actix::shadow_refusals() {
    ///     println!("cors_shadow_refusals{{reason=\"{}\"}} {count}", denial.code());
    /// }
    /// ```
    ///
    /// A refusal is what a browser would keep from the page: the origin, the method or header of a preflight, and credentials where
    /// `Cookie` and `Sec-Fetch-Mode` show them. Which response headers a page reads cannot be seen, so compare `expose_headers`
    /// yourself.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn shadow(mut self, policy: impl Into<Self>) -> Self {
        self.extras.shadow = Some(policy.into().policy);
        self
    }
}

impl From<Policy> for Cors {
    fn from(policy: Policy) -> Self {
        Self::new(policy)
    }
}

impl fmt::Debug for Cors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Cors").field(self.policy()).finish()
    }
}

impl<S, B> Transform<S, ServiceRequest> for Cors
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = CorsService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let (source, extras) = (Source::Fixed(self.policy.clone()), self.extras.clone());
        ready(Ok(CorsService { source, extras, service }))
    }
}
