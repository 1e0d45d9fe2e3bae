//! SRV-25: where one policy stands inside another, a request must pass both. What comes out is compared with what each of them answers
//! alone.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::body::BodyStream;
use actix_web::dev::Service;
use actix_web::error::ErrorUnauthorized;
use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::cors_of;
use cors_tests::service::respond;
use futures_util::stream;

const PUBLIC: Cors = cors_policy! { origins: "*", methods: [PUT, DELETE], expose_headers: ["ETag", "Link"] };
const ALL: Cors = cors_policy! { origins: "*", methods: "*", expose_headers: "*" };
const ONE: Cors = cors_policy! {
    origins: ["https://app.example.com"], credentials: true, methods: [PUT], expose_headers: ["link", "X-Id"],
};
const TWO: Cors = cors_policy! {
    origins: ["https://app.example.com", "https://evil.example"], credentials: true, methods: "*", expose_headers: ["X-Id"],
};
const PLAIN: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PATCH, PUT] };
const NOBODY: Cors = cors_policy! { origins: none };
const REJECTING: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT], on_denied: reject };
const RULES: Cors = cors_policy! {
    rules: [
        { origins: ["https://app.example.com"], credentials: true, methods: [PUT, DELETE] },
        { origins: "*", expose_headers: ["ETag"] },
    ],
};
const POLICIES: [Cors; 8] = [PUBLIC, ALL, ONE, TWO, PLAIN, NOBODY, REJECTING, RULES];

/// What came out, and how often the handler ran.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Got {
    status: u16,
    headers: Vec<String>,
    handled: usize,
}

