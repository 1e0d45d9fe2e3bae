//! What a Rust listing may name without saying where it comes from: this project's and actix-web's own names, a few policies, and, where
//! the listing is statements, the values that the functions below make. What a listing declares itself comes first.

#![allow(dead_code, unused_imports, reason = "not every listing names everything")]

pub(crate) use std::time::Duration;

pub(crate) use actix_web::http::{Method, header};
pub(crate) use actix_web::middleware::Logger;
pub(crate) use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Responder, get, put, route, web};
pub(crate) use cors_actix::testing::{self, Browser, CredentialsMode, ScriptRequest};
pub(crate) use cors_actix::{
    Addressed, Cors, Inspector, Observer, Origin, PolicyDraft, PolicyName, Rejection, RuleDraft, Source, cors_policy,
    with_preflight,
};

use std::io;

use actix_http::Request;
use actix_service::Service;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::NormalizePath;

pub(crate) const WEB_APP: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT, DELETE],
    allow_headers: ["Content-Type"],
}
.name("web-app");
pub(crate) const ADMIN: Cors =
    cors_policy! { origins: ["https://admin.example.com"], credentials: true, methods: [PUT] }.name("admin");
pub(crate) const PUBLIC: Cors = cors_policy! { origins: "*" }.name("public");
pub(crate) const TODAY: Cors = WEB_APP;
pub(crate) const STRICTER: Cors = cors_policy! { origins: ["https://app.example.com"] };

/// Attributes of actix-web make types of functions; a listing that has a value of that name does without.
pub(crate) mod services {
    use actix_web::{HttpResponse, get};

    #[get("/notes")]
    pub(crate) async fn notes() -> HttpResponse {
        HttpResponse::Ok().finish()
    }
}

pub(crate) struct Configuration {
    pub(crate) cors: PolicyDraft,
    pub(crate) origins: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Database;

impl Database {
    pub(crate) async fn knows(&self, _: &str) -> io::Result<bool> {
        Ok(false)
    }
}

pub(crate) async fn save() -> &'static str {
    "saved"
}

/// What README.md has in the listing before its test.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(services::notes);
    config.route("/notes", web::delete().to(save));
}

/// An app for tests.
pub(crate) async fn app() -> impl Service<Request, Response = ServiceResponse<impl MessageBody>, Error = Error> {
    actix_web::test::init_service(App::new().service(services::notes).wrap(WEB_APP)).await
}

/// Stands for middleware that may answer before a handler.
pub(crate) async fn authentication() -> NormalizePath {
    NormalizePath::trim()
}

pub(crate) async fn configuration() -> Configuration {
    Configuration { cors: draft().await, origins: list().await }
}

pub(crate) async fn settings() -> Configuration {
    configuration().await
}

pub(crate) async fn database() -> Database {
    Database
}

pub(crate) async fn draft() -> PolicyDraft {
    PolicyDraft::new().origins(["https://app.example.com"])
}

pub(crate) async fn list() -> Vec<String> {
    vec!["https://app.example.com".to_owned()]
}

pub(crate) async fn page() -> Browser {
    Browser::at("https://app.example.com")
}
