//! A policy that asks a source of origins.

use std::sync::Arc;

use cors_core::{Issues, Origin, PolicyDraft};

use crate::cors::Cors;
use crate::held::{CurrentPolicy, Held, Replaceable};
use crate::name::PolicyName;
use crate::options::Options;
use crate::source::{Questions, Source};

impl Cors {
    /// Middleware that asks a source for origins that the policy does not list, and the handle that replaces the policy and forgets
    /// answers.
    ///
    /// The policy's last rule is also that of the origins that the source allows, unless it [names](crate::SourceAnswer::Rule) another. What is
    /// listed is never asked for, nor is what is no origin, nor, where each rule has credentials, an insecure one. The `origins` of each
    /// rule may be left out. A source may see [whom a request addresses](Source::keyed).
    ///
    /// - Answers are remembered, allowed and denied ones apart. Strangers push out strangers only, as long as the source allows fewer
    ///   origins than its [`capacity`](Source::capacity). A remembered answer allocates nothing.
    /// - At most one question for a key and an origin is under way, whichever workers its requests are on.
    /// - Strangers wait in a queue of limited length, in which different addresses take turns. Known origins have a queue of their own,
    ///   so that no flood of strangers keeps them waiting. An origin is known if the source allowed it twice, if you called
    ///   [`forget`](SourceHandle::forget) for it, or if you [named](Source::known) it at the start.
    /// - No answer denies: an error, a panic, a time limit that is over, a queue that is full. That is not remembered. Observers
    ///   are told of it (`Observer::unanswered`).
    ///
    /// In a debug build a source is also asked for origins that nobody can own and that look like those that it allows, since a function
    /// that allows whoever asks, or compares a part of an origin only, is a hole. If it allows one, and by a rule with credentials,
    /// nothing that it allows is granted. Observers are told which (`Observer::careless`); so is the log, and without the feature
    /// `tracing` the standard error. Release builds do not ask; `testing::source_strangers` asks in a test.
    ///
    /// What is listed in source is checked by the compiler here too: `Cors::with_source(WEB_APP.policy().to_draft(), source)`.
    ///
    /// Call it once, before `HttpServer::new`, and clone the value into the workers; otherwise each worker has a memory and turns of
    /// its own.
    ///
    /// ```
    /// use std::collections::HashSet;
    /// use std::convert::Infallible;
    /// use std::sync::{Arc, RwLock};
    ///
    /// use actix_web::{App, web};
    /// use cors_actix::{Cors, Origin, PolicyDraft};
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
    /// let (cors, handle) = Cors::with_source(policy, source)?;
    /// let app = App::new().wrap(cors).route("/", web::get().to(|| async { "hello" }));
    ///
    /// // Later, when a tenant leaves:
    /// tenants.write().unwrap().remove("https://one.example");
    /// handle.forget(&Origin::parse("https://one.example").unwrap());
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All mistakes of the draft at once. `"*"` in its last rule is one, since then nothing would be left to ask for.
    #[track_caller]
    pub fn with_source(draft: PolicyDraft, source: impl Into<Source>) -> Result<(Self, SourceHandle), Issues> {
        let policy = Arc::new(Replaceable::new(draft.ask_for_other_origins().validate()?));
        let questions = Arc::new(Questions::new(source.into()));
        let options = Options { questions: Some(Arc::clone(&questions)), ..Options::new(PolicyName::of_caller()) };
        let cors = Self { held: Held::Replaceable(Arc::clone(&policy)), options };
        Ok((cors, SourceHandle { policy, questions }))
    }
}

/// Replaces the policy of a [`Cors`] that asks a source, and forgets what the source answered.
///
/// [`Cors::with_source`] returns one. All clones of a handle are of the same policy.
#[derive(Clone, Debug)]
pub struct SourceHandle {
    policy: Arc<Replaceable>,
    questions: Arc<Questions>,
}

impl SourceHandle {
    /// Puts another policy in place of the present one, which asks the same source for origins that it does not list. All answers are
    /// forgotten.
    ///
    /// ```
    /// use cors_actix::{Cors, Origin, PolicyDraft};
    ///
    /// # let source = |_: Origin| async { Ok::<_, std::convert::Infallible>(true) };
    /// let (cors, handle) = Cors::with_source(PolicyDraft::new().credentials(true), source)?;
    /// handle.replace(PolicyDraft::new().credentials(true).methods(["PUT"]))?;
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All mistakes of the draft at once, as those of [`Cors::with_source`]. The present policy stays in place then.
    pub fn replace(&self, draft: PolicyDraft) -> Result<(), Issues> {
        self.policy.replace(draft.ask_for_other_origins().validate()?);
        self.questions.forget_all();
        Ok(())
    }

    /// Returns the policy that is in use now.
    pub fn policy(&self) -> CurrentPolicy {
        CurrentPolicy(self.policy.current())
    }

    /// Forgets the answer for an origin, so that a change of the source acts at once.
    ///
    /// Call it after the change, whether the origin was added or removed. The answer to a question that is under way is not used
    /// either: it is asked anew. Other processes have a memory of their own, and ask when their
    /// [`time_to_live`](Source::time_to_live) is over.
    ///
    /// If the source has keys, the answers under all of them are forgotten; to do so it looks at all that is remembered.
    pub fn forget(&self, origin: &Origin) {
        self.questions.forget(origin, None);
    }

    /// Forgets the answer for an origin under one key, as [`forget`](Self::forget) does. What is forgotten under a key is
    /// [known](Source::known) there.
    ///
    /// ```
    /// use cors_actix::{Origin, SourceHandle};
    ///
    /// /// Called after the tenant added or removed the origin in the database.
    /// fn changed(handle: &SourceHandle, tenant: &str, origin: &Origin) {
    ///     handle.forget_under(tenant, origin);
    /// }
    /// ```
    pub fn forget_under(&self, key: &str, origin: &Origin) {
        self.questions.forget(origin, Some(key));
    }

    /// Forgets all answers, as [`forget`](Self::forget) does one. Call it when changes may have been missed, for example after the
    /// connection that reports them was lost:
    ///
    /// ```
    /// use std::sync::mpsc::Receiver;
    ///
    /// use cors_actix::{Origin, SourceHandle};
    ///
    /// enum Change {
    ///     Of(Origin),
    ///     Lost,
    /// }
    ///
    /// fn listen(handle: &SourceHandle, changes: &Receiver<Change>) {
    ///     for change in changes {
    ///         match change {
    ///             Change::Of(origin) => handle.forget(&origin),
    ///             Change::Lost => handle.forget_all(),
    ///         }
    ///     }
    /// }
    /// ```
    pub fn forget_all(&self) {
        self.questions.forget_all();
    }
}
