//! A route with a policy of its own: which forms let its preflights in, and which do not.

use actix_http::Request;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, Error, Resource, Route, guard, route, web};
use cors_actix::{Cors, cors_policy, with_preflight};
use cors_tests::cors_of;
use cors_tests::service::{
    ALLOWED, CORS, PREFLIGHT_GRANTED, REFUSED, assert_grants, assert_preflights, from, owned, preflight, respond,
};

/// Has no header in common with [`CORS`], but for `Vary`.
const PATCHERS: Cors = cors_policy! { origins: ["https://evil.example"], methods: [PATCH], max_age: 1h };

const PATCH_GRANTED: [&str; 4] = [
    "access-control-allow-methods: PATCH",
    "access-control-allow-origin: https://evil.example",
    "access-control-max-age: 3600",
    "vary: origin",
];

#[route("/x", method = "PUT", method = "OPTIONS", guard = "with_preflight::put", wrap = "CORS")]
async fn save() -> &'static str {
    "saved"
}

#[route("/x", method = "PATCH", method = "OPTIONS", guard = "with_preflight::patch", wrap = "PATCHERS")]
async fn change() -> &'static str {
    "changed"
}

#[actix_web::get("/x")]
async fn read() -> &'static str {
    "read"
}

async fn handle() -> &'static str {
    "handled"
}

fn put() -> Route {
    web::route().guard(with_preflight::put).to(handle).wrap(CORS)
}

fn patch() -> Route {
    web::route().guard(with_preflight::patch).to(handle).wrap(PATCHERS)
}

fn get() -> Route {
    web::get().to(handle)
}

fn request(method: &Method) -> TestRequest {
    TestRequest::with_uri("/x").method(method.clone())
}

fn asks(method: &str, origin: &str) -> TestRequest {
    from(origin, request(&Method::OPTIONS)).insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, method))
}

/// Asserts that PUT is under [`CORS`], PATCH under [`PATCHERS`], GET under none, and that everything else finds `nobody`.
async fn assert_policies_of_their_own<S, B>(app: S, nobody: u16)
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    assert_grants(&app, || request(&Method::PUT), 200, "origin").await;
    assert_preflights(&app, "/x").await;
    let granted = ["access-control-allow-origin: https://evil.example", "vary: origin"];
    let asks_for_put = (header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    for (what, request, status, expected) in [
        ("PATCH allowed", from(REFUSED, request(&Method::PATCH)), 200, granted.as_slice()),
        ("PATCH refused", from(ALLOWED, request(&Method::PATCH)), 200, &["vary: origin"]),
        ("preflight for PATCH allowed", asks("PATCH", REFUSED), 204, &PATCH_GRANTED),
        ("preflight for PATCH refused", asks("PATCH", ALLOWED), 403, &["vary: origin"]),
        ("preflight for PUT twice", asks("PUT", ALLOWED).append_header(asks_for_put.clone()), 403, &["vary: origin"]),
        ("GET", from(ALLOWED, request(&Method::GET)), 200, &[]),
        ("GET that asks for PUT", from(ALLOWED, request(&Method::GET)).insert_header(asks_for_put.clone()), 200, &[]),
        ("preflight for GET", asks("GET", ALLOWED), nobody, &[]),
        ("preflight for put", asks("put", ALLOWED), nobody, &[]),
        ("DELETE", from(ALLOWED, request(&Method::DELETE)), nobody, &[]),
        ("preflight for DELETE", asks("DELETE", ALLOWED), nobody, &[]),
        ("OPTIONS", from(ALLOWED, request(&Method::OPTIONS)), nobody, &[]),
        ("OPTIONS without origin", request(&Method::OPTIONS).insert_header(asks_for_put.clone()), nobody, &[]),
    ] {
        let response = respond(&app, request).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (status, owned(expected)), "{what}");
    }
}

#[actix_web::test]
async fn attributes_at_one_path_have_policies_of_their_own_in_any_order() {
    let app = App::new().service(save).service(change).service(read);
    assert_policies_of_their_own(init_service(app).await, 404).await;
    let app = App::new().service(read).service(change).service(save);
    assert_policies_of_their_own(init_service(app).await, 404).await;
}

#[actix_web::test]
async fn routes_of_one_resource_have_policies_of_their_own_in_any_order() {
    let app = App::new().service(web::resource("/x").route(put()).route(patch()).route(get()));
    assert_policies_of_their_own(init_service(app).await, 405).await;
    let app = App::new().service(web::resource("/x").route(get()).route(patch()).route(put()));
    assert_policies_of_their_own(init_service(app).await, 405).await;
}

#[actix_web::test]
async fn routes_of_the_app_have_policies_of_their_own() {
    let app = App::new().route("/x", put()).route("/x", patch()).route("/x", get());
    assert_policies_of_their_own(init_service(app).await, 404).await;
}

