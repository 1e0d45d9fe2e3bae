//! The grants go onto every response that comes out of the wrapped service, whoever made it (SRV-23).

use std::fmt;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::error::{ErrorForbidden, ErrorImATeapot, ErrorUnauthorized};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Logger;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, HttpServer, ResponseError, web};
use bytes::Bytes;
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, CORS, GRANTED, REFUSED, assert_grants, assert_preflights, from, respond};
use cors_tests::wire::{exchange, request, serve};
use futures_util::{FutureExt, stream};

#[derive(Debug)]
struct Own;

impl fmt::Display for Own {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an error of the application's own")
    }
}

impl ResponseError for Own {
    fn status_code(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

async fn json(_: web::Json<Vec<u32>>) -> &'static str {
    "fine"
}

async fn number(_: web::Path<u32>) -> &'static str {
    "fine"
}

/// What a middleware does that does not let a request through.
fn fails(error: impl Into<Error>) -> Ready<Result<ServiceResponse, Error>> {
    ready(Err(error.into()))
}

fn get(path: &str) -> impl Fn() -> TestRequest {
    move || TestRequest::get().uri(path)
}

#[actix_web::test]
async fn an_unknown_path_gets_the_grants() {
    let app =
        init_service(App::new().wrap(CORS).service(web::scope("/inner").route("/x", web::get().to(HttpResponse::Ok))))
            .await;
    assert_grants(&app, get("/nowhere"), 404, "origin").await;
    assert_grants(&app, get("/inner/nowhere"), 404, "origin").await;
    assert_preflights(&app, "/nowhere").await;
}

#[actix_web::test]
async fn a_method_without_a_route_gets_the_grants() {
    let resource = web::resource("/x").route(web::get().to(HttpResponse::Ok));
    let app = init_service(App::new().wrap(CORS).service(resource)).await;
    assert_grants(&app, || TestRequest::post().uri("/x"), 405, "origin").await;
    assert_grants(&app, get("/x"), 200, "origin").await;
}

#[actix_web::test]
async fn the_error_of_a_handler_gets_the_grants() {
    let app = App::new()
        .wrap(CORS)
        .route("/own", web::get().to(async || Err::<&str, Own>(Own)))
        .route("/helper", web::get().to(async || Err::<&str, Error>(ErrorImATeapot("short"))))
        .route("/response", web::get().to(async || HttpResponse::from_error(Own)));
    let app = init_service(app).await;
    assert_grants(&app, get("/own"), 409, "origin").await;
    assert_grants(&app, get("/helper"), 418, "origin").await;
    assert_grants(&app, get("/response"), 409, "origin").await;
}

#[actix_web::test]
async fn the_error_of_an_extractor_gets_the_grants() {
    let app = App::new().wrap(CORS).route("/json", web::post().to(json)).route("/number/{n}", web::get().to(number));
    let app = init_service(app).await;
    let malformed =
        || TestRequest::post().uri("/json").insert_header((CONTENT_TYPE, "application/json")).set_payload("[1,");
    assert_grants(&app, malformed, 400, "origin").await;
    assert_grants(&app, get("/number/many"), 404, "origin").await;
    assert_grants(&app, get("/number/1"), 200, "origin").await;
}

#[actix_web::test]
async fn the_error_of_an_inner_middleware_gets_the_grants() {
    let inner = App::new().wrap_fn(|_, _| fails(ErrorUnauthorized("who are you?"))).wrap(CORS);
    assert_grants(&init_service(inner).await, get("/"), 401, "origin").await;

    let with_another_outside = App::new()
        .wrap_fn(|_, _| fails(ErrorUnauthorized("who are you?")))
        .wrap(CORS)
        .wrap_fn(|request, service| service.call(request))
        .wrap(Logger::default());
    let app = init_service(with_another_outside).await;
    assert_grants(&app, get("/"), 401, "origin").await;
    assert_preflights(&app, "/").await;
}

#[actix_web::test]
async fn an_inner_error_is_still_itself_further_out() {
    let app = App::new().wrap_fn(|_, _| fails(Own)).wrap(CORS).wrap_fn(|request, service| {
        service.call(request).map(|result| {
            let error = result.expect_err("the inner middleware fails");
            assert!(error.as_error::<Own>().is_some());
            // Who renders an error twice gets the same twice, each header once.
            assert_eq!(cors_of(error.error_response().headers()), cors_of(error.error_response().headers()));
            Err::<ServiceResponse, Error>(error)
        })
    });
    assert_grants(&init_service(app).await, get("/"), 409, "origin").await;
}

#[actix_web::test]
async fn an_inner_error_made_a_response_further_out_has_the_grants() {
    let app = App::new().wrap_fn(|_, _| fails(ErrorForbidden("no"))).wrap(CORS).wrap_fn(|request, service| {
        let request_of_response = request.request().clone();
        service.call(request).map(|result| {
            let error = result.expect_err("the inner middleware fails");
            Ok::<_, Error>(ServiceResponse::new(request_of_response, error.error_response()))
        })
    });
    assert_grants(&init_service(app).await, get("/"), 403, "origin").await;
}

