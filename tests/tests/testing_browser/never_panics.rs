//! Whatever a script sends and a server answers, a fetch ends in an outcome that can be printed.

use actix_web::rt::System;
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Browser, Response, ScriptRequest};
use cors_tests::service::{ALLOWED, CORS};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn url() -> impl Strategy<Value = String> {
    let elsewhere = select(vec!["https://api.example.com", "http://elsewhere.example:80", "https://[::1]:8443"]);
    (elsewhere, "(/[\\PC\u{e9}]{0,8})?").prop_map(|(origin, rest)| format!("{origin}{rest}"))
}

fn header() -> impl Strategy<Value = (String, Vec<u8>)> {
    let name = select(vec![
        "Access-Control-Allow-Origin",
        "Location",
        "Vary",
        "WWW-Authenticate",
        "X-Token",
        "Host",
        "caf\u{e9}",
    ]);
    let value = prop_oneof![2 => Just(ALLOWED.as_bytes().to_vec()), 1 => url().prop_map(String::into_bytes), 1 => vec(any::<u8>(), 0..8)];
    (name.prop_map(str::to_owned), value)
}

fn response() -> impl Strategy<Value = Response> {
    let status = prop_oneof![select(vec![200, 204, 307, 308, 401, 403, 404, 405]), any::<u16>()];
    (status, vec(header(), 0..4)).prop_map(|(status, headers)| {
        headers.into_iter().fold(Response::new(status), |response, (name, value)| response.header(name, value))
    })
}

fn request() -> impl Strategy<Value = ScriptRequest> {
    let method = prop_oneof![4 => select(vec!["GET", "PUT", "put", "!"]).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    (url(), method, vec(header(), 0..3)).prop_map(|(url, method, headers)| {
        let request = ScriptRequest::new(url).method(method);
        headers.into_iter().fold(request, |request, (name, value)| request.header(name, value))
    })
}

#[test]
fn every_fetch_ends_in_an_outcome_that_can_be_printed() {
    let system = System::new();
    let app = App::new().wrap(CORS).default_service(web::to(HttpResponse::Ok));
    let app = system.block_on(init_service(app));
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let fetches = (request(), response(), ".{0,4}");
    let outcome = runner.run(&fetches, |(request, response, cookies)| {
        let mut page = Browser::at(ALLOWED).cookies(cookies).elsewhere("elsewhere.example", response);
        let outcome = system.block_on(page.fetch(&app, request));
        prop_assert!(outcome.to_string().starts_with("a page of https://app.example.com can"));
        prop_assert!(outcome.exchanges().len() <= 42, "a preflight for each of 21 requests");
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
