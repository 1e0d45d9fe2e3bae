//! An API with an inspector, and a page on another port whose requests are blocked in several ways.
//!
//! Run `cargo run --bin inspector`. It prints the addresses of the inspector and of the page: open them side by side.

use std::error::Error;

use actix_web::http::header::{CONTENT_TYPE, ContentType};
use actix_web::{App, HttpResponse, HttpServer, Responder, get, put, web};
use clap::Parser;
use cors_actix::{Cors, Inspector, PolicyDraft};
use cors_example_ports::bind;

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");

/// Allows the page to read and to send JSON, but not to send PUT or cookies. Press its buttons, and see in the
/// inspector what blocks them. The shadow policy would allow PUT, too.
fn policy(page: &str) -> Cors {
    let draft = PolicyDraft::new().origins([page]).allow_headers(["Content-Type"]).expose_headers(["X-Request-Id"]);
    let [policy, shadow] = [draft.clone(), draft.methods(["PUT"])].map(|draft| {
        Cors::new(draft.validate().expect("the origin of a page on a port of this machine is no mistake"))
    });
    policy.name("notes").shadow(shadow)
}

#[get("/notes")]
async fn read() -> impl Responder {
    HttpResponse::Ok().insert_header(("X-Request-Id", "7")).json(["milk"])
}

#[put("/notes")]
async fn write() -> impl Responder {
    "saved"
}

/// Outside of the scope with the policy, so pages of other origins cannot read it.
#[get("/health")]
async fn health() -> impl Responder {
    "well"
}

#[derive(Parser)]
struct Options {
    /// Where the API listens; 0 takes any free port. The page is on a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Options { port } = Options::parse();
    let pages = HttpServer::new(|| {
        App::new()
            .route("/", web::get().to(|| async { HttpResponse::Ok().content_type(ContentType::html()).body(PAGE) }))
            .route(
                "/page.js",
                web::get()
                    .to(|| async { HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/javascript")).body(SCRIPT) }),
            )
    })
    .workers(1)
    .bind(("127.0.0.1", 0))?;
    let page = pages.addrs().first().map(|address| format!("http://{address}")).unwrap_or_default();

    let cors = policy(&page);
    let inspector = Inspector::new().policy(cors.clone());
    let watched = inspector.clone();
    let mut api = HttpServer::new(move || {
        App::new()
            .service(health)
            .service(web::scope("/api").wrap(cors.clone()).service(read).service(write))
            .wrap(watched.clone()) // last, so that it is outermost
    });
    let bound = bind("--port", port)?;
    let address = format!("http://127.0.0.1:{}", bound.port);
    println!("{address}");
    if let Some(inspector) = inspector.address(&address) {
        println!("inspector {inspector}");
    }
    println!("page      {page}/?api={address}");
    for listener in bound.listeners {
        api = api.listen(listener)?;
    }
    let (pages, api) = (actix_web::rt::spawn(pages.run()), api.run());
    api.await?;
    pages.abort();
    Ok(())
}
