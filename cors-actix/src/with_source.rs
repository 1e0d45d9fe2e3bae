//! A policy that asks a source of origins.

use std::sync::Arc;

use cors_core::{Issues, Origin, PolicyDraft};

use crate::cors::Cors;
use crate::held::{CurrentPolicy, Held, Replaceable};
use crate::name::PolicyName;
use crate::options::Options;
use crate::source::{Questions, Source};

impl Cors {
    /// Returns middleware that asks a source about origins that the policy does not list, and the handle that
    /// replaces the policy and forgets answers.
    ///
    /// The last rule of the policy applies to origins that the source allows, unless the source
    /// [chooses](crate::SourceAnswer::Rule) another rule. The policy does not ask about listed origins and invalid
    /// origins, nor about insecure origins if each rule has credentials. A rule does not need `origins`. An answer
    /// can depend on the [host or path of a request](Source::keyed).
    ///
    /// - Answers are remembered. Allowed and denied answers have separate memories, so strangers replace only
    ///   strangers, as long as the source allows fewer origins than its [`capacity`](Source::capacity). A remembered
    ///   answer needs no allocation.
    /// - There is at most one question for a key and an origin at a time, for all workers together.
    /// - Strangers wait in a queue of limited length, in which different addresses take turns. Known origins have a
    ///   separate queue, so a flood of strangers does not delay them. An origin is known if the source allowed it
    ///   twice, if you called [`forget`](SourceHandle::forget) for it, or if you [listed](Source::known) it at the
    ///   start.
    /// - A missing answer denies: after an error, a panic or a time-out, or if the queue is full. It is not
    ///   remembered. Observers get a report (`Observer::unanswered`).
    ///
    /// A debug build also asks the source about origins that nobody can own and that look like an allowed one. A
    /// function that allows every origin, or that compares only a part of it, is a security hole. If the source
    /// allows such an origin by a rule with credentials, the policy denies everything from the source. Observers get
    /// a report (`Observer::careless`), and the log has it, or the standard error without the feature `tracing`. A
    /// release build does not ask; `testing::source_strangers` asks in a test.
    ///
    /// Use a draft of a policy in source to let the compiler check it:
    /// `Cors::with_source(WEB_APP.policy().to_draft(), source)`.
    ///
    /// Call it once, before `HttpServer::new`, and clone the value into the workers; otherwise each worker has its
    /// own memory and queues.
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
    /// Returns all mistakes of the draft at once. `"*"` in its last rule is a mistake, because the source would never
    /// be asked.
    #[track_caller]
    pub fn with_source(draft: PolicyDraft, source: impl Into<Source>) -> Result<(Self, SourceHandle), Issues> {
        let policy = Arc::new(Replaceable::new(draft.ask_for_other_origins().validate()?));
        let questions = Arc::new(Questions::new(source.into()));
        let options = Options { questions: Some(Arc::clone(&questions)), ..Options::new(PolicyName::of_caller()) };
        let cors = Self { held: Held::Replaceable(Arc::clone(&policy)), options };
        Ok((cors, SourceHandle { policy, questions }))
    }
}

/// Replaces the policy of a [`Cors`] with a source, and forgets answers of the source.
///
/// [`Cors::with_source`] returns one. Clones of a handle belong to the same policy.
#[derive(Clone, Debug)]
pub struct SourceHandle {
    policy: Arc<Replaceable>,
    questions: Arc<Questions>,
}

impl SourceHandle {
    /// Replaces the policy. The new policy asks the same source about origins that it does not list. All answers are
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
    /// Returns all mistakes of the draft at once, like [`Cors::with_source`]. The policy then does not change.
    pub fn replace(&self, draft: PolicyDraft) -> Result<(), Issues> {
        self.policy.replace(draft.ask_for_other_origins().validate()?);
        self.questions.forget_all();
        Ok(())
    }

    /// Returns the policy that is in use now.
    pub fn policy(&self) -> CurrentPolicy {
        CurrentPolicy(self.policy.current())
    }

    /// Forgets the answer for an origin, so that the next request asks the source again.
    ///
    /// Call it after the change, whether the origin was added or removed. The answer to a question that was asked
    /// before is not used: the question is asked again. Other processes have their own memory, and ask again when
    /// their [`time_to_live`](Source::time_to_live) is over.
    ///
    /// If the source has keys, this forgets the answers for all keys; it then searches the whole memory.
    pub fn forget(&self, origin: &Origin) {
        self.questions.forget(origin, None);
    }

    /// Forgets the answer for an origin and one key, like [`forget`](Self::forget). The origin is then
    /// [known](Source::known) for that key.
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

    /// Forgets all answers. Call it if you may have missed changes, for example after the connection that reports
    /// them was lost:
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
