//! A source and its settings.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cors_core::Origin;

use super::addressed::Addressed;
use super::origin_source::{Answer, Ask, BoxedError, OriginSource, SourceAnswer};
use super::subject::Subject;

/// One day: longer than any client waits, and small enough to add to any instant.
const LONGEST_TIME_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

type Clock = dyn Fn() -> Instant + Send + Sync;

type KeyFunction = dyn for<'r> Fn(Addressed<'r>) -> Option<Cow<'r, str>> + Send + Sync;

/// A source of origins and its settings, for [`Cors::with_source`](crate::Cors::with_source).
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
    /// Returns a source with default settings.
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

    /// Returns a source that depends on the host or path of a request. The first function makes a key from them; the
    /// second one gets the origin and the key.
    ///
    /// Answers are remembered by key and origin, so tenants do not share answers.
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use cors_actix::{Cors, Origin, PolicyDraft, Source};
    ///
    /// let knows = |origin: Origin, tenant: String| async move {
    ///     // Ask the database for a row with exactly these two values.
    ///     Ok::<_, Infallible>((tenant.as_str(), origin.as_str()) == ("acme", "https://app.acme.example"))
    /// };
    /// // For a policy around `web::scope("/{tenant}")`.
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

    /// Sets the function that makes a key from the host, the path or parts of the path of a request. Without it, all
    /// requests have one empty key.
    ///
    /// The policy calls it for each request whose origin no rule lists, so keep it fast. It must not panic: a panic
    /// ends the request. If it returns `None`, or a key of more than 128 bytes, the request is denied. If the source
    /// ignores the key, the answers are the same, but they are remembered separately for each key.
    #[must_use]
    pub fn key(self, key: impl for<'r> Fn(Addressed<'r>) -> Option<Cow<'r, str>> + Send + Sync + 'static) -> Self {
        Self { key: Some(Arc::new(key)), ..self }
    }

    /// Lists known origins, for example all rows of the database when the program starts. The policy asks the source
    /// about them like about others, but they wait in a separate queue. So a flood of strangers at the start of the
    /// program does not delay them.
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

    /// Lists known origins, like [`known`](Self::known), each with its key.
    ///
    /// ```
    /// use std::convert::Infallible;
    ///
    /// use cors_actix::{Origin, Source};
    ///
    /// // Compare whole values, never their ends.
    /// let rows = [("acme", "https://app.acme.example"), ("initech", "https://notes.initech.example")];
    /// let knows = move |origin: Origin, tenant: String| async move {
    ///     Ok::<_, Infallible>(rows.contains(&(tenant.as_str(), origin.as_str())))
    /// };
    /// // For a policy around `web::scope("/{tenant}")`.
    /// let source = Source::keyed(|request| request.parameter("tenant").map(Into::into), knows)
    ///     .known_by_key([("acme", Origin::parse("https://app.acme.example")?)]);
    /// # Ok::<(), cors_actix::OriginError>(())
    /// ```
    #[must_use]
    pub fn known_by_key(mut self, origins: impl IntoIterator<Item = (impl AsRef<str>, Origin)>) -> Self {
        self.known.extend(origins.into_iter().map(|(key, origin)| Arc::new(Subject::new(key.as_ref(), &origin))));
        self
    }

    /// Sets how long an answer is valid. The default is one minute.
    ///
    /// A change in the source has no effect for this time, unless you call
    /// [`SourceHandle::forget`](crate::SourceHandle::forget).
    #[must_use]
    pub fn time_to_live(self, time: Duration) -> Self {
        Self { time_to_live: time, ..self }
    }

    /// Sets the number of remembered allowed origins, and of remembered denied origins. The default is 10,000 of
    /// each.
    ///
    /// Set a higher number than you have allowed origins, so that they do not replace each other; origins in
    /// [`known`](Self::known) do not count. If the source allows any number of origins, such as all subdomains of
    /// one, a client can invent origins that replace others. Each origin takes some hundred bytes. If an origin and
    /// its key have more than 256 bytes together, they count by their length, as up to two and a half origins, so
    /// strangers cannot choose the amount of memory.
    #[must_use]
    pub fn capacity(self, origins: usize) -> Self {
        Self { capacity: origins, ..self }
    }

    /// Sets how long a request waits for an answer, including its time in the queue. Then it is denied. The default
    /// is 2 seconds, the maximum one day.
    ///
    /// A debug build also asks about origins that look like an allowed one. The request waits as long again for these
    /// answers, and once more if its origin is forgotten meanwhile. If they do not come, it is granted.
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

    /// Sets the number of parallel questions. The default is 16, the minimum 1.
    ///
    /// The number is for strangers and again for known origins. At most 1,000 strangers wait, and any number of known
    /// origins. Requests that wait take turns by the address of their connection (IPv6: its first 64 bits). If the
    /// queue is full, the address with the most questions gives a place to one with fewer. Behind a proxy all
    /// requests come from one address.
    #[must_use]
    pub fn questions_at_once(self, count: usize) -> Self {
        Self { questions_at_once: count.max(1), ..self }
    }

    /// Sets whether the policy asks the source about origins of strangers. The default is true in debug builds.
    #[doc(hidden)]
    #[must_use]
    pub fn probes(self, probes: bool) -> Self {
        Self { probes, ..self }
    }

    /// Returns how many time limits a request waits at most: one for its question; with probes a second one for these,
    /// and a third one, because another worker can be just about to end the question.
    pub(super) const fn waits(&self) -> u32 {
        if self.probes { 3 } else { 1 }
    }

    /// Sets the clock for the age of answers. The default is `Instant::now`. Tests set another one.
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
