//! An API that one web app may use from its own origin, with cookies, JSON and PUT.
//!
//! `cargo run --bin quickstart`, then from another terminal:
//! `curl -i localhost:8080/items/1 -H "Origin: https://app.example.com"`

use std::error::Error;

use actix_web::{App, HttpServer, Responder, get, put, web};
use clap::Parser;
use cors_actix::{Cors, cors_policy};
use cors_example_ports::listen;
use serde::{Deserialize, Serialize};

const WEB_APP: Cors = cors_policy! {
    origins: [
        "https://app.example.com",
        #[cfg(debug_assertions)] "http://localhost:3000",
    ],
    credentials: true,
    methods: [GET, PUT],
    allow_headers: ["Content-Type"],
    max_age: 2h,
};

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
}

#[get("/items/{id}")]
async fn read(id: web::Path<u32>) -> impl Responder {
    web::Json(Item { name: format!("item {id}") })
}

#[put("/items/{id}")]
async fn write(item: web::Json<Item>) -> impl Responder {
    item
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
    let mut server = HttpServer::new(|| App::new().service(read).service(write).wrap(WEB_APP));
    for listener in listen(port)? {
        server = server.listen(listener)?;
    }
    server.run().await?;
    Ok(())
}
