//! The example `quickstart`, as raw bytes over TCP to the program itself.

use cors_tests::example::Example;
use cors_tests::service::owned;
use cors_tests::wire::{exchange, request};

const APP: &[u8] = b"https://app.example.com";
const STRANGER: &[u8] = b"https://evil.example";

#[test]
fn a_web_app_may_read_and_write_json_with_cookies() {
    let example = Example::start("quickstart", &[]);
    let granted = owned(&[
        "access-control-allow-credentials: true",
        "access-control-allow-origin: https://app.example.com",
        "vary: origin",
    ]);
    let reply = exchange(example.address, &request(b"GET", "/items/1", &[("Origin", APP)]));
    assert_eq!(
        (reply.status, reply.cors(), reply.body.as_slice()),
        (200, granted.clone(), b"{\"name\":\"item 1\"}".as_slice())
    );

    let lines: [(&str, &[u8]); 3] = [
        ("Origin", APP),
        ("Access-Control-Request-Method", b"PUT"),
        ("Access-Control-Request-Headers", b"content-type"),
    ];
    let reply = exchange(example.address, &request(b"OPTIONS", "/items/1", &lines));
    let preflight = [
        "access-control-allow-credentials: true",
        "access-control-allow-headers: Content-Type",
        "access-control-allow-methods: GET, PUT",
        "access-control-allow-origin: https://app.example.com",
        "access-control-max-age: 7200",
        "vary: origin",
    ];
    assert_eq!((reply.status, reply.cors()), (204, owned(&preflight)));

    let json = b"{\"name\":\"other\"}";
    let mut put = request(
        b"PUT",
        "/items/1",
        &[("Origin", APP), ("Content-Type", b"application/json"), ("Content-Length", b"16")],
    );
    put.extend(json);
    let reply = exchange(example.address, &put);
    assert_eq!((reply.status, reply.cors(), reply.body.as_slice()), (200, granted, json.as_slice()));
}

#[test]
fn no_other_page_may() {
    let example = Example::start("quickstart", &[]);
    let reply = exchange(example.address, &request(b"GET", "/items/1", &[("Origin", STRANGER)]));
    assert_eq!((reply.status, reply.cors()), (200, owned(&["vary: origin"])));
    let lines: [(&str, &[u8]); 2] = [("Origin", STRANGER), ("Access-Control-Request-Method", b"PUT")];
    let reply = exchange(example.address, &request(b"OPTIONS", "/items/1", &lines));
    assert_eq!((reply.status, reply.cors()), (403, owned(&["vary: origin"])));
}
