//! Who may look: nobody but this machine, and no page of another site.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};

use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpServer, web};
use cors_actix::{Inspector, cors_policy};
use cors_tests::service::{CORS, respond};
use cors_tests::wire::{Reply, connect, request, serve};

use super::local;

/// A server that keeps a secret: the path of a request of before.
fn server() -> SocketAddr {
    let inspector = Inspector::new().policy(CORS);
    let address = serve(move || {
        let app = move || App::new().default_service(web::to(async || "handled")).wrap(CORS).wrap(inspector.clone());
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        (server.addrs()[0], server.run())
    });
    let reply = exchange(address, &request(b"GET", "/secret", &[("Origin", b"https://app.example.com")]));
    assert_eq!(reply.status, 200);
    address
}

fn exchange(address: SocketAddr, bytes: &[u8]) -> Reply {
    cors_tests::wire::exchange(address, bytes)
}

/// GET with these lines and nothing else.
fn get(target: &str, lines: &[&str]) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

const PLACES: [&str; 4] = ["/__cors", "/__cors/state", "/__cors/ask?origin=https://a.example", "/__cors/draw.js"];

fn assert_refused(address: SocketAddr, lines: &[&str]) {
    for place in PLACES {
        let reply = exchange(address, &get(place, lines));
        let body = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, 403, "{place} {lines:?}: {body}");
        assert!(body.starts_with("The CORS inspector shows nothing here: ") && body.len() < 150, "{lines:?}: {body}");
        assert_eq!(reply.cors(), Vec::<String>::new(), "{lines:?}");
    }
}

