//! Beside the parts that applications are made of, over a real connection: the grants are on every response, whoever made it, and a
//! preflight touches none of these parts.

mod broken;
mod files;
mod limits;
mod sessions;
mod uploads;

use std::net::SocketAddr;

use actix_web::{App, HttpServer, web};
use cors_tests::service::{ALLOWED, CORS, GRANTED, PREFLIGHT_GRANTED, REFUSED, owned};
use cors_tests::wire::{Reply, exchange, request, serve};

/// A server with a policy around what is configured.
fn server(configure: impl Fn(&mut web::ServiceConfig) + Send + Clone + 'static) -> SocketAddr {
    serve(move || {
        let server = HttpServer::new(move || App::new().wrap(CORS).configure(configure.clone()));
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

/// Asks from an origin that the policy allows.
fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    from(address, ALLOWED, method, path, headers)
}

fn from(address: SocketAddr, origin: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
    let lines: Vec<_> = [("Origin", origin.as_bytes())].into_iter().chain(headers).collect();
    exchange(address, &request(method.as_bytes(), path, &lines))
}

/// The grants, with what the application says beside `Origin`.
fn granted(vary: &str) -> Vec<String> {
    [GRANTED.as_slice(), &[&format!("vary: {vary}")]].concat().into_iter().map(str::to_owned).collect()
}

/// The status, and every CORS header, for an origin that is allowed and one that is not.
fn assert_grants(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], status: u16, vary: &str) {
    for (origin, expected) in [(ALLOWED, granted(vary)), (REFUSED, vec![format!("vary: {vary}")])] {
        let reply = from(address, origin, method, path, headers);
        assert_eq!((reply.status, reply.cors()), (status, expected), "{method} {path} {headers:?} from {origin}");
    }
}

/// A preflight is answered by the policy, and nothing else says a word.
fn assert_preflights(address: SocketAddr, path: &str) {
    let asks = [("Access-Control-Request-Method", "PUT"), ("Cookie", "id=1")];
    for (origin, status, expected) in [(ALLOWED, 204, PREFLIGHT_GRANTED.as_slice()), (REFUSED, 403, &["vary: origin"])]
    {
        let reply = from(address, origin, "OPTIONS", path, &asks);
        assert_eq!((reply.status, reply.cors()), (status, owned(expected)), "{path} from {origin}");
        assert_eq!(reply.value("set-cookie"), None, "{path} from {origin}");
        assert!(reply.body.is_empty(), "{path} from {origin}");
    }
}
