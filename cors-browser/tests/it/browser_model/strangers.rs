//! Test origins, which show what a server allows by mistake.

use cors_browser::{Response, Stranger};
use cors_core::PolicyDraft;
use cors_core::{Decision, Forward, Lines, Request, decide};

const NOBODY: &str = "https://why-probe.invalid";

#[test]
fn strangers_look_like_the_origin_and_are_of_nobody_whom_it_belongs_to() {
    let rows: [(&str, &[&str]); 9] = [
        (
            "https://example.com",
            &["https://why-probeexample.com", "https://example.com.why-probe.invalid", "http://example.com"],
        ),
        // Below a public suffix of two labels, three labels are registered.
        (
            "https://a.b.shop.co.uk:8443",
            &[
                "https://why-probeshop.co.uk:8443",
                "https://a.b.shop.co.uk.why-probe.invalid:8443",
                "http://a.b.shop.co.uk:8443",
            ],
        ),
        (
            "https://ada.github.io",
            &["https://why-probeada.github.io", "https://ada.github.io.why-probe.invalid", "http://ada.github.io"],
        ),
        // Nobody can register a name with the end of an unregistered one, and no network is between this machine and
        // itself.
        ("http://localhost:3000", &["http://localhost.why-probe.invalid:3000"]),
        ("https://app.localhost", &["https://app.localhost.why-probe.invalid"]),
        ("https://co.uk", &["https://co.uk.why-probe.invalid", "http://co.uk"]),
        ("https://192.168.0.7", &[]),
        ("https://[::1]:8443", &[]),
        ("http://app.example.com", &["http://why-probeexample.com", "http://app.example.com.why-probe.invalid"]),
    ];
    for (origin, lookalikes) in rows {
        let strangers = Stranger::of(origin);
        let found: Vec<&str> = strangers.iter().map(Stranger::origin).collect();
        assert_eq!(found, [&[NOBODY], lookalikes].concat(), "{origin}");
    }
    for none in ["null", "", "app.example.com", "data:text/html,x"] {
        assert_eq!(Stranger::of(none), [], "{none}");
    }
}

#[test]
fn a_hole_names_the_stranger_and_http_is_one_with_credentials_only() {
    let answer = |allowed: &str| Response::new(200).header("Access-Control-Allow-Origin", allowed);
    for stranger in Stranger::of("https://app.example.com") {
        let named = answer(stranger.origin());
        let with_credentials = named.clone().header("access-control-allow-credentials", "true");
        let is_insecure = stranger.code() == "insecure-matched";
        assert_eq!(named.warning_about(&stranger).is_some(), !is_insecure, "{}", stranger.code());
        assert!(with_credentials.warning_about(&stranger).is_some(), "{}", stranger.code());
        for refusing in [Response::new(200), answer("*"), answer("https://app.example.com")] {
            assert_eq!(refusing.warning_about(&stranger), None, "{}", stranger.code());
        }
    }
}

#[test]
fn no_policy_of_one_site_lets_a_stranger_in() {
    let origins = ["https://*.example.com", "https://example.com", "https://*.shop.co.uk:*"];
    let policy = PolicyDraft::new().origins(origins).credentials(true).validate().expect("a policy");
    for origin in ["https://example.com", "https://app.example.com", "https://a.shop.co.uk:8443"] {
        let granted = |origin: &str| {
            let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
            matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_)))
        };
        assert!(granted(origin), "{origin}");
        for stranger in Stranger::of(origin) {
            assert!(!granted(stranger.origin()), "{}", stranger.origin());
        }
    }
}
