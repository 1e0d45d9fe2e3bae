//! What is given to `why` as a suite.

use cors_why::__private::suite;

use crate::assert_of_server;

/// A suite asks servers, or has mistakes, each with a line that is there.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match suite(text) {
        Ok(addresses) => {
            assert!(!addresses.is_empty(), "{text:?}");
            for address in addresses {
                assert_of_server(&address, text);
            }
        }
        Err(mistakes) => {
            let line = |mistake: &str| mistake.strip_prefix("error: -:")?.split(':').next()?.parse::<usize>().ok();
            let first = mistakes.lines().next().unwrap_or_default();
            let is_there = line(first).is_some_and(|line| line >= 1 && line <= text.matches('\n').count() + 1);
            assert!(is_there, "{mistakes:?} of {text:?}");
        }
    }
}
