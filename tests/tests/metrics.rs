//! The example `metrics`: what was granted and refused, as Prometheus reads it.

use cors_tests::example::Example;
use cors_tests::wire::{exchange, request};

#[test]
fn grants_and_refusals_are_counted_by_policy_and_reason() {
    let example = Example::start("metrics", &[]);
    for (path, origin) in [
        ("/notes", "https://app.example.com"),
        ("/notes", "https://evil.example"),
        ("/notes", "null"),
        ("/prices", "https://evil.example"),
        ("/prices", "https://evil.example"),
    ] {
        exchange(example.address, &request(b"GET", path, &[("Origin", origin.as_bytes())]));
    }
    let metrics = exchange(example.address, &request(b"GET", "/metrics", &[]));
    let text = String::from_utf8(metrics.body).expect("the format is text");
    let counted: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.ends_with(" 0")).collect();
    assert_eq!(
        counted,
        [
            "cors_granted_total{policy=\"notes\"} 1",
            "cors_refused_total{policy=\"notes\",reason=\"origin-not-listed\"} 1",
            "cors_refused_total{policy=\"notes\",reason=\"null-origin\"} 1",
            "cors_granted_total{policy=\"prices\"} 2",
        ]
    );
}
