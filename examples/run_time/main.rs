//! A policy with values that a macro cannot read: constants, and the command line.
//!
//! `cargo run --bin run_time -- https://partner.example http://localhost:3000`, or with a mistake:
//! `cargo run --bin run_time -- https://Partner.example/ null`

use std::error::Error;
use std::process::ExitCode;

use actix_web::{App, HttpServer, web};
use clap::Parser;
use cors_actix::{Cors, Issues, Policy, PolicyDraft, Rule, RuleDraft, cors_policy};
use cors_example_ports::listen;

/// In a real program another module has this constant.
const APP_ORIGIN: &str = "https://app.example.com";

/// The compiler checks this part.
const OPERATORS: Cors = cors_policy! {
    origins: ["https://operators.example.com"],
    credentials: true,
    methods: [PUT, DELETE],
};

/// The other part is checked when the program starts, with the same rules and messages.
fn policy(partners: Vec<String>) -> Result<Policy, Issues> {
    let mut origins = vec![APP_ORIGIN.to_owned()];
    origins.extend(partners);
    let operators = OPERATORS.policy();
    let rules = operators.rules().iter().map(Rule::to_draft);
    PolicyDraft::new().rules(rules.chain([RuleDraft::new().origins(origins)])).validate()
}

#[derive(Parser)]
struct Options {
    /// Where to listen; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Origins of partners.
    partners: Vec<String>,
}

#[actix_web::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Options { port, partners } = Options::parse();
    let policy = match policy(partners) {
        Ok(policy) => policy,
        Err(issues) => {
            eprintln!("{issues}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let text = policy.to_string();
    let cors = Cors::new(policy);
    let app = move || App::new().wrap(cors.clone()).route("/", web::get().to(async || "hello\n"));
    let mut server = HttpServer::new(app);
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    println!("{text}");
    server.run().await?;
    Ok(ExitCode::SUCCESS)
}
