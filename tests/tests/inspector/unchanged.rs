//! What an app answers is the same with an inspector and without.

use std::net::SocketAddr;

use actix_web::error::ErrorUnauthorized;
use actix_web::middleware::{Condition, from_fn};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::service::CORS;
use cors_tests::wire::{Reply, exchange, request, serve};
use futures_util::stream;

fn server(inspected: bool) -> SocketAddr {
    let inspector = super::inspector().policy(CORS);
    serve(move || {
        let streamed = async || {
            let parts = ["a", "b", "c"].map(|part| Ok::<_, actix_web::Error>(web::Bytes::from(part)));
            HttpResponse::Ok().append_header(("Vary", "Accept")).streaming(stream::iter(parts))
        };
        let refuse = async |_: actix_web::dev::ServiceRequest, _: actix_web::middleware::Next<_>| {
            Err::<actix_web::dev::ServiceResponse<actix_web::body::BoxBody>, _>(ErrorUnauthorized("who are you?"))
        };
        let app = move || {
            App::new()
                .route("/stream", web::get().to(streamed))
                .service(web::scope("/closed").wrap(from_fn(refuse)))
                .wrap(CORS)
                .wrap(Condition::new(inspected, inspector.clone()))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        (server.addrs()[0], server.run())
    })
}

#[test]
fn every_line_and_byte_is_the_same() {
    let (plain, inspected) = (server(false), server(true));
    let origin = |value: &'static [u8]| ("Origin", value);
    let asks = ("Access-Control-Request-Method", b"PUT".as_slice());
    for (method, path, lines) in [
        ("GET", "/stream", vec![]),
        ("GET", "/stream", vec![origin(b"https://app.example.com")]),
        ("GET", "/stream", vec![origin(b"https://evil.example")]),
        ("GET", "/stream", vec![origin(b"\xff\xfe")]),
        ("GET", "/nothing", vec![origin(b"https://app.example.com")]),
        ("GET", "/closed/x", vec![origin(b"https://app.example.com")]),
        ("OPTIONS", "/stream", vec![origin(b"https://app.example.com"), asks]),
        ("OPTIONS", "/stream", vec![origin(b"https://evil.example"), asks]),
    ] {
        let of = |address| {
            let Reply { status, mut headers, body } = exchange(address, &request(method.as_bytes(), path, &lines));
            headers.retain(|(name, _)| name != "date");
            headers.sort();
            (status, headers, body)
        };
        assert_eq!(of(plain), of(inspected), "{method} {path} {lines:?}");
    }
}
