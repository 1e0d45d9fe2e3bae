//! What breaks in the middle: handlers that panic, streams that fail, clients that leave, a server that stops.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorImATeapot;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::Bytes;
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use cors_tests::service::{ALLOWED, CORS};
use cors_tests::wire::{Reply, connect, serve};
use futures_util::stream::{self, StreamExt};
use tokio::sync::Notify;

use crate::{assert_grants, granted, server};

fn head(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {ALLOWED}\r\n\r\n").into_bytes()
}

/// Reads until this stands in what came.
fn read_until(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !bytes.windows(end.len()).any(|window| window == end) {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).expect("the server writes"), 1, "{}", bytes.escape_ascii());
        bytes.push(byte[0]);
    }
    bytes
}

#[test]
fn a_handler_that_panics_harms_no_other_request() {
    async fn panics() -> HttpResponse {
        panic!("on purpose")
    }
    let address = server(|config| {
        config.route("/panics", web::get().to(panics)).route("/fine", web::get().to(HttpResponse::Ok));
    });
    for _ in 0..3 {
        let mut stream = connect(address);
        stream.write_all(&head("/panics")).expect("the request goes out");
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        assert_eq!(reply, b"", "the connection ends without an answer");
        assert_grants(address, "GET", "/fine", &[], 200, "origin");
    }
}

#[test]
fn an_error_of_middleware_inside_has_the_grants() {
    async fn fails(_: ServiceRequest, _: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
        Err(ErrorImATeapot("on purpose"))
    }
    let address = server(|config| {
        config.service(web::resource("/fails").wrap(from_fn(fails)).route(web::get().to(HttpResponse::Ok)));
    });
    assert_grants(address, "GET", "/fails", &[], 418, "origin");
}

#[test]
fn events_are_read_as_they_come_and_a_stream_may_fail() {
    let goes_on = Arc::new(Notify::new());
    let wait = Arc::clone(&goes_on);
    let address = server(move |config| {
        let wait = Arc::clone(&wait);
        let events = move || {
            let (wait, again) = (Arc::clone(&wait), Arc::clone(&wait));
            async move {
                let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"data: 1\n\n"))]);
                let then = stream::once(async move {
                    wait.notified().await;
                    Ok(Bytes::from_static(b"data: 2\n\n"))
                });
                let breaks = stream::once(async move {
                    again.notified().await;
                    Err(std::io::Error::other("on purpose"))
                });
                HttpResponse::Ok().content_type("text/event-stream").streaming(first.chain(then).chain(breaks))
            }
        };
        config.route("/events", web::get().to(events)).route("/fine", web::get().to(HttpResponse::Ok));
    });
    let mut stream = connect(address);
    stream.write_all(&head("/events")).expect("the request goes out");
    // The head and the first event are here before the second one is made.
    let begun = read_until(&mut stream, b"data: 1\n\n");
    let reply = Reply::parse(&begun);
    assert_eq!((reply.status, reply.cors()), (200, granted("origin")));
    goes_on.notify_one();
    read_until(&mut stream, b"data: 2\n\n");
    goes_on.notify_one();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(!rest.ends_with(b"0\r\n\r\n"), "a stream that failed does not end as a whole one: {}", rest.escape_ascii());
    // Clients that leave in the middle.
    for _ in 0..20 {
        let mut stream = connect(address);
        stream.write_all(&head("/events")).expect("the request goes out");
        read_until(&mut stream, b"data: 1\n\n");
        drop(stream);
    }
    assert_grants(address, "GET", "/fine", &[], 200, "origin");
}

#[test]
fn a_request_in_pieces_and_one_that_never_ends_are_no_harm() {
    let address = server(|config| {
        config.route("/fine", web::get().to(HttpResponse::Ok));
    });
    let mut slow = connect(address);
    for byte in head("/fine") {
        slow.write_all(&[byte]).expect("a byte goes out");
    }
    let reply = Reply::parse(&read_until(&mut slow, b"\r\n\r\n"));
    assert_eq!((reply.status, reply.cors()), (200, granted("origin")));
    // The connection stays, and what is asked next is answered as well.
    slow.write_all(&head("/fine")).expect("the request goes out");
    let reply = Reply::parse(&read_until(&mut slow, b"\r\n\r\n"));
    assert_eq!((reply.status, reply.cors()), (200, granted("origin")));
    let mut half = connect(address);
    half.write_all(b"GET /fine HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.exam").expect("a part goes out");
    assert_grants(address, "GET", "/fine", &[], 200, "origin");
    half.shutdown(Shutdown::Write).expect("nothing more is sent");
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest);
    assert!(!rest.windows(4).any(|window| window == b" 200"), "{}", rest.escape_ascii());
}

/// A server with a request under way, which is told to stop.
fn stopping() -> (SocketAddr, ServerHandle, Arc<Notify>, mpsc::Receiver<()>) {
    let (handles, handle) = mpsc::channel();
    let (begun, has_begun) = mpsc::channel();
    let goes_on = Arc::new(Notify::new());
    let wait = Arc::clone(&goes_on);
    let address = serve(move || {
        let server = HttpServer::new(move || {
            let (wait, begun) = (Arc::clone(&wait), begun.clone());
            let slow = move || {
                let (wait, begun) = (Arc::clone(&wait), begun.clone());
                async move {
                    begun.send(()).expect("the test listens");
                    wait.notified().await;
                    HttpResponse::Ok().body("done")
                }
            };
            App::new().wrap(CORS).route("/slow", web::get().to(slow))
        });
        let server = server.workers(1).disable_signals().shutdown_timeout(20).bind("127.0.0.1:0").expect("a port");
        let address = server.addrs()[0];
        let server = server.run();
        handles.send(server.handle()).expect("the test listens");
        (address, server)
    });
    (address, handle.recv().expect("a handle"), goes_on, has_begun)
}

#[test]
fn a_request_that_is_under_way_when_the_server_stops_ends_with_the_grants() {
    let (address, handle, goes_on, has_begun) = stopping();
    let mut stream = connect(address);
    stream.write_all(&head("/slow")).expect("the request goes out");
    has_begun.recv_timeout(Duration::from_secs(20)).expect("the handler runs");
    let stop = std::thread::spawn(move || actix_web::rt::System::new().block_on(handle.stop(true)));
    goes_on.notify_one();
    let reply = Reply::parse(&read_until(&mut stream, b"done"));
    assert_eq!((reply.status, reply.cors()), (200, granted("origin")));
    stop.join().expect("the server stops");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn a_refused_time_out_is_the_servers_own_word() {
    let address = serve(|| {
        let server = HttpServer::new(|| App::new().wrap(CORS).route("/fine", web::get().to(HttpResponse::Ok)));
        let server = server.workers(1).disable_signals().client_request_timeout(Duration::from_secs(1));
        let server = server.bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let mut stream = connect(address);
    stream.write_all(b"GET /fine HTTP/1.1\r\nHost: localhost\r\n").expect("a part goes out");
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).expect("the server answers and closes");
    // The decoder speaks, before there is a request: no page waits for this answer.
    assert_eq!((Reply::parse(&reply).status, Reply::parse(&reply).cors()), (408, Vec::new()));
}
