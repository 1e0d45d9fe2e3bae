//! The files and the data of the page.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Query;
use cors_core::Answered;

use crate::CurrentPolicy;
use serde_json::{Value as Json, json};

use super::Inspector;
use super::access::{self, PLACE};
use super::ask::Form;
use super::fetch::lets_follow;
use super::log::together;
use super::picture::picture;
use super::seen::{depends, shown};

macro_rules! files {
    ($($path:literal: $kind:literal;)*) => {
        /// Path, content type, content.
        const FILES: &[(&str, &str, &str)] = &[$(($path, $kind, include_str!(concat!("page/", $path)))),*];
    };
}

files! {
    "index.html": "text/html; charset=utf-8";
    "palette.css": "text/css; charset=utf-8";
    "theme.css": "text/css; charset=utf-8";
    "picture.css": "text/css; charset=utf-8";
    "inspector.js": "text/javascript; charset=utf-8";
    "dom.js": "text/javascript; charset=utf-8";
    "element.js": "text/javascript; charset=utf-8";
    "draw.js": "text/javascript; charset=utf-8";
    "policies.js": "text/javascript; charset=utf-8";
    "icon.svg": "image/svg+xml";
}

/// These forbid external resources, inline scripts and frames, and keep other pages from reading this one.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    ),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("x-robots-tag", "noindex"),
];

/// Returns the path below [`PLACE`], or `None` for a request to the app.
pub(super) fn path_of(request: &ServiceRequest) -> Option<String> {
    let rest = request.path().strip_prefix(PLACE)?;
    match rest.strip_prefix('/') {
        Some(path) => Some(path.to_owned()),
        None => rest.is_empty().then(String::new),
    }
}

pub(super) fn answer(inspector: &Inspector, request: &ServiceRequest, path: &str) -> HttpResponse {
    let refuse = |why| text(StatusCode::FORBIDDEN, &format!("The CORS inspector shows nothing here: {why}.\n"));
    let own = match access::check(request) {
        Ok(own) => own,
        Err(why) => return refuse(why),
    };
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "The CORS inspector is only looked at.\n");
    }
    let fields = fields(request);
    let given = fields.iter().find(|(name, _)| path.is_empty() && name == "key").map(|(_, value)| value);
    match given {
        Some(given) if inspector.key.is(given.as_bytes()) => return opened(&access::cookie(given, &own)),
        None if access::cookies(request).any(|given| inspector.key.is(given)) => {}
        _ => return refuse(access::NO_KEY),
    }
    match path {
        "state" => state(inspector, &fields),
        "ask" => ask(inspector, &fields, &own),
        path => {
            let path = if path.is_empty() { "index.html" } else { path };
            match FILES.iter().find(|(name, ..)| *name == path) {
                Some((_, kind, content)) => respond(StatusCode::OK, kind, (*content).to_owned()),
                None => text(StatusCode::NOT_FOUND, "The CORS inspector has no such page.\n"),
            }
        }
    }
}

/// Moves the key from the address into a cookie.
fn opened(cookie: &str) -> HttpResponse {
    let mut response = text(StatusCode::SEE_OTHER, "The CORS inspector is open.\n");
    for (name, value) in [(header::LOCATION, PLACE), (header::SET_COOKIE, cookie)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn text(status: StatusCode, text: &str) -> HttpResponse {
    respond(status, "text/plain; charset=utf-8", text.to_owned())
}

fn json(value: &Json) -> HttpResponse {
    respond(StatusCode::OK, "application/json", value.to_string())
}

fn respond(status: StatusCode, kind: &str, content: String) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    for line in HEADERS {
        response.insert_header(line);
    }
    // The page polls: its open connection must not keep the server from stopping.
    response.force_close().insert_header((header::CONTENT_TYPE, kind)).body(content)
}

/// Returns everything that the page shows, or 204 if nothing has changed.
fn state(inspector: &Inspector, fields: &[(String, String)]) -> HttpResponse {
    let policies: Vec<CurrentPolicy> = inspector.policies.iter().map(|named| named.present()).collect();
    let texts: Vec<String> = policies.iter().map(ToString::to_string).collect();
    let look = inspector.shared.log.look(&texts);
    if fields.iter().any(|(name, value)| name == "seen" && *value == look.revision) {
        return respond(StatusCode::NO_CONTENT, "application/json", String::new());
    }
    let named = || inspector.policies.iter().zip(&policies);
    let together = together(&look.exchanges, lets_follow);
    let pictures: Vec<Json> = together.iter().filter_map(|together| shown(together, &inspector.policies)).collect();
    json(&json!({
        "revision": look.revision,
        "isInsidePolicy": look.is_inside_policy,
        "policies": named().map(|(named, policy)| named.shown(policy)).collect::<Vec<_>>(),
        "pictures": pictures,
    }))
}

fn fields(request: &ServiceRequest) -> Vec<(String, String)> {
    Query::<Vec<(String, String)>>::from_query(request.query_string()).map(Query::into_inner).unwrap_or_default()
}

/// Returns the picture for the form: the policy without the app.
fn ask(inspector: &Inspector, fields: &[(String, String)], own: &str) -> HttpResponse {
    let index = fields.iter().find(|(name, _)| name == "policy").and_then(|(_, value)| value.parse::<usize>().ok());
    let Some(named) = inspector.policies.get(index.unwrap_or_default()) else {
        return json(&json!({ "mistake": "there is no such policy" }));
    };
    let form = match Form::read(fields) {
        Ok(form) => form,
        Err(mistake) => return json(&json!({ "mistake": mistake })),
    };
    let policy = named.present();
    let (fetch, asks) = form.under(&policy, own, Answered::Denied);
    let mut shown = picture(&fetch, form.credentials);
    shown["policy"] = named.name.as_str().into();
    if asks {
        let (known, _) = form.under(&policy, own, Answered::Allowed);
        shown["assumed"] =
            "This picture assumes that the source does not know the origin: this page never asks the source.".into();
        shown["otherwise"] = picture(&known, form.credentials);
        shown["otherwise"]["when"] = "If the source knows the origin".into();
        depends(&mut shown, "source", ["if it does not know the origin", "if it does"]);
    }
    json(&shown)
}
