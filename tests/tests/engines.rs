//! A fixed sample of generated pairs of request and answers, in Chromium and in the model of it. The program `engines` runs more of
//! them, in three engines; `tests/README.md` has its commands.

use std::collections::BTreeMap;

use cors_browser::Engine;
use cors_tests::engines::{EngineName, Outcome, Pair, Sites, ask_model, generate, run};

const SEED: u64 = 32;
const SAMPLE: usize = 1000;

/// Every reason and refusal of the model that a pair can reach in Chromium. Two need a body that is a stream to arrive, which needs TLS
/// (`redirect-with-stream-body`), or WebKit (`stream-not-supported`).
const REASONS: [&str; 26] = [
    "allow-credentials-not-true (CHK-4)",
    "allow-origin-mismatch (CHK-3)",
    "allow-origin-missing (CHK-1)",
    "body-with-get (HDR-7)",
    "cross-origin-in-same-origin-mode (PRE-2)",
    "header-invalid (HDR-7)",
    "header-not-allowed (PRE-14)",
    "header-not-allowed (PRE-15)",
    "method-forbidden (MET-2)",
    "method-invalid (HDR-7)",
    "method-not-allowed (PRE-13)",
    "method-not-simple-in-no-cors (HDR-7)",
    "no-cors-needs-follow (PRE-2)",
    "preflight-list-malformed (PRE-12)",
    "preflight-status (PRE-11)",
    "redirect-location-invalid (RED-1)",
    "redirect-mode-error (RED-1)",
    "redirect-scheme (RED-1)",
    "redirect-with-credentials-in-url (RED-2)",
    "resource-policy (PRE-2)",
    "scheme (PRE-3)",
    "stream-in-no-cors (HDR-7)",
    "stream-needs-http-2 (NET-1)",
    "too-many-redirects (RED-1)",
    "url-with-credentials (HDR-7)",
    "wildcard-with-credentials (CHK-3)",
];

fn sample() -> Vec<Pair> {
    (0..SAMPLE).map(|index| generate(SEED, index)).collect()
}

#[tokio::test]
async fn chromium_does_with_every_pair_of_the_sample_what_the_model_says() {
    let differences = run(EngineName::Chromium, &sample()).await.unwrap();
    let shown: Vec<String> = differences.iter().take(5).map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{} pairs differ, the first of them:\n{}", differences.len(), shown.join("\n"));
}

#[test]
fn the_sample_has_every_reason_and_every_outcome() {
    let (mut reasons, mut outcomes) = (BTreeMap::new(), BTreeMap::new());
    for pair in sample() {
        let told = ask_model(&pair, &Sites::imagined(), Some(Engine::Chromium));
        for (code, statement) in told.reasons {
            *reasons.entry(format!("{code} ({statement})")).or_insert(0) += 1;
        }
        for outcome in told.seen.outcomes {
            let name = match outcome {
                Outcome::Readable { .. } => "readable",
                Outcome::Opaque => "opaque",
                Outcome::OpaqueRedirect => "opaque redirect",
                Outcome::Local => "local",
                Outcome::Blocked => "blocked",
            };
            *outcomes.entry(name).or_insert(0) += 1;
        }
    }
    let rare: Vec<_> = REASONS.iter().filter(|reason| reasons.get(**reason).is_none_or(|count| *count < 3)).collect();
    assert!(rare.is_empty(), "less than three pairs of the sample have {rare:?}; it has {reasons:#?}");
    let rare: Vec<_> = outcomes.iter().filter(|(_, count)| **count < 3).collect();
    assert!(outcomes.len() == 5 && rare.is_empty(), "{outcomes:?}");
    let halves = [outcomes["readable"], outcomes["blocked"]];
    assert!(halves.iter().all(|count| count * 10 > SAMPLE * 3), "neither outcome may be rare: {outcomes:?}");
}

#[test]
fn a_pair_is_the_same_each_time_and_another_for_another_seed() {
    let text = |seed| {
        let pair = generate(seed, 17);
        format!("{:?} {:?}", pair.asks, pair.hops)
    };
    assert_eq!(text(SEED), text(SEED));
    assert_ne!(text(SEED), text(SEED + 1));
}