/// A limit that the documentation states: the grants are in the error, not in its cause.
#[actix_web::test]
async fn an_inner_error_whose_cause_alone_is_rendered_loses_the_grants() {
    let app = App::new().wrap_fn(|_, _| fails(Own)).wrap(CORS).wrap_fn(|request, service| {
        let request_of_response = request.request().clone();
        service.call(request).map(|result| {
            let error = result.expect_err("the inner middleware fails");
            Ok::<_, Error>(ServiceResponse::from_err(error, request_of_response))
        })
    });
    let response = respond(&init_service(app).await, from(ALLOWED, TestRequest::get())).await;
    assert_eq!((response.status().as_u16(), cors_of(response.headers())), (409, vec![]));
}

#[actix_web::test]
async fn errors_in_scopes_and_resources_get_the_grants() {
    let failing = || web::get().to(async || Err::<&str, Own>(Own));
    let app = App::new()
        .service(
            web::scope("/scope")
                .wrap_fn(|request, service| match request.path().ends_with("guarded") {
                    true => fails(Own).boxed_local(),
                    false => service.call(request).boxed_local(),
                })
                .wrap(CORS)
                .route("/fails", failing())
                .service(web::scope("/deep").route("/fails", failing())),
        )
        .service(web::resource("/resource").wrap(CORS).route(failing()));
    let app = init_service(app).await;
    for path in ["/scope/fails", "/scope/deep/fails", "/scope/guarded", "/resource"] {
        assert_grants(&app, get(path), 409, "origin").await;
        assert_preflights(&app, path).await;
    }
    assert_grants(&app, get("/scope/nowhere"), 404, "origin").await;
    assert_grants(&app, || TestRequest::post().uri("/resource"), 405, "origin").await;
}

#[actix_web::test]
async fn responses_of_every_kind_get_the_grants() {
    let app = App::new()
        .wrap(CORS)
        .route("/unchanged", web::get().to(HttpResponse::NotModified))
        .route("/moved", web::get().to(async || HttpResponse::Found().insert_header(("location", "/x")).finish()))
        .route("/own-body", web::get().to(async || HttpResponse::Ok().message_body(Countdown(3))))
        .route("/head", web::head().to(HttpResponse::Ok));
    let app = init_service(app).await;
    assert_grants(&app, get("/unchanged"), 304, "origin").await;
    assert_grants(&app, get("/moved"), 302, "origin").await;
    assert_grants(&app, get("/own-body"), 200, "origin").await;
    assert_grants(&app, || TestRequest::default().method(actix_web::http::Method::HEAD).uri("/head"), 200, "origin")
        .await;
}

/// A body of a type that the middleware has never seen.
struct Countdown(u8);

impl MessageBody for Countdown {
    type Error = Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let left = self.0;
        self.0 = left.saturating_sub(1);
        Poll::Ready((left > 0).then(|| Ok(Bytes::from(format!("{left}")))))
    }
}

/// The same over TCP, where the server itself makes the response of an error and writes the bodies.
#[test]
fn errors_and_streams_have_the_grants_on_the_wire() {
    let address = serve(|| {
        let server = HttpServer::new(|| {
            let chunks = || {
                stream::iter(["one", "two", "three"].map(|chunk| Ok::<_, Error>(Bytes::from_static(chunk.as_bytes()))))
            };
            App::new()
                .wrap_fn(|request, service| match request.path() {
                    "/guarded" => fails(Own).boxed_local(),
                    _ => service.call(request).boxed_local(),
                })
                .wrap(CORS)
                .wrap(Logger::default())
                .route("/stream", web::get().to(move || ready(HttpResponse::Ok().streaming(chunks()))))
                .route("/unchanged", web::get().to(HttpResponse::NotModified))
                .route("/own-body", web::get().to(async || HttpResponse::Ok().message_body(Countdown(2))))
                .route("/fails", web::get().to(async || Err::<&str, Own>(Own)))
                .route("/fails", web::head().to(async || Err::<&str, Own>(Own)))
        });
        let server = server.workers(1).bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let message = b"an error of the application's own".as_slice();
    for (method, path, status, body) in [
        ("GET", "/stream", 200, b"3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n".as_slice()),
        ("GET", "/unchanged", 304, b""),
        ("GET", "/own-body", 200, b"1\r\n2\r\n1\r\n1\r\n0\r\n\r\n"),
        ("GET", "/fails", 409, message),
        ("HEAD", "/fails", 409, b""),
        ("GET", "/guarded", 409, message),
        ("GET", "/nowhere", 404, b""),
    ] {
        for (origin, grants) in [(Some(ALLOWED), GRANTED.as_slice()), (Some(REFUSED), &[]), (None, &[])] {
            let lines: Vec<(&str, &[u8])> = origin.iter().map(|origin| ("Origin", origin.as_bytes())).collect();
            let reply = exchange(address, &request(method.as_bytes(), path, &lines));
            let expected = [grants, &["vary: origin"]].concat();
            let found = (reply.status, reply.body.as_slice(), reply.cors());
            assert_eq!(
                found,
                (status, body, expected.iter().map(ToString::to_string).collect()),
                "{method} {path} {origin:?}"
            );
        }
    }
}