#[test]
fn whoever_sits_at_this_machine_sees_it_and_nothing_on_it_can_be_used_by_others() {
    let address = server();
    for (place, kind) in [
        ("/__cors", "text/html; charset=utf-8"),
        ("/__cors/", "text/html; charset=utf-8"),
        ("/__cors/state", "application/json"),
        ("/__cors/inspector.js", "text/javascript; charset=utf-8"),
        ("/__cors/theme.css", "text/css; charset=utf-8"),
    ] {
        let mut reply = exchange(address, &get(place, &["Host: localhost"]));
        assert_eq!(reply.status, 200, "{place}");
        assert_eq!(reply.cors(), Vec::<String>::new(), "{place}");
        reply.headers.retain(|(name, _)| !["date", "content-length"].contains(&name.as_str()));
        reply.headers.sort();
        let csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        let expected = [
            ("cache-control", "no-store"),
            ("connection", "close"),
            ("content-security-policy", csp),
            ("content-type", kind),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        assert_eq!(reply.headers, expected, "{place}");
    }
}

#[test]
fn an_open_page_holds_no_connection_that_would_keep_the_server_from_stopping() {
    let mut stream = connect(server());
    stream.write_all(b"GET /__cors/state HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(Reply::parse(&bytes).value("connection"), Some(b"close".as_slice()));
}

#[test]
fn every_local_name_is_a_name_of_this_machine() {
    let address = server();
    for host in ["localhost", "LocalHost:8080", "app.localhost:1", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::1]:8080"] {
        let reply = exchange(address, &get("/__cors/state", &[&format!("Host: {host}")]));
        assert_eq!(reply.status, 200, "{host}");
        assert!(String::from_utf8_lossy(&reply.body).contains("/secret"), "{host}");
    }
    for line in ["Origin: http://localhost", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"] {
        assert_eq!(exchange(address, &get("/__cors/state", &["Host: localhost", line])).status, 200, "{line}");
    }
}

#[test]
fn a_name_that_was_rebound_to_this_machine_is_refused() {
    let address = server();
    for host in [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evillocalhost",
        ".localhost",
        "localhost.",
        "localhost:evil",
        "localhost:80:80",
        "128.0.0.1",
        "0.0.0.0",
        "127.1",
        "[::2]",
        "[::1]evil",
        "[::ffff:127.0.0.1].evil",
        "",
    ] {
        assert_refused(address, &[&format!("Host: {host}")]);
    }
    // The decoder refuses two lines itself; whoever does, nothing is shown.
    let reply = exchange(address, &get("/__cors/state", &["Host: localhost", "Host: evil.example"]));
    assert!(reply.status == 400 || reply.status == 403, "{reply:?}");
    let absolute = get("http://evil.example/__cors/state", &["Host: localhost"]);
    assert_eq!(exchange(address, &absolute).status, 403);
}

#[test]
fn a_request_that_a_proxy_passed_on_is_refused() {
    let address = server();
    for line in [
        "Forwarded: for=192.0.2.1",
        "X-Forwarded-For: 192.0.2.1",
        "X-Forwarded-Host: app.example.com",
        "X-Forwarded-Proto: https",
        "x-forwarded-anything: 1",
        "X-Real-IP: 192.0.2.1",
        "X-Client-IP: 192.0.2.1",
        "True-Client-IP: 192.0.2.1",
        "CF-Connecting-IP: 192.0.2.1",
        "Via: 1.1 proxy",
        "Via:",
    ] {
        assert_refused(address, &["Host: localhost", line]);
    }
}

#[test]
fn a_page_of_another_origin_is_refused() {
    let address = server();
    for line in [
        "Origin: https://evil.example",
        "Origin: http://localhost:3000",
        "Origin: https://localhost",
        "Origin: http://localhost.evil.example",
        "Origin: null",
        "Origin:",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: nonsense",
    ] {
        assert_refused(address, &["Host: localhost", line]);
    }
    assert_refused(address, &["Host: localhost", "Origin: http://localhost", "Origin: https://evil.example"]);
    assert_refused(address, &["Host: localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"]);
}

#[actix_web::test]
async fn a_peer_elsewhere_or_one_that_is_not_known_is_refused() {
    let app = super::app(Inspector::new()).await;
    let of = |peer: &str| local("/__cors/state").peer_addr(peer.parse().unwrap());
    for (peer, status) in [
        ("127.0.0.1:1", 200),
        ("127.3.2.1:1", 200),
        ("[::1]:1", 200),
        ("[::ffff:127.0.0.1]:1", 200),
        ("192.168.1.2:1", 403),
        ("[::ffff:192.168.1.2]:1", 403),
        ("[fe80::1]:1", 403),
        ("0.0.0.0:1", 403),
    ] {
        assert_eq!(respond(&app, of(peer)).await.status(), status, "{peer}");
    }
    let unknown = TestRequest::get().uri("/__cors/state").insert_header(("Host", "localhost"));
    assert_eq!(respond(&app, unknown).await.status(), 403, "no peer");
}

#[actix_web::test]
async fn it_is_only_looked_at() {
    let app = super::app(Inspector::new()).await;
    for (method, status) in [(Method::GET, 200), (Method::HEAD, 200), (Method::POST, 405), (Method::OPTIONS, 405)] {
        assert_eq!(respond(&app, local("/__cors/state").method(method.clone())).await.status(), status, "{method}");
    }
    assert_eq!(respond(&app, local("/__cors/nothing")).await.status(), 404);
    assert_eq!(respond(&app, local("/__corset")).await.status(), 404, "that is the app's");
}

#[actix_web::test]
async fn wrapped_inside_a_policy_for_everybody_it_shows_no_page_of_another_origin_anything() {
    let inspector = Inspector::new().policy(CORS);
    let app = App::new().wrap(inspector).wrap(cors_policy! { origins: "*", methods: "*", allow_headers: "*" });
    let app = init_service(app).await;
    let foreign = local("/__cors/state").insert_header(("Origin", "https://evil.example"));
    let response = respond(&app, foreign).await;
    assert_eq!(cors_tests::cors_of(response.headers()), ["access-control-allow-origin: *"]);
    assert_eq!(response.status(), 403);
}

/// A proxy for one request: whatever comes goes to `server`, after `change`.
fn proxy(server: SocketAddr, change: fn(String) -> String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let mut upstream = connect(server);
        upstream.write_all(change(String::from_utf8(head).unwrap()).as_bytes()).unwrap();
        std::io::copy(&mut upstream, &mut client).unwrap();
    });
    address
}

#[test]
fn through_a_real_proxy_nothing_is_seen() {
    let server = server();
    // As nginx does without and with `proxy_set_header Host $host`, and one that only adds its name.
    let changes: [fn(String) -> String; 3] = [
        |head| head.replace("Host: public.example", "Host: localhost\r\nX-Forwarded-For: 192.0.2.1"),
        |head| head,
        |head| head.replace("Host: public.example", "Host: localhost\r\nVia: 1.1 proxy"),
    ];
    for change in changes {
        for place in PLACES {
            let reply = exchange(proxy(server, change), &get(place, &["Host: public.example"]));
            assert_eq!(reply.status, 403, "{place}");
            assert!(!String::from_utf8_lossy(&reply.body).contains("/secret"), "{place}");
        }
    }
}
