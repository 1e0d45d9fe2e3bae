//! The six headers are the middleware's own (SRV-24); `Vary` is merged with the application's (SRV-32).

use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, CORS, assert_grants, from, respond};

const CORS_HEADERS: [&str; 6] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-max-age",
    "access-control-expose-headers",
];

/// A handler that answers with these lines.
fn answer(lines: &'static [(&'static str, &'static str)]) -> actix_web::Route {
    web::get().to(move || async move {
        let mut response = HttpResponse::Ok();
        for line in lines {
            response.append_header(*line);
        }
        response.body("handled")
    })
}

fn get() -> TestRequest {
    TestRequest::get().uri("/")
}

#[actix_web::test]
async fn what_the_application_put_into_our_headers_is_replaced_or_removed() {
    for name in CORS_HEADERS {
        let name = HeaderName::from_static(name);
        let handler = web::get().to(move || {
            let name = name.clone();
            async move {
                let mut response = HttpResponse::Ok();
                response.append_header((name.clone(), "https://other.example")).append_header((name, "*")).finish()
            }
        });
        let app = init_service(App::new().wrap(CORS).route("/", handler)).await;
        assert_grants(&app, get, 200, "origin").await;
    }
    let app = App::new().wrap(DefaultHeaders::new().add(("Access-Control-Allow-Origin", "*"))).wrap(CORS);
    assert_grants(&init_service(app).await, get, 404, "origin").await;
}

#[actix_web::test]
async fn what_the_application_put_into_other_headers_stays() {
    let lines = &[
        ("timing-allow-origin", "*"),
        ("cross-origin-resource-policy", "same-site"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-request-id", "1"),
        ("x-request-id", "2"),
    ];
    let app = init_service(App::new().wrap(CORS).route("/", answer(lines))).await;
    assert_grants(&app, get, 200, "origin").await;
    let response = respond(&app, from(ALLOWED, get())).await;
    for (name, value) in lines {
        assert!(response.headers().get_all(*name).any(|found| found == value), "{name}: {value}");
    }
}

/// `assert_grants` compares the names of all lines, so one that is repeated or lost shows.
#[actix_web::test]
async fn the_applications_vary_stays_and_nothing_is_repeated() {
    for (lines, merged) in [
        (&[("vary", "Accept-Encoding")] as &'static [_], "accept-encoding, origin"),
        (&[("vary", "Accept-Encoding"), ("vary", "Accept-Language")], "accept-encoding, accept-language, origin"),
        (&[("vary", "Accept-Encoding ,Accept-Language")], "accept-encoding, accept-language, origin"),
        (&[("vary", "origin")], "origin"),
        (&[("vary", "ORIGIN")], "origin"),
        (&[("vary", "Accept-Encoding"), ("vary", "Cookie,\tOrigin")], "accept-encoding, cookie, origin"),
        (&[("vary", "X-Origin, Origin-X")], "origin, origin-x, x-origin"),
        (&[("vary", "*")], "*"),
        (&[("vary", "Cookie"), ("vary", "*")], "*, cookie"),
    ] {
        let app = init_service(App::new().wrap(CORS).route("/", answer(lines))).await;
        assert_grants(&app, get, 200, merged).await;
        let response = respond(&app, get()).await;
        assert_eq!(response.headers().get_all("vary").count(), 1, "some caches read one line: {lines:?}");
    }
}

#[actix_web::test]
async fn nothing_is_added_to_vary_where_all_get_the_same_answer() {
    const PUBLIC: Cors = cors_policy! { origins: "*" };
    let app = App::new().wrap(PUBLIC).route("/", answer(&[("vary", "Accept"), ("vary", "origin")]));
    let app = init_service(app).await;
    for request in [get(), from(ALLOWED, get())] {
        let response = respond(&app, request).await;
        assert_eq!(cors_of(response.headers()), ["access-control-allow-origin: *", "vary: accept, origin"]);
    }
}

#[actix_web::test]
async fn compress_may_stand_on_either_side() {
    let handler = || web::get().to(async || "a text that is compressed ".repeat(100));
    let gzipped = || get().insert_header((header::ACCEPT_ENCODING, "gzip"));
    let inside = init_service(App::new().wrap(Compress::default()).wrap(CORS).route("/", handler())).await;
    let outside = init_service(App::new().wrap(CORS).wrap(Compress::default()).route("/", handler())).await;

    assert_grants(&inside, gzipped, 200, "accept-encoding, origin").await;
    assert_grants(&outside, gzipped, 200, "accept-encoding, origin").await;
    for response in [respond(&inside, gzipped()).await, respond(&outside, gzipped()).await] {
        assert_eq!(
            response.headers().get(header::CONTENT_ENCODING).map(|value| value.as_bytes()),
            Some(b"gzip".as_slice())
        );
    }
}

/// The one difference: what `Compress` itself refuses gets the grants only when it stands inside.
#[actix_web::test]
async fn the_refusal_of_compress_has_the_grants_when_it_stands_inside() {
    let unacceptable = || get().insert_header((header::ACCEPT_ENCODING, "identity;q=0, x-none"));
    let inside = init_service(App::new().wrap(Compress::default()).wrap(CORS)).await;
    assert_grants(&inside, unacceptable, 406, "accept-encoding, origin").await;

    let outside = init_service(App::new().wrap(CORS).wrap(Compress::default())).await;
    let response = respond(&outside, from(ALLOWED, unacceptable())).await;
    assert_eq!(
        (response.status().as_u16(), cors_of(response.headers())),
        (406, vec!["vary: accept-encoding".to_owned()])
    );
}
