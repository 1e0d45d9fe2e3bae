//! What is asked, and how.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cors_core::Origin;

use super::addressed::Addressed;
use super::origin_source::{Answer, Ask, BoxedError, OriginSource, SourceAnswer};
use super::subject::Subject;

/// A day is longer than any client waits, and can be added to any instant.
const LONGEST_TIME_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

type Clock = dyn Fn() -> Instant + Send + Sync;

type KeyFunction = dyn for<'r> Fn(Addressed<'r>) -> Option<Cow<'r, str>> + Send + Sync;

/// A source of origins and how it is asked: for [`Cors::with_source`](crate::Cors::with_source).
///
/// ```
/// use std::convert::Infallible;
/// use std::time::Duration;
///
/// use cors_actix::{Cors, Origin, PolicyDraft, Source};
///
/// let tenants = |origin: Origin| async move { Ok::<_, Infallible>(origin.as_str() == "https://app.tenant.example") };
/// let source = Source::new(tenants).time_to_live(Duration::from_secs(300)).capacity(50_000);
/// let (cors, handle) = Cors::with_source(PolicyDraft::new().credentials(true), source)?;
/// # Ok::<(), cors_actix::Issues>(())
/// ```
#[derive(Clone)]
pub struct Source {
    pub(super) ask: Arc<Ask>,
    pub(super) key: Option<Arc<KeyFunction>>,
    pub(super) known: Vec<Arc<Subject>>,
    pub(super) probes: bool,
    pub(super) clock: Arc<Clock>,
    pub(super) capacity: usize,
    pub(super) time_to_live: Duration,
    pub(super) time_limit: Duration,
    pub(super) questions_at_once: usize,
}

impl Source {
    /// Returns the settings that hold unless others are set.
    pub fn new(source: impl OriginSource) -> Self {
        let source = Arc::new(source);
        Self::asking(move |Subject { key, origin }| {
            let (source, key, origin) = (Arc::clone(&source), key.to_string(), origin.clone());
            Box::pin(async move { source.answer(origin, key).await.map_err(Into::into) })
        })
    }

