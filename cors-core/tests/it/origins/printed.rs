//! Generated texts: a valid text prints as it was written, and a suggestion is valid.

use super::*;

/// Returns fragments of origins and common mistakes, in any order.
fn written() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("https"),
        Just("http"),
        Just("tauri"),
        Just("://"),
        Just(":"),
        Just("/"),
        Just("*"),
        Just("*."),
        Just("."),
        Just("["),
        Just("]"),
        Just("::1"),
        Just("a"),
        Just("A"),
        Just("example.com"),
        Just("localhost"),
        Just("8443"),
        Just("80"),
        Just("443"),
        Just("0"),
        Just("127.0.0.1"),
        Just("@"),
        Just("é"),
        Just("xn--a"),
        Just("-"),
        Just("_"),
        Just(" "),
        Just("%"),
        Just("?"),
        Just("#"),
        Just(","),
        Just("\\"),
    ];
    let scheme = prop_oneof![3 => Just("https://"), 2 => Just("http://"), 1 => Just("tauri://"), 1 => Just("")];
    (scheme, prop::collection::vec(part, 0..6)).prop_map(|(scheme, parts)| scheme.to_owned() + &parts.concat())
}

#[test]
fn what_is_valid_prints_as_it_was_written_and_what_is_suggested_is_valid() {
    let outcome = runner(10_000).run(&written(), |text| {
        match OriginPattern::parse(&text) {
            Ok(pattern) => prop_assert_eq!(pattern.to_string(), text),
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                if let Some(suggestion) = error.suggestion() {
                    prop_assert!(
                        OriginPattern::parse(suggestion).is_ok(),
                        "{:?} is suggested for {:?}",
                        suggestion,
                        text
                    );
                }
            }
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}
