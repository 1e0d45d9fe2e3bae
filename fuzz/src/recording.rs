//! What is given to `why` as a recording.

use cors_why::__private::recorded;
use serde_json::Value;

/// A recording has a verdict, or there is a mistake with words.
pub fn check(data: &[u8]) {
    let report = recorded(data);
    // Some programs put a mark before it, which says nothing.
    let mark = "\u{feff}".as_bytes();
    if !data.starts_with(mark) {
        assert_eq!(recorded([mark, data].concat().as_slice()).is_ok(), report.is_ok());
    }
    match report {
        Ok(report) => {
            let report: Value = serde_json::from_str(&report).expect("a report is JSON");
            let verdict = report["verdict"].as_str().unwrap_or_default();
            assert!(["readable", "blocked", "unknown"].contains(&verdict), "{report}");
            assert!(verdict != "blocked" || !report["code"].as_str().unwrap_or_default().is_empty(), "{report}");
            assert!(report["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{report}");
        }
        Err(mistake) => assert!(mistake.starts_with("error: "), "{mistake:?}"),
    }
}
