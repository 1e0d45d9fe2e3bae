//! The example `run_time`: a policy of constants and of its command line, checked when it starts.

use std::process::Command;

use cors_tests::example::{Example, build};
use cors_tests::service::owned;
use cors_tests::wire::{exchange, request};

#[test]
fn origins_of_the_source_and_of_the_command_line_may_read() {
    let example = Example::start("run_time", &["https://partner.example"]);
    let of_operators = [
        "access-control-allow-credentials: true",
        "access-control-allow-origin: https://operators.example.com",
        "vary: origin",
    ];
    let app = ["access-control-allow-origin: https://app.example.com", "vary: origin"];
    let partner = ["access-control-allow-origin: https://partner.example", "vary: origin"];
    for (origin, expected) in [
        ("https://operators.example.com", of_operators.as_slice()),
        ("https://app.example.com", &app),
        ("https://partner.example", &partner),
        ("https://evil.example", &["vary: origin"]),
    ] {
        let reply = exchange(example.address, &request(b"GET", "/", &[("Origin", origin.as_bytes())]));
        assert_eq!((reply.status, reply.cors()), (200, owned(expected)), "{origin}");
    }
}

#[test]
fn every_mistake_of_the_command_line_is_said_before_anything_is_served() {
    let program = build("run_time").expect("the example compiles");
    let arguments = ["--port", "0", "https://Partner.example/", "null", "https://operators.example.com"];
    let output = Command::new(program).args(arguments).output().expect("the example runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    for part in [
        "3 mistakes in the CORS policy",
        "rules[1].origins[1]: \"https://Partner.example/\"",
        "help: write \"https://partner.example\"",
        "rules[1].origins[2]: \"null\"",
        "rules[1].origins[3]: \"https://operators.example.com\" stands in rules[0] already",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
