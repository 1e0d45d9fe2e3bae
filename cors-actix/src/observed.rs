//! What an application learns of its policies.

use std::sync::Arc;

use crate::cors::Cors;
use crate::observe::Observer;
use crate::observe::Shadow;
use crate::record::Counts;

/// Log, counters and other observers.
impl Cors {
    /// Adds an observer. Each observer that was added is told. Call it before `HttpServer::new`, and clone the value into the workers.
    ///
    /// ```
    /// use cors_actix::{Cors, Decided, Observer, cors_policy};
    ///
    /// struct Print;
    ///
    /// impl Observer for Print {
    ///     fn decided(&self, decided: &Decided<'_>) {
    ///         println!("{decided:?}");
    ///     }
    /// }
    ///
    /// let cors = cors_policy! { origins: ["https://app.example.com"] }.observer(Print);
    /// ```
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.options.observers = self.options.observers.and(Arc::new(observer));
        self
    }

    /// Returns how often the policy granted and refused since the program started: for metrics. A policy counts for itself, also when a
    /// handle replaces it; clones count together, and so does all that is made of one policy in source.
    ///
    /// ```
    /// use cors_actix::{Cors, cors_policy};
    ///
    /// const WEB_APP: Cors = cors_policy! { origins: ["https://app.example.com"] }.name("web-app");
    ///
    /// let (policy, counts) = (WEB_APP.policy_name(), WEB_APP.counts());
    /// println!("cors_granted_total{{policy=\"{policy}\"}} {}", counts.granted());
    /// for (reason, count) in counts.refused() {
    ///     println!("cors_refused_total{{policy=\"{policy}\",reason=\"{}\"}} {count}", reason.code());
    /// }
    /// ```
    pub fn counts(&self) -> Counts {
        self.policy().0.prepared().record().counters.counts()
    }

    /// Tries out another policy beside this one: what that would refuse and this one grants is written into the log and counted
    /// by [`shadow_counts`](Self::shadow_counts). Responses stay as they are, to the byte.
    ///
    /// ```
    /// use cors_actix::{Cors, cors_policy};
    ///
    /// const TODAY: Cors = cors_policy! { origins: ["https://app.example.com", "http://old.example.com"] };
    /// const STRICTER: Cors = cors_policy! { origins: ["https://app.example.com"] };
    ///
    /// let cors = TODAY.shadow(STRICTER);
    /// let app = actix_web::App::new().wrap(cors.clone());
    /// for (reason, count) in cors.shadow_counts().iter().flat_map(|counts| counts.refused()) {
    ///     println!("cors_shadow_refused_total{{reason=\"{}\"}} {count}", reason.code());
    /// }
    /// ```
    ///
    /// A refusal is what a browser would keep from the page: the origin, the method or header of a preflight, and credentials where
    /// `Cookie` and `Sec-Fetch-Mode` show them. Which response headers a page reads cannot be seen, so compare `expose_headers`
    /// yourself.
    ///
    /// The shadow is the policy as it is now: it stays so when a handle replaces it, and its name, observers and
    /// [`Rejection`](crate::Rejection) do not count. It asks no source of its own: what the source of the policy in use answers holds for the
    /// shadow too, and where that names a rule, for the shadow's rule of that index. Of several calls the last counts.
    ///
    /// Call it before `HttpServer::new`, and clone the value into the workers; otherwise each worker counts by itself.
    #[must_use]
    pub fn shadow(mut self, policy: impl Into<Self>) -> Self {
        let shadow = Shadow::new((*policy.into().policy()).clone());
        self.options.observers.shadow = Some(Arc::new(shadow));
        self
    }

    /// Returns how often the [`shadow`](Self::shadow) policy would have refused what this one grants. Returns `None` if there is no shadow.
    pub fn shadow_counts(&self) -> Option<Counts> {
        self.options.observers.shadow.as_ref().map(|shadow| shadow.counters.counts())
    }
}