#[actix_web::test]
async fn a_wrapped_resource_has_one_policy_for_all_its_methods() {
    let resource = web::resource("/x").wrap(CORS).route(web::put().to(handle)).route(get());
    let app = init_service(App::new().service(resource)).await;
    assert_preflights(&app, "/x").await;
    for (method, status) in [(Method::PUT, 200), (Method::GET, 200), (Method::DELETE, 405), (Method::OPTIONS, 405)] {
        assert_grants(&app, || request(&method), status, "origin").await;
    }
    for method in ["GET", "DELETE"] {
        let response = respond(&app, asks(method, ALLOWED)).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (204, owned(&PREFLIGHT_GRANTED)));
    }
}

/// SRV-2: OPTIONS without what makes it a preflight goes where the application sends it.
#[actix_web::test]
async fn other_options_requests_reach_their_own_route() {
    let options = web::method(Method::OPTIONS).to(async || "options");
    let app = init_service(App::new().service(web::resource("/x").route(put()).route(options))).await;
    assert_preflights(&app, "/x").await;
    for request in [from(ALLOWED, request(&Method::OPTIONS)), asks("DELETE", ALLOWED)] {
        let response = call_service(&app, request.to_request()).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (200, vec![]));
        assert_eq!(read_body(response).await, "options");
    }
}

#[actix_web::test]
async fn a_method_that_is_not_allowed_is_told_the_methods_as_before() {
    let allowed = async |resource: Resource| {
        let app = init_service(App::new().service(resource)).await;
        let response = respond(&app, request(&Method::DELETE)).await;
        assert_eq!(response.status().as_u16(), 405);
        response.headers().get(header::ALLOW).map(|allow| allow.as_bytes().to_vec())
    };
    let plain = allowed(web::resource("/x").route(web::put().to(handle))).await;
    assert_eq!(plain.as_deref(), Some(b"PUT".as_slice()));
    assert_eq!(allowed(web::resource("/x").route(put())).await, plain);
}

#[actix_web::test]
async fn a_guard_takes_any_method_and_several() {
    let propfind = || Method::from_bytes(b"PROPFIND").expect("a method is a token");
    let several = guard::Any(with_preflight::method(propfind())).or(with_preflight::put);
    let app = App::new().route("/x", web::route().guard(several).to(handle).wrap(CORS));
    let app = init_service(app).await;
    assert_preflights(&app, "/x").await;
    for method in [Method::PUT, propfind()] {
        assert_grants(&app, || request(&method), 200, "origin").await;
        let response = respond(&app, asks(method.as_str(), ALLOWED)).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (204, owned(&PREFLIGHT_GRANTED)));
    }
    let response = respond(&app, asks("PATCH", ALLOWED)).await;
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (404, vec![]));
}

#[actix_web::test]
async fn each_guard_is_for_the_method_of_its_name() {
    type Guard = fn(&guard::GuardContext<'_>) -> bool;
    let guards: [(&str, Guard); 6] = [
        ("GET", with_preflight::get),
        ("HEAD", with_preflight::head),
        ("POST", with_preflight::post),
        ("PUT", with_preflight::put),
        ("PATCH", with_preflight::patch),
        ("DELETE", with_preflight::delete),
    ];
    for (name, guard) in guards {
        let app = App::new().route("/x", web::route().guard(guard).to(handle).wrap(CORS));
        let app = init_service(app).await;
        for (method, _) in guards {
            let found = [
                respond(&app, request(&method.parse().expect("a method is a token"))).await.status().as_u16(),
                respond(&app, asks(method, ALLOWED)).await.status().as_u16(),
            ];
            assert_eq!(found, if method == name { [200, 204] } else { [404, 404] }, "{method} at the route of {name}");
        }
    }
}

/// SRV-25: a request must pass the policy around the route and the route's own; preflights are the outer one's.
#[actix_web::test]
async fn a_policy_around_the_route_and_its_own_must_both_grant() {
    const PUBLIC: Cors = cors_policy! { origins: "*", methods: [PUT], expose_headers: ["Link"] };
    let app = init_service(App::new().service(web::scope("").wrap(PUBLIC).service(save))).await;
    for (request, status, granted) in [
        (
            from(ALLOWED, request(&Method::PUT)),
            200,
            &["access-control-allow-origin: https://app.example.com", "vary: origin"][..],
        ),
        (from(REFUSED, request(&Method::PUT)), 403, &["vary: origin"]),
        (request(&Method::PUT), 200, &["vary: origin"]),
    ] {
        let response = respond(&app, request).await;
        assert_eq!((response.status().as_u16(), cors_of(response.headers())), (status, owned(granted)));
    }
    let response = respond(&app, preflight(REFUSED, "/x")).await;
    let granted = ["access-control-allow-methods: PUT", "access-control-allow-origin: *"];
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (204, owned(&granted)));
}