impl Got {
    fn value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// An app under these policies, the first one innermost, and how often its handlers ran. Inside each policy stands middleware that fails for
/// one path.
macro_rules! app {
    ($($cors:expr),+) => {{
        let handled = Arc::new(AtomicUsize::new(0));
        let count = || {
            let handled = Arc::clone(&handled);
            move || {
                handled.fetch_add(1, Ordering::Relaxed);
            }
        };
        let (ok, error, streamed) = (count(), count(), count());
        let ok = move || {
            ok();
            async { HttpResponse::Ok().insert_header((header::VARY, "Accept")).body("ok") }
        };
        let error = move || {
            error();
            async { Err::<String, _>(ErrorUnauthorized("no")) }
        };
        let streamed = move || {
            streamed();
            let parts = stream::iter([Ok::<_, Infallible>(web::Bytes::from_static(b"part"))]);
            let mut response = HttpResponse::Ok();
            response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
            async move { response.body(BodyStream::new(parts)) }
        };
        let app = App::new().route("/ok", web::to(ok)).route("/error", web::to(error)).route("/stream", web::to(streamed));
        let app = app$(.wrap_fn(|request, service| {
            let fails = request.path() == "/fails";
            let response = service.call(request);
            async move {
                let response = response.await?;
                if fails && response.status() != 403 { Err(ErrorUnauthorized("between")) } else { Ok(response) }
            }
        }).wrap($cors.clone()))+;
        (init_service(app).await, handled)
    }};
}

macro_rules! answer {
    ($app:expr, $request:expr) => {{
        let (app, handled) = &$app;
        let before = handled.load(Ordering::Relaxed);
        let response = respond(app, made($request)).await;
        let handled = handled.load(Ordering::Relaxed) - before;
        Got { status: response.status().as_u16(), headers: cors_of(response.headers()), handled }
    }};
}

/// A path, a method and headers.
type Asked = (String, Method, Vec<(&'static str, &'static str)>);

const PATHS: [&str; 4] = ["/ok", "/error", "/stream", "/fails"];

/// Whatever browsers send, and others.
fn requests() -> Vec<Asked> {
    let mut requests = Vec::new();
    for path in PATHS {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            for headers in [
                vec![],
                vec![("origin", "https://app.example.com")],
                vec![("origin", "https://evil.example")],
                vec![("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
                vec![("origin", "null")],
                vec![("origin", "https://app.example.com"), ("origin", "https://evil.example")],
            ] {
                requests.push((path.to_owned(), method.clone(), headers));
            }
        }
        for asked in ["PUT", "DELETE"] {
            for origin in ["https://app.example.com", "https://evil.example"] {
                let headers = vec![("origin", origin), ("access-control-request-method", asked)];
                requests.push((path.to_owned(), Method::OPTIONS, headers));
            }
        }
    }
    requests
}

fn made((path, method, headers): &Asked) -> TestRequest {
    let request = TestRequest::with_uri(path).method(method.clone());
    headers.iter().fold(request, |request, header| request.append_header(*header))
}

/// What both answer together, worked out from what each answers alone.
fn both(outer: &Got, inner: &Got, (_, method, headers): &Asked, inner_methods: &str) -> (u16, Vec<String>, usize) {
    let origin = headers.iter().find(|(name, _)| *name == "origin").map(|(_, value)| *value);
    let asked = headers.iter().any(|(name, _)| *name == "access-control-request-method");
    if *method == Method::OPTIONS && asked && origin.is_some() {
        return (outer.status, outer.headers.clone(), outer.handled);
    }
    let (allow, credentials, expose) =
        ("access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers");
    let is_same_origin = headers.contains(&("sec-fetch-site", "same-origin"));
    let listed = ["GET", "HEAD", "POST"].contains(&method.as_str())
        || inner_methods == "*"
        || inner_methods.split(", ").any(|listed| listed == method.as_str());
    let outer_grants = outer.value(allow);
    let stops = (outer.handled, outer.status) == (0, 403)
        && !outer.headers.is_empty()
        && outer_grants.is_none()
        && is_rejecting(outer)
        || is_rejecting(inner);
    let refuses =
        origin.is_some() && !is_same_origin && outer_grants.is_some() && (inner.value(allow).is_none() || !listed);
    let (status, handled) = match (stops, refuses) {
        (true, _) | (_, true) => (403, 0),
        _ => (inner.status, inner.handled),
    };
    let mut lines = Vec::new();
    if let (Some(outer_origin), Some(inner_origin), false) = (outer_grants, inner.value(allow), refuses || stops) {
        let both = if inner_origin == "*" { outer_origin } else { inner_origin };
        lines.push(format!("{allow}: {both}"));
        if outer.value(credentials).is_some() && inner.value(credentials).is_some() {
            lines.push(format!("{credentials}: true"));
        }
        let names = match (outer.value(expose), inner.value(expose)) {
            (Some("*"), Some(names)) | (Some(names), Some("*")) => names.to_owned(),
            (Some(outer), Some(inner)) => {
                let inner: Vec<String> = inner.split(", ").map(str::to_ascii_lowercase).collect();
                let both = outer.split(", ").filter(|name| inner.contains(&name.to_ascii_lowercase()));
                both.collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        };
        if !names.is_empty() {
            lines.push(format!("{expose}: {names}"));
        }
    }
    lines.sort();
    (status, lines, handled)
}

/// The methods that the policy lists for the request's origin.
fn methods(cors: &Cors, (_, _, headers): &Asked) -> String {
    let policy = cors.policy();
    let is_app = headers.contains(&("origin", "https://app.example.com")) && headers.len() == 1;
    let rule = if is_app { policy.rules().first() } else { policy.rules().last() };
    rule.map(|rule| rule.methods().iter().collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

/// A policy alone keeps the handler from running.
fn is_rejecting(alone: &Got) -> bool {
    alone.handled == 0 && alone.status == 403 && alone.value("access-control-allow-origin").is_none()
}

#[actix_web::test]
async fn what_both_grant_is_granted_and_nothing_else() {
    let mut compared = 0;
    for outer in &POLICIES {
        for inner in &POLICIES {
            let (outer_alone, inner_alone, nested) = (app!(outer), app!(inner), app!(inner, outer));
            for request in requests() {
                let alone = [answer!(outer_alone, &request), answer!(inner_alone, &request)];
                let got = answer!(nested, &request);
                let listed = methods(inner, &request);
                let (status, granted, handled) = both(&alone[0], &alone[1], &request, &listed);
                let (vary, others): (Vec<_>, Vec<_>) =
                    got.headers.iter().cloned().partition(|line| line.starts_with("vary"));
                let granted: Vec<String> = granted.into_iter().filter(|line| !line.starts_with("vary")).collect();
                let by_handler = got.handled > 0 && request.0 == "/ok";
                let by_origin =
                    alone.iter().any(|alone| alone.value("vary").is_some_and(|vary| vary.contains("origin")));
                let is_preflight = request.2.get(1).is_some_and(|(name, _)| *name == "access-control-request-method");
                let expected = match (by_handler, by_origin) {
                    _ if is_preflight => {
                        alone[0].value("vary").map(|vary| format!("vary: {vary}")).into_iter().collect()
                    }
                    (true, true) => vec!["vary: accept, origin".to_owned()],
                    (true, false) => vec!["vary: accept".to_owned()],
                    (false, true) => vec!["vary: origin".to_owned()],
                    (false, false) => vec![],
                };
                assert!(vary == expected, "{request:?}: {vary:?}, not {expected:?}\nouter {outer:?}\ninner {inner:?}");
                assert_eq!(
                    (got.status, &others, got.handled),
                    (status, &granted, handled),
                    "{request:?}\nouter {outer:?}\ninner {inner:?}\nalone {alone:?}"
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 64 * 136);
}
