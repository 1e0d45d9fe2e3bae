//! The API: small handlers that count how often they ran, with the two policies.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    error::{ErrorBadRequest, ErrorInternalServerError, ErrorNotFound, ErrorUnauthorized},
    http::header::{AUTHORIZATION, CACHE_CONTROL},
    web::{self, Data, Form, Json, Path, ServiceConfig},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::policies::{Policies, UNCACHED_SCOPE};

/// The only token that the API accepts.
pub(crate) const DEMO_TOKEN: &str = "demo-token";
pub(crate) const SESSION_COOKIE: &str = "playground_session";

/// How often each handler ran since the playground started.
#[derive(Default)]
pub(crate) struct Counters(Mutex<BTreeMap<&'static str, u64>>);

/// The handler stores it in the request, for the wire log.
pub(crate) struct HandlerRuns(pub(crate) u64);

impl Counters {
    /// Counts a run of the handler, and stores the number in the request.
    pub(crate) fn ran(&self, handler: &'static str, request: &HttpRequest) -> u64 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(handler).or_default();
        *count += 1;
        request.extensions_mut().insert(HandlerRuns(*count));
        *count
    }
}

pub(crate) fn routes(services: &mut ServiceConfig, policies: &Policies) {
    let note = || web::resource("/notes/{id}").get(read_note).put(replace_note).patch(change_note).delete(delete_note);
    // Side by side. If one policy were inside the other, the outer one would answer the preflights of both.
    services.service(web::scope(UNCACHED_SCOPE).service(note()).wrap(policies.uncached.clone())).service(
        web::scope("")
            .service(note())
            .route("/", web::get().to(introduce))
            .route("/greeting", web::get().to(greet))
            .route("/votes", web::post().to(vote))
            .route("/notes", web::post().to(create_note))
            .route("/report", web::get().to(report))
            .route("/session", web::post().to(log_in))
            .route("/me", web::get().to(who_am_i))
            .route("/private", web::get().to(private))
            .route("/broken", web::get().to(broken))
            .wrap(policies.api.clone()),
    );
}

/// For people who open the API in a browser.
async fn introduce() -> &'static str {
    "This is the playground's API. The page that calls it is on another port.\n"
}

async fn greet(request: HttpRequest, counters: Data<Counters>) -> HttpResponse {
    counters.ran("greet", &request);
    HttpResponse::Ok().json(json!({ "greeting": "Hello from the API" }))
}

/// Accepts everything that a form can send: such a request needs no preflight.
async fn vote(request: HttpRequest, counters: Data<Counters>) -> HttpResponse {
    let votes = counters.ran("vote", &request);
    HttpResponse::Ok().json(json!({ "votes": votes }))
}

#[derive(Deserialize, Serialize)]
struct Note {
    text: String,
}

async fn create_note(request: HttpRequest, counters: Data<Counters>, note: Json<Note>) -> HttpResponse {
    let id = counters.ran("create_note", &request);
    HttpResponse::Created().json(json!({ "id": id, "text": note.text }))
}

async fn read_note(request: HttpRequest, counters: Data<Counters>, id: Path<String>) -> Result<HttpResponse, Error> {
    counters.ran("read_note", &request);
    Err(ErrorNotFound(format!("there is no note {id}")))
}

async fn replace_note(
    request: HttpRequest,
    counters: Data<Counters>,
    id: Path<String>,
    note: Json<Note>,
) -> Result<HttpResponse, Error> {
    counters.ran("replace_note", &request);
    authorized(&request)?;
    Ok(HttpResponse::Ok().json(json!({ "replaced": *id, "text": note.text })))
}

async fn change_note(
    request: HttpRequest,
    counters: Data<Counters>,
    id: Path<String>,
    note: Json<Note>,
) -> Result<HttpResponse, Error> {
    counters.ran("change_note", &request);
    authorized(&request)?;
    Ok(HttpResponse::Ok().json(json!({ "changed": *id, "text": note.text })))
}

async fn delete_note(request: HttpRequest, counters: Data<Counters>, id: Path<String>) -> Result<HttpResponse, Error> {
    counters.ran("delete_note", &request);
    authorized(&request)?;
    Ok(HttpResponse::Ok().json(json!({ "deleted": *id })))
}

fn authorized(request: &HttpRequest) -> Result<(), Error> {
    let token = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match token.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(DEMO_TOKEN) => Ok(()),
        _ => Err(ErrorUnauthorized("the token is missing or wrong")),
    }
}

/// Sends a header that the policy exposes, one that it does not expose, and one that is always readable.
async fn report(request: HttpRequest, counters: Data<Counters>) -> HttpResponse {
    let runs = counters.ran("report", &request);
    HttpResponse::Ok()
        .insert_header(("X-Request-Id", format!("report-{runs}")))
        .insert_header(("X-Cost", "3 credits"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(json!({ "visitors": 42 }))
}

#[derive(Deserialize)]
struct LogIn {
    name: String,
}

/// Accepts any name: only the cookie matters here.
async fn log_in(request: HttpRequest, counters: Data<Counters>, login: Form<LogIn>) -> Result<HttpResponse, Error> {
    counters.ran("log_in", &request);
    let plain = |name: &str| (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain(&login.name) {
        return Err(ErrorBadRequest("a name is 1 to 32 letters and digits"));
    }
    let cookie = Cookie::build(SESSION_COOKIE, &login.name)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::minutes(10))
        .finish();
    Ok(HttpResponse::Ok().cookie(cookie).json(json!({ "welcome": login.name })))
}

async fn who_am_i(request: HttpRequest, counters: Data<Counters>) -> Result<HttpResponse, Error> {
    counters.ran("who_am_i", &request);
    match request.cookie(SESSION_COOKIE) {
        Some(session) => Ok(HttpResponse::Ok().json(json!({ "name": session.value() }))),
        None => Err(ErrorUnauthorized("no cookie came along: who are you?")),
    }
}

async fn private(request: HttpRequest, counters: Data<Counters>) -> Result<HttpResponse, Error> {
    counters.ran("private", &request);
    authorized(&request)?;
    Ok(HttpResponse::Ok().json(json!({ "secret": "only with the token" })))
}

async fn broken(request: HttpRequest, counters: Data<Counters>) -> Result<HttpResponse, Error> {
    counters.ran("broken", &request);
    Err(ErrorInternalServerError("the handler failed on purpose"))
}
