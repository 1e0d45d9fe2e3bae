//! Log, counters, observers and shadow of a policy.

use std::sync::Arc;

use crate::cors::Cors;
use crate::observe::Observer;
use crate::observe::Shadow;
use crate::record::Counts;

/// Log, counters and other observers.
impl Cors {
    /// Adds an observer. A policy can have several observers. Call it before `HttpServer::new`, and clone the value
    /// into the workers.
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

    /// Returns the number of grants and refusals since the program started, for metrics. The counters stay when a
    /// handle replaces the policy. Clones share their counters, and so do all values of one policy in source.
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

    /// Tries another policy beside this one. If the other policy would refuse a request that this one grants, the log
    /// has a line, and [`shadow_counts`](Self::shadow_counts) counts it. Responses do not change.
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
    /// A request counts as refused if a browser would block it: because of the origin, the method or a header of a
    /// preflight, or credentials if `Cookie` and `Sec-Fetch-Mode` show them. The server cannot see which response
    /// headers a page reads, so compare `expose_headers` yourself.
    ///
    /// The shadow is a snapshot of the other policy: it does not change when a handle replaces that policy, and the
    /// name, observers and [`Rejection`](crate::Rejection) of the other policy have no effect. It does not ask its
    /// own source: the answer of the source of the policy in use counts for the shadow, too, and if the source
    /// chooses a rule, the shadow's rule with the same index. The last call counts.
    ///
    /// Call it before `HttpServer::new`, and clone the value into the workers; otherwise each worker has its own
    /// counters.
    #[must_use]
    pub fn shadow(mut self, policy: impl Into<Self>) -> Self {
        let shadow = Shadow::new((*policy.into().policy()).clone());
        self.options.observers.shadow = Some(Arc::new(shadow));
        self
    }

    /// Returns how often the [`shadow`](Self::shadow) policy would have refused a request that this policy grants.
    /// Returns `None` without a shadow.
    pub fn shadow_counts(&self) -> Option<Counts> {
        self.options.observers.shadow.as_ref().map(|shadow| shadow.counters.counts())
    }
}
