//! The tenants' origins, in SQLite.

use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web;
use cors_actix::{Origin, OriginSource, SourceAnswer};
use rusqlite::{Connection, OptionalExtension, params};

const TABLE: &str = "create table if not exists origins (origin text primary key, tenant text not null) strict";

/// How long another process may hold the file: less than a question may last, so that its error says what is wrong.
const LONGEST_LOCK: Duration = Duration::from_secs(1);

/// One connection, which everybody shares. It blocks, so ask it on a thread that may be blocked.
#[derive(Clone)]
pub(crate) struct Database(Arc<Mutex<Connection>>);

/// What came of adding an origin.
#[derive(Debug, PartialEq)]
pub(crate) enum Added {
    Done,
    /// An origin belongs to one tenant, and this one to another.
    BelongsTo(String),
}

impl Database {
    /// Opens the file, or a database that is gone with this process.
    pub(crate) fn open(file: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(LONGEST_LOCK)?;
        connection.execute(TABLE, [])?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Whether the origin is a tenant's.
    pub(crate) fn knows(&self, origin: &Origin) -> rusqlite::Result<bool> {
        self.connection().prepare_cached("select 1 from origins where origin = ?")?.exists([origin.as_str()])
    }

    /// All origins of all tenants. A row that is no origin is nobody's.
    pub(crate) fn all(&self) -> rusqlite::Result<Vec<Origin>> {
        let connection = self.connection();
        let mut rows = connection.prepare("select origin from origins")?;
        let texts = rows.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(texts.iter().filter_map(|text| Origin::parse(text).ok()).collect())
    }

    /// Gives the origin to the tenant.
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

    /// Takes the origin from the tenant, if it is one of theirs.
    pub(crate) fn remove(&self, tenant: &str, origin: &Origin) -> rusqlite::Result<bool> {
        let removed = self
            .connection()
            .execute("delete from origins where tenant = ? and origin = ?", params![tenant, origin.as_str()])?;
        Ok(removed > 0)
    }

    /// A panic elsewhere harms no connection: SQLite's statements are whole or not at all.
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
