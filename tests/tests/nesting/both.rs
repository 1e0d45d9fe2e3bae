//! SRV-25: where one policy stands inside another, a request must pass both. What comes out is compared with the naive model.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::body::BodyStream;
use actix_web::dev::Service;
use actix_web::error::ErrorUnauthorized;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, PolicyDraft, cors_policy};
use cors_tests::service::respond;
use cors_tests::{cors_headers, cors_of};
use futures_util::stream;

use crate::naive;
use crate::naive::random::Random;

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
        let response = respond(app, made($request).expect("a request")).await;
        let handled = handled.load(Ordering::Relaxed) - before;
        Got { status: response.status().as_u16(), headers: cors_of(response.headers()), handled }
    }};
}

/// A path, and what is sent there.
type Asked = (&'static str, naive::Request);

const PATHS: [&str; 4] = ["/ok", "/error", "/stream", "/fails"];

/// Whatever browsers send, and others.
fn requests() -> Vec<Asked> {
    let (app, evil) = (("origin", "https://app.example.com"), ("origin", "https://evil.example"));
    let asks = |method| ("access-control-request-method", method);
    let mut requests = Vec::new();
    for path in PATHS {
        for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            for headers in [
                vec![],
                vec![app],
                vec![evil],
                vec![evil, ("sec-fetch-site", "same-origin")],
                vec![("origin", "null")],
                vec![app, evil],
            ] {
                requests.push((path, request(method, &headers)));
            }
        }
        for headers in [[app, asks("PUT")], [evil, asks("PUT")], [app, asks("DELETE")], [evil, asks("DELETE")]] {
            requests.push((path, request("OPTIONS", &headers)));
        }
    }
    requests
}

fn request(method: &str, headers: &[(&str, &str)]) -> naive::Request {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    naive::Request { method: method.as_bytes().to_vec(), headers, authority: None, public_origin: None }
}

/// None for what no request of a test service can have.
fn made((path, request): &Asked) -> Option<TestRequest> {
    let of_another_place = request.authority.is_some() || request.public_origin.is_some();
    let mut made = TestRequest::with_uri(path).method(Method::from_bytes(&request.method).ok()?);
    for (name, value) in &request.headers {
        made = made.append_header((name.as_str(), HeaderValue::from_bytes(value).ok()?));
    }
    (!of_another_place).then_some(made)
}

/// What the model says of the two policies, and what is behind them does.
fn expected([outer, inner]: [&naive::Policy; 2], (path, request): &Asked) -> Got {
    let mut answer = naive::nested::nested(outer, inner, request);
    let reaches_handler = answer.status.is_none();
    let (status, handled) = match *path {
        "/ok" | "/stream" => (200, usize::from(reaches_handler)),
        "/error" => (401, usize::from(reaches_handler)),
        _ => (401, 0),
    };
    if reaches_handler && *path == "/ok" {
        answer.vary.insert("accept".to_owned());
    }
    let vary = answer.vary.into_iter().collect::<Vec<_>>().join(", ");
    let lines = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
    let vary = Some(("vary", vary.as_bytes())).filter(|_| !vary.is_empty());
    Got { status: answer.status.unwrap_or(status), headers: cors_headers(lines.chain(vary)), handled }
}

/// A policy as the model reads it.
fn modelled(cors: &Cors) -> naive::Policy {
    naive::Policy::of(&serde_json::to_value(cors.policy().to_draft()).expect("a policy is written as data"))
}

#[actix_web::test]
async fn what_both_grant_is_granted_and_nothing_else() {
    let mut compared = 0;
    for outer in &POLICIES {
        for inner in &POLICIES {
            let (nested, policies) = (app!(inner, outer), [&modelled(outer), &modelled(inner)]);
            for request in requests() {
                let got = answer!(nested, &request);
                assert_eq!(got, expected(policies, &request), "{request:?}\nouter {outer:?}\ninner {inner:?}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 64 * 136);
}

#[actix_web::test]
async fn what_random_policies_both_grant_is_granted_and_nothing_else() {
    let mut random = Random::seeded(25);
    let (mut compared, mut granted) = (0, 0);
    while compared < 2_000 {
        let written = [random.policy(), random.policy()].map(|mut written| {
            written.as_object_mut().expect("a policy is an object").remove("source");
            written
        });
        let checked = written.each_ref().map(|written| {
            let draft: PolicyDraft = serde_json::from_value(written.clone()).expect("no content is an error");
            draft.validate().map(Cors::new)
        });
        let [Ok(outer), Ok(inner)] = checked else { continue };
        let (nested, policies) = (app!(inner, outer), [&modelled(&outer), &modelled(&inner)]);
        for of in [0, 1].repeat(10) {
            let asked = ("/ok", random.request(policies[of]));
            if made(&asked).is_none() {
                continue;
            }
            let got = answer!(nested, &asked);
            assert_eq!(got, expected(policies, &asked), "{asked:?}\nouter {}\ninner {}", written[0], written[1]);
            compared += 1;
            granted += usize::from(got.headers.iter().any(|line| line.starts_with("access-control-allow-origin")));
        }
    }
    assert!(granted > compared / 8, "{granted} of {compared} are granted");
}
