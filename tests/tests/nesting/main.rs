//! Apps, scopes and resources, side by side and inside each other.

mod between;
mod both;
#[path = "../../../cors-core/tests/naive/mod.rs"]
#[allow(dead_code, reason = "the model is shared with a test that uses all of it")]
mod naive;

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::cors_of;
use cors_tests::service::{
    ALLOWED, CORS, GRANTED, PREFLIGHT_GRANTED, REFUSED, assert_grants, assert_preflights, from, preflight, respond,
};
use cors_tests::wire::{exchange, request, serve};

/// Allows what [`CORS`] refuses, and has something to say in every header.
const OTHER: Cors = cors_policy! {
    origins: ["https://evil.example"],
    methods: [PATCH],
    allow_headers: ["X-Other"],
    expose_headers: ["X-Other"],
    max_age: 1h,
};

const PUBLIC: Cors = cors_policy! { origins: "*", methods: [DELETE], expose_headers: ["Link"] };

const OTHER_GRANTED: [&str; 3] =
    ["access-control-allow-origin: https://evil.example", "access-control-expose-headers: X-Other", "vary: origin"];

fn handled() -> actix_web::Route {
    web::get().to(async || HttpResponse::Ok().body("handled"))
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

#[test]
fn a_middleware_can_be_cloned_and_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    shared(&CORS);
}

#[actix_web::test]
async fn an_app_a_scope_and_a_resource_can_be_wrapped() {
    let app = init_service(App::new().wrap(CORS).route("/x", handled())).await;
    assert_grants(&app, || get("/x"), 200, "origin").await;
    assert_preflights(&app, "/x").await;
    assert_preflights(&app, "/nowhere").await;

    let app = init_service(App::new().service(web::scope("/scope").wrap(CORS).route("/x", handled()))).await;
    assert_grants(&app, || get("/scope/x"), 200, "origin").await;
    assert_preflights(&app, "/scope/x").await;
    assert_preflights(&app, "/scope/nowhere").await;

    let app = init_service(App::new().service(web::resource("/x").wrap(CORS).route(handled()))).await;
    assert_grants(&app, || get("/x"), 200, "origin").await;
    assert_preflights(&app, "/x").await;
}

#[actix_web::test]
async fn what_is_not_wrapped_has_no_cors_headers() {
    let app = App::new().service(web::scope("/scope").wrap(CORS).route("/x", handled())).route("/x", handled());
    let app = init_service(app).await;
    for (request, status) in [(from(ALLOWED, get("/x")), 200), (preflight(ALLOWED, "/x"), 404)] {
        let response = respond(&app, request).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (status, vec![]));
    }
}

#[actix_web::test]
async fn scopes_side_by_side_have_policies_of_their_own() {
    let app = App::new()
        .service(web::scope("/ours").wrap(CORS).route("/x", handled()))
        .service(web::scope("/other").wrap(OTHER).route("/x", handled()))
        .service(web::scope("/public").wrap(PUBLIC).route("/x", handled()));
    let app = init_service(app).await;
    assert_grants(&app, || get("/ours/x"), 200, "origin").await;
    assert_preflights(&app, "/ours/x").await;
    let public = ["access-control-allow-origin: *", "access-control-expose-headers: Link"];
    for (request, expected) in [
        (from(ALLOWED, get("/other/x")), ["vary: origin"].as_slice()),
        (from(REFUSED, get("/other/x")), &OTHER_GRANTED),
        (get("/other/x"), &["vary: origin"]),
        (from(ALLOWED, get("/public/x")), &public),
        (from(REFUSED, get("/public/x")), &public),
        (get("/public/x"), &public),
    ] {
        let response = respond(&app, request).await;
        assert_eq!(cors_of(response.headers()), expected);
    }
}

/// SRV-2: without an origin, or without a method that is asked for, OPTIONS is a method like any other.
#[actix_web::test]
async fn options_of_the_application_reach_their_handler() {
    let resource = || {
        let options = web::method(actix_web::http::Method::OPTIONS);
        web::resource("/x").route(options.to(async || HttpResponse::Ok().insert_header(("allow", "GET")).finish()))
    };
    let options = || TestRequest::default().method(actix_web::http::Method::OPTIONS).uri("/x");
    let app = init_service(App::new().service(resource().wrap(CORS))).await;
    assert_grants(&app, options, 200, "origin").await;
    assert_preflights(&app, "/x").await;

    let response = respond(&app, options().insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"))).await;
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (200, vec!["vary: origin".to_owned()]));
}

#[actix_web::get("/x", wrap = "CORS")]
async fn wrapped_route() -> HttpResponse {
    HttpResponse::Ok().body("handled")
}

/// Why the documentation says to wrap the resource: the guard on the method stands before the middleware.
#[actix_web::test]
async fn middleware_of_a_guarded_route_never_sees_a_preflight() {
    let app = init_service(App::new().service(wrapped_route)).await;
    assert_grants(&app, || get("/x"), 200, "origin").await;
    let response = respond(&app, preflight(ALLOWED, "/x")).await;
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (404, vec![]));
}

/// One value, a static or a shared one, in the apps of several workers.
#[test]
fn one_value_serves_several_workers() {
    let shared = Cors::new((*CORS.policy()).clone());
    for cors in [CORS, shared] {
        let address = serve(move || {
            let server = HttpServer::new(move || App::new().wrap(cors.clone()).route("/x", handled()));
            let server = server.workers(2).bind("127.0.0.1:0").expect("a port is free");
            (server.addrs()[0], server.run())
        });
        let granted = [GRANTED.as_slice(), &["vary: origin"]].concat();
        for _ in 0..4 {
            let origin = ("Origin", ALLOWED.as_bytes());
            assert_eq!(exchange(address, &request(b"GET", "/x", &[origin])).cors(), granted);
            let asks_for_put = ("Access-Control-Request-Method", b"PUT".as_slice());
            let reply = exchange(address, &request(b"OPTIONS", "/x", &[origin, asks_for_put]));
            assert_eq!((reply.status, reply.cors()), (204, PREFLIGHT_GRANTED.map(str::to_owned).to_vec()));
        }
    }
}
