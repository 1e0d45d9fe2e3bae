//! Policies side by side: for a scope, for a resource, and for one method of a path.
//!
//! `cargo run --bin per_scope`, then from another terminal, the preflight for a PUT: `curl -i -X OPTIONS
//! localhost:8080/status -H "Origin: https://admin.example.com" -H "Access-Control-Request-Method: PUT"`

use std::error::Error;

use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpServer, Responder, get, put, route};
use clap::Parser;
use cors_actix::{Cors, cors_policy, with_preflight};
use cors_example_ports::listen;

/// Every page may read, and send `If-None-Match`.
const PUBLIC: Cors = cors_policy! {
    origins: "*",
    allow_headers: ["If-None-Match"],
    expose_headers: ["ETag"],
    max_age: 1d,
};

/// For employees who are logged in.
const ADMIN: Cors = cors_policy! {
    origins: ["https://admin.example.com"],
    credentials: true,
    methods: [PUT],
    allow_headers: ["Content-Type"],
    max_age: 10min,
};

/// A form on the pages of two shops.
const SHOPS: Cors = cors_policy! {
    origins: ["https://shop.example", "https://boutique.example"],
    allow_headers: ["Content-Type"],
};

#[get("/prices")]
async fn read_prices() -> impl Responder {
    "the prices\n"
}

#[put("/prices")]
async fn write_prices() -> impl Responder {
    "new prices\n"
}

async fn order() -> impl Responder {
    "ordered\n"
}

// Two methods of one path. Without the guards their preflights would reach no policy.
#[route("/status", method = "GET", method = "OPTIONS", guard = "with_preflight::get", wrap = "PUBLIC")]
async fn read_status() -> impl Responder {
    "open\n"
}

#[route("/status", method = "PUT", method = "OPTIONS", guard = "with_preflight::put", wrap = "ADMIN")]
async fn write_status() -> impl Responder {
    "closed\n"
}

fn configure(services: &mut ServiceConfig) {
    services
        .service(web::scope("/public").wrap(PUBLIC).service(read_prices))
        .service(web::scope("/admin").wrap(ADMIN).service(write_prices))
        .service(web::resource("/orders").wrap(SHOPS).route(web::post().to(order)))
        .service(read_status)
        .service(write_status);
}

#[derive(Parser)]
struct Options {
    /// Where to listen; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Options { port } = Options::parse();
    let mut server = HttpServer::new(|| App::new().configure(configure));
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    server.run().await?;
    Ok(())
}
