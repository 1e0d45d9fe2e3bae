//! The example `inspector`, as raw bytes over TCP to the program itself.

use cors_tests::example::Example;
use cors_tests::service::owned;
use cors_tests::wire::{exchange, request};

#[test]
fn the_example_refuses_put_and_its_inspector_says_so() {
    let mut example = Example::start("inspector", &[]);
    let line = example.read_until("inspector");
    let key = line.split_once("/__cors?").expect("an address with a key").1.to_owned();
    let page = example.read_until("page");
    let (page, _) = page.trim_start_matches("page").trim().split_once("/?").expect("an address with a query");

    let asks = ("Access-Control-Request-Method", b"PUT".as_slice());
    let reply = exchange(example.address, &request(b"OPTIONS", "/api/notes", &[("Origin", page.as_bytes()), asks]));
    let origin = format!("access-control-allow-origin: {page}");
    let expected = ["access-control-allow-headers: Content-Type", &origin, "vary: origin"];
    assert_eq!((reply.status, reply.cors()), (204, owned(&expected)));

    let opened = exchange(example.address, &request(b"GET", &format!("/__cors?{key}"), &[]));
    let cookie =
        opened.value("set-cookie").expect("the key opens the page").split(|byte| *byte == b';').next().unwrap();
    let state = exchange(example.address, &request(b"GET", "/__cors/state", &[("Cookie", cookie)]));
    let state: serde_json::Value = serde_json::from_slice(&state.body).expect("the state is JSON");
    assert_eq!(state["pictures"][0]["code"], "method-not-allowed");
    assert_eq!(state["policies"][0]["name"], "notes");
}
