//! What every cause is called, by which statement it blocks, and where the standard says so: written out a second time, so that no
//! slip of the pen goes unnoticed.

use std::collections::BTreeSet;

use cors_browser::explain::Cause;

use super::texts::all;

/// Code, statement, and fragment of the anchor.
const EXPECTED: [(&str, &str, &str); 22] = [
    ("allow-credentials-not-true", "CHK-4", "concept-cors-check"),
    ("allow-origin-mismatch", "CHK-3", "concept-cors-check"),
    ("allow-origin-missing", "CHK-1", "concept-cors-check"),
    ("cross-origin-in-same-origin-mode", "PRE-2", "concept-main-fetch"),
    ("embedder-policy", "PRE-2", "cross-origin-resource-policy-check"),
    ("header-not-allowed", "PRE-15", "cors-preflight-fetch"),
    ("method-not-allowed", "PRE-13", "cors-preflight-fetch"),
    ("no-cors-needs-follow", "PRE-2", "concept-main-fetch"),
    ("preflight-list-malformed", "PRE-12", "cors-preflight-fetch"),
    ("preflight-redirected", "PRE-11", "cors-preflight-fetch"),
    ("preflight-status", "PRE-11", "cors-preflight-fetch"),
    ("redirect-location-invalid", "RED-1", "concept-http-redirect-fetch"),
    ("redirect-mode-error", "RED-1", "concept-http-fetch"),
    ("redirect-scheme", "RED-1", "concept-http-redirect-fetch"),
    ("redirect-with-credentials-in-url", "RED-2", "concept-http-redirect-fetch"),
    ("redirect-with-stream-body", "RED-5", "concept-http-redirect-fetch"),
    ("resource-policy", "PRE-2", "cross-origin-resource-policy-check"),
    ("scheme", "PRE-3", "concept-main-fetch"),
    ("several-allowed-origins", "CHK-3", "concept-cors-check"),
    ("stream-needs-http-2", "NET-1", "concept-http-network-fetch"),
    ("too-many-redirects", "RED-1", "concept-http-redirect-fetch"),
    ("wildcard-with-credentials", "CHK-3", "concept-cors-check"),
];

#[test]
fn every_cause_has_its_statement_and_its_place_in_the_standard() {
    let mut seen = BTreeSet::new();
    for scene in all() {
        let cause: Cause = scene.explanation().cause();
        let row = EXPECTED.iter().find(|(code, ..)| *code == cause.code());
        let (code, statement, fragment) = row.unwrap_or_else(|| panic!("no row for {}", cause.code()));
        assert_eq!(cause.statement(), Some(*statement), "{code}");
        assert_eq!(cause.anchor(), Some(format!("https://fetch.spec.whatwg.org/#{fragment}")), "{code}");
        seen.insert(*code);
    }
    let expected: BTreeSet<&str> = EXPECTED.iter().map(|(code, ..)| *code).collect();
    assert_eq!(seen, expected, "each row has a scene");
}
