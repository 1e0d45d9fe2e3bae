//! A limit of requests: inside the policy it does not count preflights, and the page can read that it asked too often.

use actix_governor::{Governor, GovernorConfigBuilder};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::service::{ALLOWED, CORS};
use cors_tests::wire::serve;

use crate::{ask, assert_preflights, from, granted};

#[test]
fn who_asks_too_often_can_read_so_and_preflights_do_not_count() {
    let limit = GovernorConfigBuilder::default().seconds_per_request(3600).burst_size(2).finish().expect("a limit");
    let address = serve(move || {
        let server = HttpServer::new(move || {
            App::new().wrap(Governor::new(&limit)).wrap(CORS).route("/", web::get().to(HttpResponse::Ok))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    for _ in 0..5 {
        assert_preflights(address, "/");
    }
    for status in [200, 200, 429] {
        let reply = ask(address, "GET", "/", &[]);
        assert_eq!((reply.status, reply.cors()), (status, granted("origin")));
    }
}

#[test]
fn outside_of_the_policy_a_limit_says_nothing_that_a_page_can_read() {
    let limit = GovernorConfigBuilder::default().seconds_per_request(3600).burst_size(1).finish().expect("a limit");
    let address = serve(move || {
        let server = HttpServer::new(move || {
            App::new().wrap(CORS).wrap(Governor::new(&limit)).route("/", web::get().to(HttpResponse::Ok))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let asks = [("Access-Control-Request-Method", "PUT")];
    assert_eq!(from(address, ALLOWED, "OPTIONS", "/", &asks).status, 204);
    let reply = ask(address, "GET", "/", &[]);
    assert_eq!((reply.status, reply.cors()), (429, Vec::new()));
}
