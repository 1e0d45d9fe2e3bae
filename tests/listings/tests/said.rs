//! What the guide shows of the log, of tests and of mistakes at run time is what they say.

use std::path::Path;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, Error, HttpResponse, put, web};
use cors_actix::testing::{Browser, Preflight, ScriptRequest, conformance, preflight};
use cors_actix::{Cors, PolicyDraft, cors_policy};
use cors_listings::markdown::{Page, pages};
use cors_tests::log::lines_of;
use serde::Deserialize;

const WEB_APP: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT],
    allow_headers: ["Content-Type"],
}
.name("web-app");
const ADMIN: Cors =
    cors_policy! { origins: ["https://admin.example.com"], credentials: true, methods: [PUT] }.name("admin");
const PUBLIC: Cors = cors_policy! { origins: "*" }.name("public");
const STRICTER: Cors = cors_policy! { origins: ["https://admin.example.com"] };

async fn authenticate<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match request.headers().contains_key(header::AUTHORIZATION) {
        true => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        false => Ok(request.into_response(HttpResponse::Unauthorized().finish())),
    }
}

#[put("/status", wrap = "WEB_APP")]
async fn close() -> &'static str {
    "closed"
}

/// Requests of the guide, and what the log says of them.
async fn logged() -> Vec<String> {
    lines_of(async {
        let notes = web::resource("/notes").wrap(WEB_APP).route(web::put().to(async || "saved"));
        let used = web::resource("/used").wrap(WEB_APP.name("shadowed").shadow(STRICTER)).to(async || "read");
        let admin = web::scope("/out").wrap(PUBLIC).service(web::resource("/admin").wrap(ADMIN).to(async || "read"));
        let app = init_service(App::new().service(notes).service(used).service(admin)).await;
        let asked = [
            ("/notes", "https://other.example.com", "PUT", ""),
            ("/notes", "https://app.example.com", "PATCH", ""),
            ("/notes", "https://app.example.com", "PUT", "x-debug"),
        ];
        for (path, origin, method, headers) in asked {
            let request = TestRequest::with_uri(path).method(Method::OPTIONS);
            let request = request.insert_header((header::ORIGIN, origin));
            let request = request.insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, method));
            let request = request.insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, headers));
            call_service(&app, request.to_request()).await;
        }
        for path in ["/used", "/out/admin"] {
            let request = TestRequest::with_uri(path).insert_header((header::ORIGIN, "https://app.example.com"));
            call_service(&app, request.to_request()).await;
        }
    })
    .await
}

/// What tests say of mistakes.
async fn failures() -> Vec<String> {
    let notes =
        web::scope("/notes").wrap(WEB_APP).wrap(from_fn(authenticate)).default_service(web::to(async || "read"));
    let inner = web::scope("/admin").wrap(PUBLIC).service(web::resource("/notes").wrap(ADMIN).to(async || "read"));
    let open = web::resource("/open").wrap(WEB_APP).to(async || "read");
    let app = init_service(App::new().service(close).service(notes).service(inner).service(open)).await;
    let mut page = Browser::at("https://app.example.com").policy(&WEB_APP.policy());
    let mut other = Browser::at("https://other.example.com").policy(&WEB_APP.policy());
    let ask = |path: &str| ScriptRequest::new(format!("https://api.example.com{path}"));
    vec![
        page.fetch(&app, ask("/notes").method("PUT")).await.to_string(),
        page.fetch(&app, ask("/notes")).await.to_string(),
        other.fetch(&app, ask("/open")).await.to_string(),
        unanswered(preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await),
        unanswered(preflight(&app, Method::PUT, "/status", "https://app.example.com").await),
        conformance(&app, &ADMIN.policy(), [(Method::PUT, "/admin/notes")]).await.to_string(),
    ]
}

fn unanswered(preflight: Preflight) -> String {
    match preflight {
        Preflight::Unanswered(unanswered) => unanswered.to_string(),
        other => panic!("a policy answered: {other:?}"),
    }
}

/// What is said of a mistaken file.
fn mistakes() -> String {
    #[derive(Deserialize)]
    struct Settings {
        cors: PolicyDraft,
    }
    let text = "[cors]\norigins = [\"https://app.example.com/\"]\ncredential = true\nmax_age = \"2d\"\n";
    let settings: Settings = toml::from_str(text).expect("it is TOML");
    settings.cors.validate().expect_err("it has mistakes").within("cors").to_string()
}

/// How each listing that is held begins.
const BEGINNINGS: [&str; 9] = [
    "INFO cors_actix",
    "WARN cors_actix",
    "a page of ",
    "no CORS policy answered",
    "help: if pages",
    "401 Unauthorized came",
    "the app does not do",
    "3 mistakes",
    "1 mistake",
];

#[actix_web::test]
async fn the_guide_shows_what_is_said() {
    let mut said = logged().await;
    said.extend(failures().await);
    said.push(mistakes());
    let said: Vec<&str> = said.iter().flat_map(|text| text.lines()).map(str::trim).collect();

    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let pages = pages(root).into_iter().filter(|path| path.starts_with("docs/guide"));
    let listings = pages.flat_map(|path| Page::read(root, &path).listings);
    let own = |text: &str| BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    let mut wrong = Vec::new();
    for listing in listings.filter(|listing| listing.language == "text" && own(&listing.text)) {
        for line in listing.text.lines() {
            // Where the policy stands, and how many lines were left out, differ.
            let line =
                line.trim().replace("policy=src/main.rs:5", "policy=web-app").replace("left_out=4", "left_out=0");
            if !said.contains(&line.as_str()) {
                wrong.push(format!("{}: nobody says {line}", listing.place));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nbut\n{}", wrong.join("\n"), said.join("\n"));
}
