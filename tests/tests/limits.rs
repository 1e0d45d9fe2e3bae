//! What strangers send costs the same, however long it is. Counted in allocations, which do not depend on the machine.

use allocation_counter::{AllocationInfo, measure};
use cors_core::{Decision, Denial, Forward, Lines, Origin, Policy, PolicyDraft, Request, decide};

/// Texts that would be origins, or almost, if they were not too long.
fn too_long(bytes: usize) -> [String; 4] {
    [
        format!("https://{}", "a.".repeat(bytes / 2)),
        format!("{}://x", "a".repeat(bytes)),
        format!("{}://X", "A".repeat(bytes)),
        "é".repeat(bytes / 2),
    ]
}

/// A policy that asks a source for what it does not list.
fn asking() -> Policy {
    let origins = (0..100).map(|number| format!("https://a{number}.example"));
    let draft = PolicyDraft::new().origins(origins.collect::<cors_core::List>()).ask_for_other_origins();
    draft.validate().expect("a valid policy")
}

#[test]
fn nobody_is_asked_for_a_text_that_is_too_long_to_be_an_origin() {
    let policy = asking();
    let asks = |origin: &str| {
        let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
        match decide(&policy, &request) {
            Decision::Ask(question) => Ok(question.question().map(|origin| origin.to_string())),
            decision => Err(decision == Decision::Forward(Forward::Denied(Denial::OriginNotListed))),
        }
    };
    let longest = format!("{}://x", "a".repeat(Origin::MAX_LENGTH - "://x".len()));
    assert_eq!(asks(&longest), Ok(Ok(longest.clone())));
    assert_eq!(asks(&format!("a{longest}")), Err(true));
    for text in too_long(120_000) {
        assert_eq!(asks(&text), Err(true));
        assert_eq!(measure(|| drop(asks(&text))).count_total, 0);
    }
}

#[test]
fn under_a_wildcard_no_length_matters() {
    let policy = PolicyDraft::new().origins("*").validate().expect("a valid policy");
    for text in too_long(120_000) {
        let request = Request::new(b"GET").origin(Lines::One(text.as_bytes()));
        assert!(matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_))));
    }
}

#[test]
fn to_refuse_a_text_that_is_too_long_costs_the_same_for_every_length() {
    let cost = |text: &str| {
        let AllocationInfo { count_total, bytes_total, .. } = measure(|| assert!(Origin::parse(text).is_err()));
        (count_total, bytes_total)
    };
    for (short, long) in too_long(600).into_iter().zip(too_long(120_000)) {
        assert_eq!(cost(&short), cost(&long));
        assert_eq!(cost(&long), (1, 64), "what the message quotes");
    }
}
