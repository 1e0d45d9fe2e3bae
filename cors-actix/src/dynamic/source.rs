//! Who is asked.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use cors_core::Origin;

pub(super) type BoxedError = Box<dyn Error + Send + Sync>;

/// Knows which origins may read: a database, a service, a function.
///
/// An asynchronous function is one, and so is a closure that says the type of its argument:
///
/// ```
/// use std::io;
///
/// use cors_actix::{DynamicCors, Origin, PolicyDraft};
///
/// async fn is_known(origin: Origin) -> io::Result<bool> {
///     // Ask the database for a row with exactly this text; a part of it would match hosts of strangers.
///     Ok(origin.as_str() == "https://app.tenant.example")
/// }
///
/// let cors = DynamicCors::new(PolicyDraft::new().credentials(true), is_known)?;
/// # Ok::<(), cors_actix::Issues>(())
/// ```
///
/// So is a type of your own:
///
/// ```
/// use std::collections::HashSet;
/// use std::convert::Infallible;
/// use std::sync::RwLock;
///
/// use cors_actix::{Origin, OriginSource};
///
/// struct Tenants(RwLock<HashSet<Origin>>);
///
/// impl OriginSource for Tenants {
///     type Error = Infallible;
///
///     async fn allows(&self, origin: Origin) -> Result<bool, Infallible> {
///         Ok(self.0.read().is_ok_and(|known| known.contains(&origin)))
///     }
/// }
/// ```
pub trait OriginSource: Send + Sync + 'static {
    /// Why there is no answer. The origin is denied then, and asked for again next time.
    type Error: Into<Box<dyn Error + Send + Sync>>;

    /// Whether pages of this origin may read.
    ///
    /// The origin is well-formed. The future must not block its thread, and is dropped when its time is over; work that it gave to
    /// other threads goes on there.
    ///
    /// # Errors
    ///
    /// When nobody knows, say because the database does not answer.
    fn allows(&self, origin: Origin) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

impl<F, A, E> OriginSource for F
where
    F: Fn(Origin) -> A + Send + Sync + 'static,
    A: Future<Output = Result<bool, E>> + Send,
    E: Into<BoxedError>,
{
    type Error = E;

    fn allows(&self, origin: Origin) -> impl Future<Output = Result<bool, E>> + Send {
        self(origin)
    }
}

/// A source whose type is not known.
pub(super) trait AnySource: Send + Sync {
    fn ask(self: Arc<Self>, origin: Origin) -> Pin<Box<dyn Future<Output = Result<bool, BoxedError>> + Send>>;
}

impl<S: OriginSource> AnySource for S {
    fn ask(self: Arc<Self>, origin: Origin) -> Pin<Box<dyn Future<Output = Result<bool, BoxedError>> + Send>> {
        Box::pin(async move { self.allows(origin).await.map_err(Into::into) })
    }
}
