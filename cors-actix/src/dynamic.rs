//! Origins that a function or a database knows.

mod lane;
mod memory;
mod questions;
mod service;
mod settings;
mod source;
mod unanswered;

use std::fmt;
use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_service::{Service, Transform};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use cors_core::{Issues, Origin, Policy, PolicyDraft};
use tokio::sync::Semaphore;

use crate::extras::Extras;
use crate::prepared::Prepared;
use crate::rejection::Rejection;
use crate::source::Current;
use questions::Questions;
use service::DynamicCorsService;
use settings::Settings;
pub use source::OriginSource;
pub use unanswered::Unanswered;

/// Middleware like [`Cors`](crate::Cors) that asks a source for origins that the policy does not list.
///
/// The policy's last rule is also that of the origins that the source allows. What is listed is never asked for, nor is what is no
/// origin, nor, where credentials are allowed, an insecure one.
///
/// - Answers are remembered, allowed and denied ones apart, so that strangers push out strangers only. One that is remembered
///   allocates nothing.
/// - At most one question for an origin is under way, whichever workers its requests are on.
/// - Strangers wait for their turn in a queue of limited length. Known origins, that is those that were allowed before and those
///   that you called [`forget`](Self::forget) for, have turns of their own, so that no flood of strangers keeps them waiting.
/// - No answer denies: an error, a panic, a time limit that is over, a queue that is full. That is not remembered.
///   [`on_unanswered`](Self::on_unanswered) tells you of it.
///
/// What is listed in source is checked by the compiler here too: `DynamicCors::new(WEB_APP.policy().to_draft(), source)`.
///
/// All clones share what is remembered. Settings come before the first clone, since each begins with an empty memory.
///
/// Needs the feature `dynamic`.
///
/// ```
/// use std::collections::HashSet;
/// use std::convert::Infallible;
/// use std::sync::{Arc, RwLock};
/// use std::time::Duration;
///
/// use actix_web::{App, web};
/// use cors_actix::{DynamicCors, Origin, PolicyDraft};
///
/// let tenants = Arc::new(RwLock::new(HashSet::from(["https://one.example".to_owned()])));
/// let source = {
///     let tenants = Arc::clone(&tenants);
///     move |origin: Origin| {
///         let known = tenants.read().is_ok_and(|tenants| tenants.contains(origin.as_str()));
///         async move { Ok::<_, Infallible>(known) }
///     }
/// };
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).methods(["PUT"]);
/// let cors = DynamicCors::new(policy, source)?.time_to_live(Duration::from_secs(300));
/// let app = App::new().wrap(cors.clone()).route("/", web::get().to(|| async { "hello" }));
///
/// // Later, when a tenant leaves:
/// tenants.write().unwrap().remove("https://one.example");
/// cors.forget(&Origin::parse("https://one.example").unwrap());
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[derive(Clone)]
pub struct DynamicCors {
    policy: Arc<Prepared>,
    extras: Extras,
    settings: Settings,
    questions: Arc<Questions>,
}

impl DynamicCors {
    /// Middleware for the policy of this draft, with a source for the origins that it does not list.
    ///
    /// The draft's `origins` may be left out.
    ///
    /// # Errors
    ///
    /// All mistakes of the draft at once. `"*"` in its last rule is one, since then nothing would be left to ask for.
    pub fn new(draft: PolicyDraft, source: impl OriginSource) -> Result<Self, Issues> {
        let policy = draft.ask_for_other_origins().validate()?;
        let settings = Settings::new(Arc::new(source));
        let questions = Arc::new(Questions::new(settings.clone()));
        Ok(Self { policy: Arc::new(Prepared::new(policy)), extras: Extras::none(), settings, questions })
    }

    /// How long an answer counts. A minute unless set.
    ///
    /// So long may a change of the source go unnoticed, where nobody calls [`forget`](Self::forget).
    #[must_use]
    pub fn time_to_live(self, time: Duration) -> Self {
        self.with(|settings| settings.time_to_live = time)
    }

    /// How many allowed origins are remembered, and how many denied ones. 10,000 of each unless set.
    ///
    /// More than there are allowed ones, so that none makes room for another. Each takes some hundred bytes: an origin of more than
    /// 256 counts by its length, as up to two, so that strangers cannot choose how much memory is taken.
    #[must_use]
    pub fn capacity(self, origins: usize) -> Self {
        self.with(|settings| settings.capacity = origins)
    }

