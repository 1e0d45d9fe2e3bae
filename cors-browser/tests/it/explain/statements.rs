//! The code, statement and anchor of every cause, written a second time, so that no slip of the pen is missed.

use std::collections::BTreeSet;

use cors_browser::explain::{Cause, Explanation};
use cors_browser::{Browser, Response, ScriptRequest, Verdict};
use cors_core::PolicyDraft;

use super::scenes::{APP, NOTES, page};
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

#[test]
fn authorization_is_a_matter_of_its_own_to_the_verdict_and_to_the_explanation() {
    let statements = |name: &str| {
        let request = ScriptRequest::new(NOTES).header(name, "1");
        let transcript = Browser::new().run(&page(APP), &request, |_| {
            Response::new(204).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Headers", "x-b")
        });
        let explained = Explanation::of(&transcript).and_then(|explanation| explanation.statement());
        let Verdict::Blocked(blocked) = transcript.verdict else { panic!("{name} is allowed") };
        (blocked.reason.statement(), explained)
    };
    assert_eq!(statements("Authorization"), ("PRE-14", Some("PRE-14")));
    assert_eq!(statements("X-A"), ("PRE-15", Some("PRE-15")));
}

#[test]
fn what_a_preflight_has_to_allow_is_known_also_where_an_earlier_answer_spared_it() {
    let mut browser = Browser::new();
    let request = ScriptRequest::new(NOTES).method("PUT").header("X-Token", "7");
    let mut wanted = |allows_page: bool| {
        let transcript = browser.run(&page(APP), &request, |outgoing| {
            let response = Response::new(200)
                .header("Access-Control-Allow-Methods", "PUT")
                .header("Access-Control-Allow-Headers", "X-Token");
            let allows = allows_page || outgoing.preflight;
            if allows { response.header("Access-Control-Allow-Origin", APP) } else { response }
        });
        let policy = PolicyDraft::new().origins(["https://admin.example.com"]).validate().expect("a policy");
        let explanation = Explanation::of(&transcript).map(|explanation| explanation.with_policy(&policy));
        (transcript.exchanges.len(), explanation)
    };
    assert_eq!(wanted(true), (2, None));
    let (sent, explanation) = wanted(false);
    assert_eq!(sent, 1, "the preflight is spared");
    let explanation = explanation.expect("it is blocked");
    let keys: Vec<String> =
        explanation.fix().expect("a fix").changes().iter().map(|(key, _)| key.to_string()).collect();
    assert_eq!(keys, ["origins", "methods", "allow_headers"]);
}
