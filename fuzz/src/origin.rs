//! Texts of origins and patterns, and what patterns match.

use cors_core::{Origin, OriginPattern};

use crate::naive::{origins, real};

/// The text of an item, and after a line feed the value of an `Origin` line.
pub fn check(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (item, origin) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(item) = std::str::from_utf8(item) else { return };
    let expected = origins::flaw(item).is_none().then(|| origins::matches(item, origin));
    assert_eq!(real::matches(item, origin), expected, "{item:?} {}", origin.escape_ascii());
    match OriginPattern::parse(item) {
        Ok(pattern) => assert_eq!(pattern.to_string(), item),
        Err(error) => {
            assert!(error.text().len() <= item.len().min(1024), "{error}");
            if let Some(suggestion) = error.suggestion() {
                assert!(
                    OriginPattern::parse(suggestion).is_ok(),
                    "{item:?} is no origin, and neither is {suggestion:?}"
                );
            }
        }
    }
    if let Ok(origin) = Origin::parse(item) {
        assert!(origins::is_exact(item), "{item:?} is no origin");
        let port = origin.port().map_or_else(String::new, |port| format!(":{port}"));
        assert_eq!(format!("{}://{}{port}", origin.scheme(), origin.host()), item);
    } else {
        assert!(!origins::is_exact(item), "{item:?} is an origin");
    }
}
