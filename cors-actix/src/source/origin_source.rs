//! The trait of a source.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use cors_core::{Answered, Origin};

use super::subject::Subject;

pub(super) type BoxedError = Box<dyn Error + Send + Sync>;

/// A source of origins that may read: a database, a service, a function.
///
/// An asynchronous function implements it, and so does a closure that states the type of its argument:
///
/// ```
/// use std::io;
///
/// use cors_actix::{Cors, Origin, PolicyDraft};
///
/// async fn is_known(origin: Origin) -> io::Result<bool> {
///     // Ask the database for a row with exactly this text. A part of it would match hosts of strangers.
///     Ok(origin.as_str() == "https://app.tenant.example")
/// }
///
/// let (cors, handle) = Cors::with_source(PolicyDraft::new().credentials(true), is_known)?;
/// # Ok::<(), cors_actix::Issues>(())
/// ```
///
/// You can also implement it for your own type:
///
/// ```
/// use std::collections::HashSet;
/// use std::convert::Infallible;
/// use std::sync::RwLock;
///
/// use cors_actix::{Origin, OriginSource, SourceAnswer};
///
/// struct Tenants(RwLock<HashSet<Origin>>);
///
/// impl OriginSource for Tenants {
///     type Error = Infallible;
///
///     async fn answer(&self, origin: Origin, _key: String) -> Result<SourceAnswer, Infallible> {
///         Ok(self.0.read().is_ok_and(|known| known.contains(&origin)).into())
///     }
/// }
/// ```
pub trait OriginSource: Send + Sync + 'static {
    /// The error if there is no answer. The origin is then denied, and the next request asks again.
    type Error: Into<Box<dyn Error + Send + Sync>>;

    /// Returns whether pages of this origin may read the answers to requests with this key. The key is empty without
    /// [`Source::key`](crate::Source::key).
    ///
    /// The origin is valid. The future must not block its thread. It is dropped after the time limit; work on other
    /// threads continues.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no answer, for example because the database is down.
    fn answer(&self, origin: Origin, key: String) -> impl Future<Output = Result<SourceAnswer, Self::Error>> + Send;
}

/// The answer of a source about an origin: `true`, `false`, or a rule of the policy.
///
/// ```
/// use std::convert::Infallible;
///
/// use cors_actix::{Cors, Origin, PolicyDraft, RuleDraft, Source, SourceAnswer};
///
/// let partner = RuleDraft::new().expose_headers(["ETag"]);
/// let tenant = RuleDraft::new().credentials(true).methods(["PUT"]);
/// let source = |origin: Origin| async move {
///     Ok::<_, Infallible>(match origin.as_str() {
///         "https://app.tenant.example" => SourceAnswer::Allow,
///         "https://partner.example" => SourceAnswer::Rule(0),
///         _ => SourceAnswer::Deny,
///     })
/// };
/// let (cors, handle) = Cors::with_source(PolicyDraft::new().rules([partner, tenant]), source)?;
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceAnswer {
    /// Pages of the origin may not read.
    Deny,
    /// Pages of the origin may read, by the last rule of the policy.
    Allow,
    /// Pages of the origin may read, by the rule with this index, counted from 0. An index without a rule denies, and
    /// observers get a report.
    Rule(usize),
}

impl From<bool> for SourceAnswer {
    fn from(allows: bool) -> Self {
        if allows { Self::Allow } else { Self::Deny }
    }
}

impl From<SourceAnswer> for Answered {
    fn from(answer: SourceAnswer) -> Self {
        match answer {
            SourceAnswer::Deny => Self::Denied,
            SourceAnswer::Allow => Self::Allowed,
            SourceAnswer::Rule(rule) => Self::AllowedByRule(rule),
        }
    }
}

impl<F, A, T, E> OriginSource for F
where
    F: Fn(Origin) -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send,
    T: Into<SourceAnswer>,
    E: Into<BoxedError>,
{
    type Error = E;

    async fn answer(&self, origin: Origin, _: String) -> Result<SourceAnswer, E> {
        self(origin).await.map(Into::into)
    }
}

pub(super) type Answer = Pin<Box<dyn Future<Output = Result<SourceAnswer, BoxedError>> + Send>>;

/// A source with an erased type.
pub(super) type Ask = dyn Fn(&Subject) -> Answer + Send + Sync;
