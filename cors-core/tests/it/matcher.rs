//! Compares the matcher of origins with a naive one that shares nothing with it, on generated pairs.

mod lists;
mod naive;

use std::cell::Cell;

use cors_core::OriginPattern;
use proptest::prelude::*;

use self::naive::Parts;
use crate::random::runner;

fn host() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{1,3}\\.(com|io)", "[a-c]{1,2}\\.[a-c]{1,2}\\.(com|io)", Just("localhost".to_owned())]
}

fn port() -> impl Strategy<Value = u16> {
    prop_oneof![Just(1), Just(79), Just(81), Just(442), Just(444), Just(8080), Just(65535)]
}

fn parts() -> impl Strategy<Value = Parts> {
    let scheme = prop_oneof![Just("http"), Just("https")];
    let ports = prop_oneof![Just(None), Just(Some(None)), port().prop_map(|port| Some(Some(port)))];
    (scheme, any::<bool>(), host(), ports).prop_map(|(scheme, subdomains, host, port)| Parts {
        scheme,
        subdomains,
        host,
        port,
    })
}

/// Labels at and beyond the limits, and ordinary ones.
fn below() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{1,4}(\\.[a-z0-9]{1,4}){0,2}",
        1 => "[a-z0-9][a-z0-9_-]{0,6}[a-z0-9]",
        1 => "[-_][a-z]|[a-z][-_]|[A-Z]|",
        1 => (62_usize..=64).prop_map(|length| "a".repeat(length)),
        1 => (235_usize..=253).prop_map(|length| {
            let text = "abcdefghi.".repeat(26);
            text[text.len() - length..].trim_matches('.').to_owned()
        }),
    ]
}

fn port_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => port().prop_map(|port| format!(":{port}")),
        2 => "(:|:0|:00080|:80|:443|:65536|:65535|:99999|:080|:8a|:\\*|:-1|:+1)",
    ]
}

/// A pattern, an origin, and the origin that it was before an edit.
#[derive(Clone, Debug)]
struct Pair {
    parts: Parts,
    origin: String,
    before: String,
}

/// An origin that mostly fits the pattern.
fn fitting(parts: Parts) -> impl Strategy<Value = Pair> {
    let (host, subdomains, exact) = (parts.host.clone(), parts.subdomains, parts.port.flatten());
    (below(), port_text(), any::<bool>(), 0..20_u8).prop_map(move |(below, port, own_port, chance)| {
        let labels = if subdomains && chance > 0 { format!("{below}.") } else { String::new() };
        let port = match (exact, parts.port) {
            (Some(port), _) => format!(":{port}"),
            (None, Some(None)) if own_port => String::new(),
            _ => port,
        };
        let origin = format!("{}://{labels}{host}{port}", parts.scheme);
        Pair { parts: parts.clone(), before: origin.clone(), origin }
    })
}

/// One byte changed, removed or added.
fn edited(pair: Pair) -> impl Strategy<Value = Pair> {
    let length = pair.origin.len();
    (0..=length, 0..3_u8, "[a-z.:/*@_A-Z0-9-]").prop_map(move |(at, how, byte)| {
        let mut origin = pair.before.clone();
        match how {
            0 if at < length => origin.replace_range(at..=at, &byte),
            1 if at < length => {
                origin.remove(at);
            }
            _ => origin.insert_str(at, &byte),
        }
        Pair { origin, ..pair.clone() }
    })
}

fn pairs() -> impl Strategy<Value = Pair> {
    let unrelated = (parts(), parts(), below()).prop_map(|(parts, other, below)| {
        let origin = format!("{}://{below}.{}", other.scheme, other.host);
        Pair { parts, before: origin.clone(), origin }
    });
    prop_oneof![3 => parts().prop_flat_map(fitting), 3 => parts().prop_flat_map(fitting).prop_flat_map(edited), 1 => unrelated]
}

#[test]
fn the_matcher_agrees_with_a_naive_one() {
    let cases = 20_000;
    let near = Cell::new(0_u32);
    let outcome = runner(cases).run(&pairs(), |Pair { parts, origin, before }| {
        let pattern =
            OriginPattern::parse(&parts.text()).map_err(|mistake| TestCaseError::fail(mistake.to_string()))?;
        near.set(near.get() + u32::from(parts.matches(&origin) || parts.matches(&before)));
        prop_assert_eq!(
            pattern.matches(origin.as_bytes()),
            parts.matches(&origin),
            "{} and {:?}",
            parts.text(),
            origin
        );
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    // Pairs that are far from each other test little.
    let near = near.get();
    assert!(near * 100 >= cases * 40, "only {near} of {cases} pairs match or are one edit away");
}
