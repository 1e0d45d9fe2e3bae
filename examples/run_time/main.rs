//! A policy of values that a macro cannot read: constants, and the command line.
//!
//! `cargo run --bin run_time -- https://partner.example http://localhost:3000`, and with a mistake:
//! `cargo run --bin run_time -- https://Partner.example/ null`

use std::env;
use std::process::ExitCode;

use actix_web::{App, HttpServer, web};
use cors_actix::{Cors, Issues, Policy, PolicyDraft, cors_policy};

/// Some other part of the program knows it.
const APP_ORIGIN: &str = "https://app.example.com";

/// What the source can say, the compiler checks.
const OPERATORS: Cors = cors_policy! {
    origins: ["https://operators.example.com"],
    credentials: true,
    methods: [PUT, DELETE],
};

/// The rest is checked when the program starts, by the same rules and in the same words.
fn policy(partners: Vec<String>) -> Result<Policy, Issues> {
    let mut origins = vec![APP_ORIGIN.to_owned()];
    origins.extend(partners);
    PolicyDraft::new().rules([OPERATORS.policy().to_draft(), PolicyDraft::new().origins(origins)]).validate()
}

#[actix_web::main]
async fn main() -> std::io::Result<ExitCode> {
    let policy = match policy(env::args().skip(1).collect()) {
        Ok(policy) => policy,
        Err(issues) => {
            eprintln!("{issues}");
            return Ok(ExitCode::FAILURE);
        }
    };
    println!("{policy}");
    let cors = Cors::new(policy);
    let server = HttpServer::new(move || App::new().wrap(cors.clone()).route("/", web::get().to(async || "hello\n")));
    server.bind(("localhost", 8080))?.run().await?;
    Ok(ExitCode::SUCCESS)
}
