//! Connections that become something else, and HTTP/2.

use std::io::{Read, Write};
use std::net::SocketAddr;

use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, web};
use actix_ws::Message;
use cors_actix::{Cors, cors_policy};
use cors_tests::cors_headers;
use cors_tests::service::{ALLOWED, CORS, GRANTED, PREFLIGHT_GRANTED, REFUSED};
use cors_tests::wire::{Reply, connect, serve};

/// Stands inside the policy of the app, which refuses what this one grants.
const INNER: Cors = cors_policy! { origins: ["https://other.example"], expose_headers: ["X-Request-Id"] };

async fn echo(request: HttpRequest, body: web::Payload) -> Result<HttpResponse, Error> {
    let (response, mut session, mut messages) = actix_ws::handle(&request, body)?;
    actix_web::rt::spawn(async move {
        while let Some(Ok(Message::Text(text))) = messages.recv().await {
            session.text(text).await.expect("the test still listens");
        }
    });
    Ok(response)
}

fn server() -> SocketAddr {
    serve(|| {
        let server = HttpServer::new(|| {
            App::new()
                .wrap(CORS)
                .route("/echo", web::get().to(echo))
                .service(web::scope("/inner").wrap(INNER).route("/echo", web::get().to(echo)))
                .route("/", web::get().to(async || HttpResponse::Ok().body("handled")))
        });
        let server = server.workers(1).bind_auto_h2c("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

/// The handshake and the frames of <https://www.rfc-editor.org/rfc/rfc6455#section-1.2> and section 5.7.
#[test]
fn a_websocket_opens_with_the_grants_and_then_carries_frames() {
    let address = server();
    for (origin, grants) in [(Some(ALLOWED), GRANTED.as_slice()), (Some(REFUSED), &[]), (None, &[])] {
        let mut stream = connect(address);
        let origin_line = origin.map_or(String::new(), |origin| format!("Origin: {origin}\r\n"));
        let handshake = format!(
            "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{origin_line}\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        stream.write_all(handshake.as_bytes()).expect("the handshake goes out");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("the server answers");
            head.extend(byte);
        }
        let reply = Reply::parse(&head);
        assert_eq!(reply.status, 101, "{origin:?}");
        assert_eq!(reply.value("sec-websocket-accept"), Some(b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".as_slice()));
        assert_eq!(reply.cors(), [grants, &["vary: origin"]].concat(), "{origin:?}");

        stream.write_all(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58").expect("a masked frame goes out");
        let mut frame = [0; 7];
        stream.read_exact(&mut frame).expect("the frame comes back");
        assert_eq!(&frame, b"\x81\x05Hello", "{origin:?}");
    }
}

/// SRV-25: only what both policies let pass is upgraded.
#[test]
fn a_websocket_inside_two_policies_opens_if_neither_refuses_it() {
    let address = server();
    for (origin, status) in
        [(Some(ALLOWED), "403"), (Some(REFUSED), "101"), (Some("https://other.example"), "101"), (None, "101")]
    {
        let mut stream = connect(address);
        let origin_line = origin.map_or(String::new(), |origin| format!("Origin: {origin}\r\n"));
        let handshake = format!(
            "GET /inner/echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{origin_line}\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        stream.write_all(handshake.as_bytes()).expect("the handshake goes out");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("the server answers");
            head.extend(byte);
        }
        let reply = Reply::parse(&head);
        // Whom the outer policy refuses, it forwards: browsers keep no WebSocket from a page, so a server that must says `reject`.
        assert_eq!(reply.status.to_string(), status, "{origin:?}");
        assert_eq!(reply.cors(), ["vary: origin"], "{origin:?}");
    }
}

#[actix_web::test]
async fn requests_over_http_2_are_answered_as_over_http_1() {
    let stream = tokio::net::TcpStream::connect(server()).await.expect("the server listens");
    let (client, connection) = h2::client::handshake(stream).await.expect("the server speaks HTTP/2");
    let driver = actix_web::rt::spawn(connection);
    let granted = [GRANTED.as_slice(), &["vary: origin"]].concat();
    let refused = vec!["vary: origin"];
    let preflight = Some("PUT");
    for (method, origin, asks_for, status, expected, body) in [
        ("GET", Some(ALLOWED), None, 200, granted, "handled"),
        ("GET", Some(REFUSED), None, 200, refused.clone(), "handled"),
        ("GET", None, None, 200, refused.clone(), "handled"),
        ("OPTIONS", Some(ALLOWED), preflight, 204, PREFLIGHT_GRANTED.to_vec(), ""),
        ("OPTIONS", Some(REFUSED), preflight, 403, refused.clone(), ""),
        ("OPTIONS", None, preflight, 404, refused, ""),
    ] {
        let what = format!("{method} {origin:?}");
        let mut request = http::Request::builder().method(method).uri("http://localhost/");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some(method) = asks_for {
            request = request.header("access-control-request-method", method);
        }
        let mut client = client.clone().ready().await.expect("the connection is open");
        let (response, _) = client.send_request(request.body(()).expect("a request"), true).expect("it goes out");
        let (head, mut stream) = response.await.expect("the server answers").into_parts();
        let mut received = Vec::new();
        while let Some(chunk) = stream.data().await {
            received.extend(chunk.expect("the body comes whole"));
        }
        let found = cors_headers(head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        assert_eq!((head.status.as_u16(), received.as_slice()), (status, body.as_bytes()), "{what}");
        assert_eq!(found, expected, "{what}");
    }
    drop(client);
    driver.await.expect("the connection is not abandoned").expect("the connection closes in good order");
}
