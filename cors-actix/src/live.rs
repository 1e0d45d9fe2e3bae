//! A policy that can be replaced while serving.

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_service::{Service, Transform};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use arc_swap::ArcSwap;
use cors_core::Policy;

use crate::checked::CheckedPolicy;
use crate::extras::Extras;
use crate::prepared::Prepared;
use crate::rejection::Rejection;
use crate::service::CorsService;
use crate::source::Source;

/// Middleware like [`Cors`](crate::Cors), with a policy that can be replaced while serving.
///
/// All clones share one policy, so keep one to replace it by. Every request sees one whole policy, the one that was there when it
/// came, until its response is written; requests never wait for a replacement. Only a [`Policy`] goes in, so that a draft with
/// mistakes leaves the one before in place.
///
/// Needs the feature `live`.
///
/// ```
/// use actix_web::{App, web};
/// use cors_actix::{LiveCors, PolicyDraft};
///
/// let origins = |list: &[&str]| PolicyDraft::new().origins(list).credentials(true).validate();
/// let cors = LiveCors::new(origins(&["https://a.example"])?);
/// let app = App::new().wrap(cors.clone()).route("/", web::get().to(|| async { "hello" }));
///
/// // Later, from a task that watches a file, say:
/// match origins(&["https://a.example", "https://b.example/"]) {
///     Ok(policy) => cors.replace(policy),
///     Err(issues) => println!("the policy stays as it is: {issues}"),
/// }
/// assert_eq!(cors.policy().to_string(), "origins: [\"https://a.example\"],\ncredentials: true,");
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[derive(Clone)]
pub struct LiveCors {
    policy: Arc<ArcSwap<Prepared>>,
    extras: Extras,
}

impl LiveCors {
    /// Middleware that begins with this policy.
    pub fn new(policy: impl CheckedPolicy) -> Self {
        Self { policy: Arc::new(ArcSwap::from_pointee(Prepared::new(policy.into_policy()))), extras: Extras::none() }
    }

    /// Puts another policy in place of the present one, for all clones and all requests that come from now on.
    pub fn replace(&self, policy: impl CheckedPolicy) {
        self.policy.store(Arc::new(Prepared::new(policy.into_policy())));
    }

    /// A copy of the present policy.
    pub fn policy(&self) -> Policy {
        self.policy.load().policy().clone()
    }

    /// Says how requests are refused while the policy has `on_denied: reject`; there is an example at [`Rejection`].
    #[must_use]
    pub fn rejection(mut self, rejection: Rejection) -> Self {
        self.extras.rejection = Some(Arc::new(rejection));
        self
    }

    /// Tries out another policy beside this one, as [`Cors::shadow`](crate::Cors::shadow) does. It stays when the policy is replaced.
    ///
    /// Needs the feature `tracing`.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn shadow(mut self, policy: impl Into<crate::Cors>) -> Self {
        self.extras.shadow = Some(policy.into().policy);
        self
    }
}

impl fmt::Debug for LiveCors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("LiveCors").field(&self.policy()).finish()
    }
}

impl<S, B> Transform<S, ServiceRequest> for LiveCors
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
        // A thread's first look takes its place among the readers, which allocates: here, and not in the first request.
        drop(self.policy.load());
        let (source, extras) = (Source::Live(Arc::clone(&self.policy)), self.extras.clone());
        ready(Ok(CorsService { source, extras, service }))
    }
}
