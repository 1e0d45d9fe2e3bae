//! An API for the pages of many tenants. Their origins are rows of a database, which an administrator adds and
//! removes while the API serves.
//!
//! `cargo run --bin tenants` prints its address and the administrator's token. Then from another terminal:
//!
//! ```sh
//! curl -i localhost:8080/api/greeting -H "Origin: https://app.acme.example"    # no grants
//! curl -i -X PUT    "localhost:8080/admin/tenants/acme?origin=https://app.acme.example" -H "Authorization: Bearer TOKEN"
//! curl -i localhost:8080/api/greeting -H "Origin: https://app.acme.example"    # granted
//! curl -i -X DELETE "localhost:8080/admin/tenants/acme?origin=https://app.acme.example" -H "Authorization: Bearer TOKEN"
//! ```
//!
//! The database is SQLite, in this process. With PostgreSQL on a server the source is shorter, because it does not
//! block:
//!
//! ```text
//! struct Tenants(sqlx::PgPool);
//!
//! impl OriginSource for Tenants {
//!     type Error = sqlx::Error;
//!
//!     async fn answer(&self, origin: Origin, _key: String) -> Result<SourceAnswer, sqlx::Error> {
//!         let query = sqlx::query_scalar("select exists (select from origins where origin = $1)");
//!         let known: bool = query.bind(origin.as_str()).fetch_one(&self.0).await?;
//!         Ok(known.into())
//!     }
//! }
//! ```
//!
//! With several server processes, each process must learn about a change. The process that makes the change notifies
//! the others in the same transaction (`select pg_notify('origins', $1)`), and all of them listen:
//!
//! ```text
//! let mut changes = sqlx::postgres::PgListener::connect_with(&pool).await?;
//! changes.listen("origins").await?;
//! loop {
//!     match changes.try_recv().await? {
//!         Some(change) => match Origin::parse(change.payload()) {
//!             Ok(origin) => handle.forget(&origin),
//!             Err(_) => handle.forget_all(),
//!         },
//!         // The connection was lost, so some changes may be missing.
//!         None => handle.forget_all(),
//!     }
//! }
//! ```

mod admin;
mod database;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use clap::Parser;
use cors_actix::{Cors, Observer, Origin, PolicyDraft, PolicyName, Source, Unanswered};
use cors_example_ports::listen;

use crate::admin::Admin;
use crate::database::Database;

/// The permissions of every tenant's pages.
fn policy() -> PolicyDraft {
    PolicyDraft::new().credentials(true).methods(["PUT"]).allow_headers(["Content-Type"]).max_age("10min")
}

/// Prints when the database gave no answer.
struct Unanswerable;

impl Observer for Unanswerable {
    fn unanswered(&self, _: PolicyName, origin: &Origin, reason: &Unanswered) {
        eprintln!("{origin} is denied: {reason}");
    }
}

#[derive(Parser)]
struct Options {
    /// Where to listen; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The database, made if it is not there. Without it, one in memory.
    #[arg(long)]
    database: Option<PathBuf>,
    /// The administrator's token, a random one unless given. Other users of this machine may see what is given here.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    token: Option<String>,
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Options { port, database, token } = Options::parse();
    let database = Database::open(database.as_deref())?;
    let source = Source::new(database.clone())
        // Strangers do not delay these origins, even if many send requests when the program starts.
        .known(database.all()?)
        // Another process may change the file without telling this one.
        .time_to_live(Duration::from_secs(30));
    let (cors, handle) = Cors::with_source(policy(), source)?;
    let cors = cors.observer(Unanswerable);
    let token = token.map_or_else(admin::random_token, Ok)?;
    let admin = Data::new(Admin { database, cors: handle, token: token.clone() });

    let app = move || {
        App::new()
            .app_data(admin.clone())
            // Outside of the policy, so no page can use it.
            .service(web::scope("/admin").configure(admin::routes))
            .service(web::scope("/api").wrap(cors.clone()).route("/greeting", web::get().to(async || "hello\n")))
    };
    let mut server = HttpServer::new(app);
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    println!("the administrator's token is {token}");
    server.run().await?;
    Ok(())
}
