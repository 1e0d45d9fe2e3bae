//! The tenants' origins, in SQLite.

use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web;
use cors_actix::{Origin, OriginSource, SourceAnswer};
use rusqlite::{Connection, OptionalExtension, params};

const TABLE: &str = "create table if not exists origins (origin text primary key, tenant text not null) strict";

/// Maximum time to wait for a lock of another process. Shorter than the time limit of a question, so that the error
/// says what is wrong.
const LONGEST_LOCK: Duration = Duration::from_secs(1);

/// One shared connection. It blocks, so use it on a thread that may block.
#[derive(Clone)]
pub(crate) struct Database(Arc<Mutex<Connection>>);

/// The result of adding an origin.
#[derive(Debug, PartialEq)]
pub(crate) enum Added {
    Done,
    /// The origin belongs to another tenant.
    BelongsTo(String),
}

impl Database {
    /// Opens the file, or a database in memory.
    pub(crate) fn open(file: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(LONGEST_LOCK)?;
        connection.execute(TABLE, [])?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Returns whether the origin belongs to a tenant.
    pub(crate) fn knows(&self, origin: &Origin) -> rusqlite::Result<bool> {
        self.connection().prepare_cached("select 1 from origins where origin = ?")?.exists([origin.as_str()])
    }

    /// Returns all origins of all tenants. Ignores rows with an invalid origin.
    pub(crate) fn all(&self) -> rusqlite::Result<Vec<Origin>> {
        let connection = self.connection();
        let mut rows = connection.prepare("select origin from origins")?;
        let texts = rows.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(texts.iter().filter_map(|text| Origin::parse(text).ok()).collect())
    }

    /// Adds the origin to the tenant.
    pub(crate) fn add(&self, tenant: &str, origin: &Origin) -> rusqlite::Result<Added> {
        let connection = self.connection();
        connection.execute(
            "insert into origins (tenant, origin) values (?, ?) on conflict do nothing",
            params![tenant, origin.as_str()],
        )?;
        let owner: Option<String> = connection
            .query_row("select tenant from origins where origin = ?", [origin.as_str()], |row| row.get(0))
            .optional()?;
        Ok(owner.filter(|owner| owner != tenant).map_or(Added::Done, Added::BelongsTo))
    }

    /// Removes the origin from the tenant. Returns whether the tenant had it.
    pub(crate) fn remove(&self, tenant: &str, origin: &Origin) -> rusqlite::Result<bool> {
        let removed = self
            .connection()
            .execute("delete from origins where tenant = ? and origin = ?", params![tenant, origin.as_str()])?;
        Ok(removed > 0)
    }

    /// Ignores poisoning, because SQLite executes a statement completely or not at all.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OriginSource for Database {
    type Error = Box<dyn Error + Send + Sync>;

    async fn answer(&self, origin: Origin, _: String) -> Result<SourceAnswer, Self::Error> {
        let database = self.clone();
        Ok(web::block(move || database.knows(&origin)).await??.into())
    }
}
