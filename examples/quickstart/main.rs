//! An API that one web app may use from its own origin, with cookies, JSON and PUT.
//!
//! `cargo run --bin quickstart`, then from another terminal:
//! `curl -i localhost:8080/items/1 -H "Origin: https://app.example.com"`

use actix_web::{App, HttpServer, Responder, get, put, web};
use cors_actix::{Cors, cors_policy};
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

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(read).service(write).wrap(WEB_APP)).bind("localhost:8080")?.run().await
}
