//! Grants and refusals of each policy, for Prometheus.
//!
//! `cargo run --bin metrics`, then from another terminal:
//! `curl localhost:8080/notes -H "Origin: https://evil.example"; curl localhost:8080/metrics`

use std::error::Error;
use std::fmt::Write as _;

use actix_web::{App, HttpResponse, HttpServer, Responder, web};
use clap::Parser;
use cors_actix::{Cors, cors_policy};
use cors_example_ports::listen;

const NOTES: Cors =
    cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: [PUT] }.name("notes");
const PRICES: Cors = cors_policy! { origins: "*" }.name("prices");

/// Uses the text format of Prometheus (<https://prometheus.io/docs/instrumenting/exposition_formats/>), which
/// OpenTelemetry's collector reads too.
async fn metrics() -> impl Responder {
    let mut text = "# TYPE cors_granted_total counter\n# TYPE cors_refused_total counter\n".to_owned();
    for cors in [NOTES, PRICES] {
        let (policy, counts) = (cors.policy_name(), cors.counts());
        let _ = writeln!(text, "cors_granted_total{{policy=\"{policy}\"}} {}", counts.granted());
        for (reason, count) in counts.refused() {
            let _ = writeln!(text, "cors_refused_total{{policy=\"{policy}\",reason=\"{}\"}} {count}", reason.code());
        }
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text)
}

#[derive(Parser)]
struct Options {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Options { port } = Options::parse();
    let mut server = HttpServer::new(|| {
        App::new()
            .route("/metrics", web::get().to(metrics)) // no page needs it
            .service(web::resource("/notes").wrap(NOTES).route(web::get().to(|| async { "notes\n" })))
            .service(web::resource("/prices").wrap(PRICES).route(web::get().to(|| async { "prices\n" })))
    });
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    server.run().await?;
    Ok(())
}
