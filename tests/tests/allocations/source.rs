//! A remembered answer of a source allocates nothing either.

use std::future::ready;

use actix_http::Request;
use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::init_service;
use allocation_counter::measure;
use cors_actix::{Cors, Origin, Source};
use cors_tests::service::{ALLOWED, CORS, REFUSED};
use futures_util::FutureExt;

use crate::counting::{CALLS, Lines, app_with, count, handled, on_a_new_thread, origin, preflight, request, requests};

const TENANT: &str = "https://tenant.example";

/// Middleware that remembers an answer of its source, which sees the path, for each of the two origins; [`CORS`] lists none of them.
fn with_source() -> Cors {
    let knows = |origin: Origin, path: String| ready(Ok::<_, std::io::Error>(path == "/" && origin.as_str() == TENANT));
    let source = Source::keyed(|request| Some(request.path().into()), knows);
    let (cors, _) = Cors::with_source(CORS.policy().to_draft(), source).expect("a valid policy");
    let asks = cors.clone();
    on_a_new_thread(move || async move {
        let app = init_service(app_with(handled()).wrap(asks)).await;
        for (origin, status) in [(TENANT, 204), (REFUSED, 403)] {
            let answered = app.call(request(&Method::OPTIONS, &preflight(origin, None)).to_request()).await;
            assert_eq!(answered.expect("an answer").status(), status);
        }
    });
    cors
}

#[test]
fn nothing_is_added_by_an_answer_of_a_source_that_is_remembered() {
    for (lines, grants) in [(vec![], false), (origin(ALLOWED), true), (origin(TENANT), true), (origin(REFUSED), false)]
    {
        let (answered, added) = added!(app_with(handled()), with_source(), lines.clone());
        assert_eq!(answered.contains("access-control-allow-origin"), grants, "{answered}");
        // The first reader of a thread takes its place among the readers, once.
        assert_eq!(added[1..], [0; CALLS - 1], "{lines:?}");
    }
}

/// So many requests that what is done once in a while is done too.
const MANY: u64 = 10_000;

/// The allocations of many warm requests to an app, and whether they were granted.
macro_rules! many {
    ($cors:expr, $origin:expr) => {{
        let (cors, lines) = ($cors, origin($origin));
        on_a_new_thread(move || async move {
            let app = init_service(app_with(handled()).wrap(cors)).await;
            let mut granted = false;
            let mut call = |request: Request| {
                let response = app.call(request).now_or_never().expect("nothing waits").expect("an answer");
                granted = response.headers().contains_key("access-control-allow-origin");
            };
            call(request(&Method::GET, &lines).to_request());
            let mut allocations = 0;
            for _ in 0..MANY {
                let request = request(&Method::GET, &lines).to_request();
                allocations += measure(|| call(request)).count_total;
            }
            (allocations, granted)
        })
    }};
}

#[test]
fn nothing_is_added_once_in_a_while_either() {
    for (listed, asked) in [(ALLOWED, TENANT), (REFUSED, REFUSED)] {
        let ((with, granted), (without, same)) = (many!(with_source(), asked), many!(CORS, listed));
        assert_eq!((with, granted), (without, same));
    }
}