    fn asking(ask: impl Fn(&Subject) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            ask: Arc::new(ask),
            key: None,
            known: Vec::new(),
            probes: cfg!(debug_assertions),
            clock: Arc::new(Instant::now),
            capacity: 10_000,
            time_to_live: Duration::from_secs(60),
            time_limit: Duration::from_secs(2),
            questions_at_once: 16,
        }
    }

    /// Returns a source that sees whom a request addresses: a function makes a key of it, the other gets the origin and the key.
    ///
    /// Answers are remembered by key and origin. So what is known of one tenant says nothing of another.
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use cors_actix::{Cors, Origin, PolicyDraft, Source};
    ///
    /// let knows = |origin: Origin, tenant: String| async move {
    ///     // Ask the database for a row with exactly these two.
    ///     Ok::<_, Infallible>((tenant.as_str(), origin.as_str()) == ("acme", "https://app.acme.example"))
    /// };
    /// // Around `web::scope("/{tenant}")`.
    /// let source = Source::keyed(|request| request.parameter("tenant").map(Into::into), knows);
    /// let (cors, handle) = Cors::with_source(PolicyDraft::new().credentials(true), source)?;
    /// # Ok::<(), cors_actix::Issues>(())
    /// ```
    pub fn keyed<F, A, T, E>(
        key: impl for<'r> Fn(Addressed<'r>) -> Option<Cow<'r, str>> + Send + Sync + 'static,
        source: F,
    ) -> Self
    where
        F: Fn(Origin, String) -> A + Send + Sync + 'static,
        A: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<SourceAnswer> + 'static,
        E: Into<BoxedError> + 'static,
    {
        let ask = move |Subject { key, origin }: &Subject| -> Answer {
            let answer = source(origin.clone(), key.to_string());
            Box::pin(async move { answer.await.map(Into::into).map_err(Into::into) })
        };
        Self::asking(ask).key(key)
    }

    /// Sets the function that makes a key of whom a request addresses: its host, its path, parts of it. Without it, there is one key for
    /// all, which is empty.
    ///
    /// It is called for each request whose origin no rule lists, so keep it short. It must not panic: a panic ends the request. If it
    /// returns none, or a key of more than 128 bytes, the request is denied. Has no effect on the answers of a source that ignores the
    /// key, but they are remembered for each key by itself.
    #[must_use]
    pub fn key(self, key: impl for<'r> Fn(Addressed<'r>) -> Option<Cow<'r, str>> + Send + Sync + 'static) -> Self {
        Self { key: Some(Arc::new(key)), ..self }
    }

    /// Names origins that are no strangers, such as all rows of the database when the program starts. The source is asked for them as
    /// for others, but they have a queue of their own. So a flood of strangers that is there already when a program starts keeps none of
    /// them waiting.
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use cors_actix::{Origin, Source};
    ///
    /// # fn rows() -> Vec<&'static str> { vec!["https://app.tenant.example"] }
    /// let tenants = |origin: Origin| async move { Ok::<_, Infallible>(origin.as_str() == "https://app.tenant.example") };
    /// let known = rows().into_iter().map(Origin::parse).collect::<Result<Vec<_>, _>>()?;
    /// let source = Source::new(tenants).known(known);
    /// # Ok::<(), cors_actix::OriginError>(())
    /// ```
    #[must_use]
    pub fn known(self, origins: impl IntoIterator<Item = Origin>) -> Self {
        self.known_by_key(origins.into_iter().map(|origin| ("", origin)))
    }

    /// Names origins as [`known`](Self::known) does, each under its key.
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use cors_actix::{Origin, Source};
    ///
    /// let knows = |origin: Origin, tenant: String| async move { Ok::<_, Infallible>(origin.host().ends_with(&tenant)) };
    /// let source = Source::keyed(|request| request.host_name(), knows)
    ///     .known_by_key([("acme.example", Origin::parse("https://acme.example")?)]);
    /// # Ok::<(), cors_actix::OriginError>(())
    /// ```
    #[must_use]
    pub fn known_by_key(mut self, origins: impl IntoIterator<Item = (impl AsRef<str>, Origin)>) -> Self {
        self.known.extend(origins.into_iter().map(|(key, origin)| Arc::new(Subject::new(key.as_ref(), &origin))));
        self
    }

    /// Sets how long an answer counts. A minute unless set.
    ///
    /// A change of the source may go unnoticed for so long, unless [`SourceHandle::forget`](crate::SourceHandle::forget) is called.
    #[must_use]
    pub fn time_to_live(self, time: Duration) -> Self {
        Self { time_to_live: time, ..self }
    }

    /// Sets how many allowed origins are remembered, and how many denied ones. 10,000 of each unless set.
    ///
    /// Set more than there are allowed ones, so that none makes room for another; those that are [named](Self::known) come on top.
    /// Where the source allows any number of origins, such as all subdomains of one, a client that makes them up pushes others out.
    /// Each takes some hundred bytes: an origin and a key of together more than 256 count by their length, as up to two and a half,
    /// so that strangers cannot choose how much memory is taken.
    #[must_use]
    pub fn capacity(self, origins: usize) -> Self {
        Self { capacity: origins, ..self }
    }

    /// Sets how long a request waits for an answer, its time in the queue included. Then it is denied. 2 seconds unless set, at most a day.
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use std::time::Duration;
    ///
    /// use cors_actix::{Origin, Source};
    ///
    /// # let slow = |_: Origin| async { Ok::<_, Infallible>(true) };
    /// let source = Source::new(slow).time_limit(Duration::from_millis(500)).questions_at_once(64).capacity(100_000);
    /// ```
    #[must_use]
    pub fn time_limit(self, limit: Duration) -> Self {
        Self { time_limit: limit.min(LONGEST_TIME_LIMIT), ..self }
    }

    /// Sets how many questions are under way at once. 16 unless set, at least 1.
    ///
    /// This many for strangers, of whom 1,000 more may wait, and this many for known origins, of which all may wait. Those who wait take
    /// turns by the address of their connection (IPv6: its first 64 bits). When the queue is full, the address with the most questions
    /// gives up a place to one that has fewer. Behind a proxy all requests come from one address.
    #[must_use]
    pub fn questions_at_once(self, count: usize) -> Self {
        Self { questions_at_once: count.max(1), ..self }
    }

    /// Sets whether the source is asked for origins that are nobody's. In debug builds it is, unless set.
    #[doc(hidden)]
    #[must_use]
    pub fn probes(self, probes: bool) -> Self {
        Self { probes, ..self }
    }

    /// Sets the clock by which answers grow old: `Instant::now` unless set. Tests set another one.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    /// use std::time::{Duration, Instant};
    ///
    /// # use cors_actix::{Origin, Source};
    /// # let source = |_: Origin| async { Ok::<_, std::convert::Infallible>(true) };
    /// let seconds = Arc::new(AtomicU64::new(0));
    /// let (begin, passed) = (Instant::now(), Arc::clone(&seconds));
    /// let source = Source::new(source).clock(move || begin + Duration::from_secs(passed.load(Ordering::Relaxed)));
    /// seconds.store(61, Ordering::Relaxed);
    /// ```
    #[must_use]
    pub fn clock(self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(now), ..self }
    }
}

impl<S: OriginSource> From<S> for Source {
    fn from(source: S) -> Self {
        Self::new(source)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Source")
            .field("capacity", &self.capacity)
            .field("time_to_live", &self.time_to_live)
            .field("time_limit", &self.time_limit)
            .field("questions_at_once", &self.questions_at_once)
            .finish_non_exhaustive()
    }
}
