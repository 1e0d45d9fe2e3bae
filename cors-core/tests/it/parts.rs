//! The parts of an origin, and the comparison of a pattern with an origin.

use cors_core::{Denial, Difference, HostRelation, Lines, Origin, OriginPattern, PolicyDraft, Request};
use proptest::prelude::*;

use crate::random::config;

fn origin(text: &str) -> Origin {
    text.parse().unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
}

#[test]
fn an_origin_gives_its_scheme_host_and_port() {
    for (text, parts) in [
        ("https://app.example.com", ("https", "app.example.com", None)),
        ("http://localhost:3000", ("http", "localhost", Some(3000))),
        ("https://a.example.com.:65535", ("https", "a.example.com.", Some(65535))),
        ("http://[::1]", ("http", "[::1]", None)),
        ("http://[2001:db8::1]:81", ("http", "[2001:db8::1]", Some(81))),
        ("http://127.0.0.1", ("http", "127.0.0.1", None)),
        ("tauri://localhost", ("tauri", "localhost", None)),
        ("capacitor://localhost:80", ("capacitor", "localhost", Some(80))),
        ("https://a.0xzz", ("https", "a.0xzz", None)),
    ] {
        let origin = origin(text);
        assert_eq!((origin.scheme(), origin.host(), origin.port()), parts, "{text}");
        assert_eq!(origin, text);
        assert_eq!(origin, *text);
        assert!(origin != "https://b.example" && origin != *"https://b.example");
        assert_eq!(AsRef::<str>::as_ref(&origin), text);
    }
    assert!(Origin::parse("https://a.0x1f").is_err(), "a parser of URLs reads an address there");
}

#[test]
fn a_comparison_says_which_part_differs() {
    use HostRelation::{Above, Agrees, Below, Unrelated};
    for (pattern, text, scheme, host, port) in [
        ("https://*.example.com", "https://a.example.com", true, Agrees, true),
        ("https://*.example.com", "http://a.example.com", false, Agrees, true),
        ("https://*.example.com", "https://a.example.com:1", true, Agrees, false),
        ("https://*.example.com", "https://example.com", true, Above, true),
        ("https://*.example.com", "https://notexample.com", true, Unrelated, true),
        ("https://example.com", "https://-a.example.com", true, Below, true),
        ("http://localhost:*", "http://localhost:3000", true, Agrees, true),
        ("http://localhost:*", "tauri://localhost", false, Agrees, true),
        ("tauri://localhost", "other://localhost", false, Agrees, true),
    ] {
        let pattern = OriginPattern::parse(pattern).unwrap_or_else(|mistake| panic!("{pattern}: {mistake}"));
        let found = pattern.compare(&origin(text));
        let parts = (found.scheme_agrees(), found.host(), found.port_agrees());
        assert_eq!(parts, (scheme, host, port), "{pattern} and {text}");
        assert_eq!(found.is_match(), pattern.matches(text.as_bytes()), "{pattern} and {text}");
    }
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "([a-z0-9_-]{1,3}\\.){0,3}(app\\.test|example\\.com|localhost)",
        1 => Just("[::1]".to_owned()),
        1 => Just("127.0.0.1".to_owned()),
        1 => "app\\.test\\.",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![3 => Just("https"), 2 => Just("http"), 1 => Just("tauri")];
    let port = prop_oneof![2 => Just(""), 1 => Just(":8443"), 1 => Just(":3000")];
    (scheme, host(), port).prop_map(|(scheme, host, port)| format!("{scheme}://{host}{port}"))
}

fn item() -> impl Strategy<Value = String> {
    (text(), any::<bool>(), any::<bool>()).prop_map(|(text, subdomains, any_port)| {
        let text = if subdomains { text.replace("://", "://*.") } else { text };
        match text.rsplit_once(':') {
            Some((start, _))
                if any_port && !text.ends_with(']') && !start.ends_with("http") && start.contains("://") =>
            {
                format!("{start}:*")
            }
            _ => text,
        }
    })
}

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn every_origin_below_a_base_by_whole_labels_is_matched(below in "[a-z0-9_-]{1,6}(\\.[a-z0-9_-]{1,6}){0,2}", base in host()) {
        let pattern = OriginPattern::parse(&format!("https://*.{base}"));
        let origin = Origin::parse(&format!("https://{below}.{base}"));
        if let (Ok(pattern), Ok(origin)) = (pattern, origin) {
            prop_assert!(pattern.matches(origin.as_str().as_bytes()), "{} and {}", pattern, origin);
        }
    }

    #[test]
    fn what_advice_says_of_a_part_is_true_of_the_parts(items in prop::collection::vec(item(), 1..6), text in text()) {
        let Ok(policy) = PolicyDraft::new().origins(items).validate() else {
            return Ok(());
        };
        let Ok(origin) = Origin::parse(&text) else {
            return Ok(());
        };
        let request = Request::new(b"GET").origin(Lines::One(text.as_bytes()));
        let advice = policy.advice(Denial::OriginNotListed, &request);
        let Some(nearest) = advice.nearest() else {
            return Ok(());
        };
        // The parts from the `url` crate.
        let [item, asked] = [nearest.item().as_str().replace("*.", "").replace(":*", ":9"), text]
            .map(|text| url::Url::parse(&text).expect("a URL"));
        let any_port = nearest.item().as_str().ends_with(":*");
        let subdomains = nearest.item().as_str().contains("://*.");
        let same_scheme = item.scheme() == asked.scheme();
        let same_port = any_port || item.port() == asked.port();
        let [item, asked] = [&item, &asked].map(|url| url.host_str().expect("a host"));
        let is_below = asked.ends_with(&format!(".{item}"));
        let same_host = if subdomains { is_below } else { item == asked };
        let said = (same_scheme, same_port, same_host);
        let is_true = match nearest.difference() {
            Difference::Port => said == (true, false, true),
            Difference::Scheme => said == (false, true, true),
            Difference::SchemeAndPort => said == (false, false, true),
            Difference::HostOfSubdomains => said == (true, true, false) && item == asked,
            Difference::Subdomain => said == (true, true, false) && is_below,
            Difference::Spelling => said == (true, true, false) && !is_below && item != asked,
            other => panic!("{other:?} is not checked"),
        };
        prop_assert!(is_true, "{} of {origin}", nearest);
    }
}
