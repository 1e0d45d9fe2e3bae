//! Behind real caches: nobody gets the answer for another origin, and without the policy's `Vary` somebody would (M13). The nginx of
//! Debian 12 (1.22) reads the last `Vary` line only, so there must be one (SRV-32).

mod proxy;

use std::net::SocketAddr;

use actix_web::http::header;
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::wire::{Reply, serve};

use proxy::Proxy;

const PAGES: Cors = cors_policy! { origins: ["https://a.example", "https://b.example"], credentials: true };

fn upstream() -> SocketAddr {
    serve(|| {
        let server = HttpServer::new(|| {
            let notes = || async {
                let mut response = HttpResponse::Ok();
                response.insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
                response.body("a note. ".repeat(500))
            };
            App::new()
                .wrap(Compress::default())
                // `Compress` says so of what it has compressed only.
                .wrap(DefaultHeaders::new().add((header::VARY, "accept-encoding")))
                .wrap(PAGES)
                .route("/notes", web::get().to(notes))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

fn ask(proxy: &Proxy, origin: &str, encoding: &str) -> Reply {
    proxy.ask(&format!("Origin: {origin}\r\nAccept-Encoding: {encoding}\r\n"))
}

fn text(reply: &Reply, name: &str) -> Option<String> {
    reply.value(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Asks twice; the second time all comes out of the cache.
fn assert_each_gets_their_own(proxy: &Proxy) {
    let asked = [
        ("https://a.example", "gzip"),
        ("https://b.example", "gzip"),
        ("https://a.example", "identity"),
        ("https://b.example", "identity"),
        ("https://evil.example", "gzip"),
    ];
    for hit in ["MISS", "HIT"] {
        for (origin, encoding) in asked {
            let reply = ask(proxy, origin, encoding);
            assert_eq!(text(&reply, "x-cache").as_deref(), Some(hit), "{origin} {encoding}");
            let mut expected = vec!["vary: accept-encoding, origin".to_owned()];
            if origin != "https://evil.example" {
                expected.insert(0, format!("access-control-allow-origin: {origin}"));
                expected.insert(0, "access-control-allow-credentials: true".to_owned());
            }
            assert_eq!(reply.cors(), expected, "{hit} {origin} {encoding}");
            let compressed = (encoding == "gzip").then(|| "gzip".to_owned());
            assert_eq!(text(&reply, "content-encoding"), compressed, "{hit} {origin} {encoding}");
        }
    }
}

#[test]
fn an_nginx_hands_nobody_the_answer_for_another_origin_or_encoding() {
    assert_each_gets_their_own(&Proxy::nginx(upstream(), true));
}

#[test]
fn a_varnish_hands_nobody_the_answer_for_another_origin_or_encoding() {
    assert_each_gets_their_own(&Proxy::varnish(upstream(), true));
}

/// What the promise is worth: the same caches, told to leave `Vary` alone.
#[test]
fn without_vary_a_stranger_fills_the_cache_for_everybody() {
    for proxy in [Proxy::nginx(upstream(), false), Proxy::varnish(upstream(), false)] {
        assert_eq!(text(&ask(&proxy, "https://evil.example", "identity"), "x-cache").as_deref(), Some("MISS"));
        let reply = ask(&proxy, "https://a.example", "identity");
        assert_eq!(text(&reply, "x-cache").as_deref(), Some("HIT"));
        assert!(!reply.cors().iter().any(|line| line.starts_with("access-control-allow-origin")), "{reply:?}");
    }
}
