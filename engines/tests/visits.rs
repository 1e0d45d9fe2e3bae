//! What visits are made of.

use std::collections::BTreeMap;

use cors_browser::Engine;
use cors_engines::{Document, SAMPLE, SEED, Sites, ask_model, generate};

#[test]
fn the_sample_has_every_outcome() {
    let mut outcomes = BTreeMap::new();
    for index in 0..SAMPLE {
        let visit = generate(SEED, index);
        for outcome in ask_model(&visit, &Sites::imagined(), Some(Engine::Chromium)).seen.outcomes {
            *outcomes.entry(outcome.name()).or_insert(0) += 1;
        }
    }
    let rare: Vec<_> = outcomes.iter().filter(|(_, count)| **count < 3).collect();
    assert!(outcomes.len() == 5 && rare.is_empty(), "{outcomes:?}");
    let all: usize = outcomes.values().sum();
    let halves = [outcomes["readable"], outcomes["blocked"]];
    assert!(halves.iter().all(|count| count * 10 > all * 3), "neither outcome may be rare: {outcomes:?}");
}

#[test]
fn every_document_of_a_visit_is_opened() {
    for visit in (0..SAMPLE).map(|index| generate(SEED, index)) {
        assert!(visit.asks.iter().all(|ask| Document::ALL.contains(&ask.document)), "{}", visit.id);
    }
}

#[test]
fn a_visit_is_the_same_each_time_and_another_for_another_seed() {
    let text = |seed| {
        let visit = generate(seed, 17);
        format!("{:?} {:?}", visit.asks, visit.resources)
    };
    assert_eq!(text(SEED), text(SEED));
    assert_ne!(text(SEED), text(SEED + 1));
}