    /// How long a request waits for an answer, its turn included; then it is denied. 2 seconds unless set, at most a day.
    #[must_use]
    pub fn time_limit(self, limit: Duration) -> Self {
        self.with(|settings| settings.time_limit(limit))
    }

    /// How many questions are under way at once. 16 unless set, at least 1.
    ///
    /// So many for strangers, of whom 1,000 more may wait, and so many for known origins, of which all may wait.
    #[must_use]
    pub fn questions_at_once(self, count: usize) -> Self {
        // Half of what a semaphore can count leaves room for those who wait.
        self.with(|settings| settings.questions_at_once = count.clamp(1, Semaphore::MAX_PERMITS / 2))
    }

    /// What tells the time by which answers grow old: `Instant::now` unless set. Tests set another one.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    /// use std::time::{Duration, Instant};
    ///
    /// # use cors_actix::{DynamicCors, Origin, PolicyDraft};
    /// # let source = |_: Origin| async { Ok::<_, std::convert::Infallible>(true) };
    /// # let cors = DynamicCors::new(PolicyDraft::new(), source)?;
    /// let seconds = Arc::new(AtomicU64::new(0));
    /// let (begin, passed) = (Instant::now(), Arc::clone(&seconds));
    /// let cors = cors.clock(move || begin + Duration::from_secs(passed.load(Ordering::Relaxed)));
    /// seconds.store(61, Ordering::Relaxed);
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    #[must_use]
    pub fn clock(self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.clock = Arc::new(now))
    }

    /// Is told of every origin that was denied for want of an answer, and why, for a log or a counter. Keep it short: in a flood
    /// it is called for each request that finds the queue full.
    ///
    /// Unless set, the feature `tracing` logs a warning, but for [`Unanswered::TooMany`].
    ///
    /// ```
    /// # use cors_actix::{DynamicCors, Origin, PolicyDraft};
    /// # let source = |_: Origin| async { Ok::<_, std::convert::Infallible>(true) };
    /// # let cors = DynamicCors::new(PolicyDraft::new(), source)?;
    /// let cors = cors.on_unanswered(|origin, reason| eprintln!("{origin} was denied: {reason}"));
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    #[must_use]
    pub fn on_unanswered(self, tell: impl Fn(&Origin, &Unanswered) + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.on_unanswered = Arc::new(tell))
    }

    /// Says how requests are refused under `on_denied: reject`; there is an example at [`Rejection`].
    #[must_use]
    pub fn rejection(mut self, rejection: Rejection) -> Self {
        self.extras.rejection = Some(Arc::new(rejection));
        self
    }

    /// Tries out another policy beside this one, as [`Cors::shadow`](crate::Cors::shadow) does. The source is not asked for it.
    ///
    /// Needs the feature `tracing`.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn shadow(mut self, policy: impl Into<crate::Cors>) -> Self {
        self.extras.shadow = Some(policy.into().policy);
        self
    }

    /// Forgets the answer for an origin, so that a change of the source acts at once.
    ///
    /// Call it after the change, whether the origin was added or removed. The answer to a question that is under way is not used
    /// either: it is asked anew. Other processes have a memory of their own, and ask when their
    /// [`time_to_live`](Self::time_to_live) is over.
    pub fn forget(&self, origin: &Origin) {
        self.questions.forget(origin);
    }

    /// Forgets all answers, as [`forget`](Self::forget) does one.
    pub fn forget_all(&self) {
        self.questions.forget_all();
    }

    /// The policy that is kept.
    pub fn policy(&self) -> &Policy {
        self.policy.policy()
    }

    fn with(mut self, set: impl FnOnce(&mut Settings)) -> Self {
        set(&mut self.settings);
        self.questions = Arc::new(Questions::new(self.settings.clone()));
        self
    }
}

impl fmt::Debug for DynamicCors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("DynamicCors").field(self.policy()).finish()
    }
}

impl<S, B> Transform<S, ServiceRequest> for DynamicCors
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = DynamicCorsService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(DynamicCorsService {
            policy: Current::Shared(Arc::clone(&self.policy)),
            extras: self.extras.clone(),
            questions: Arc::clone(&self.questions),
            service: Rc::new(service),
        }))
    }
}
