//! A fixed sample of generated visits, in Chromium and in the model of it. The program runs more of them, in three engines; `README.md`
//! has its commands.

use std::collections::BTreeMap;
use std::future::pending;

use cors_browser::Engine;
use cors_engines::{EngineName, SAMPLE, SEED, Sites, Visit, ask_model, generate, run};

fn sample() -> Vec<Visit> {
    (0..SAMPLE).map(|index| generate(SEED, index)).collect()
}

#[tokio::test]
async fn chromium_does_with_every_visit_of_the_sample_what_the_model_says() {
    let report = run(EngineName::Chromium, &sample(), pending()).await;
    assert_eq!(report.error, None);
    let (count, shown) = (report.differences.len(), report.differences.iter().take(5));
    let shown: Vec<String> = shown.map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{count} visits differ, the first of them:\n{}", shown.join("\n"));
    assert!(report.not_judged * 100 < SAMPLE, "{} visits are not judged", report.not_judged);
}

#[test]
fn the_sample_has_every_outcome() {
    let mut outcomes = BTreeMap::new();
    for visit in sample() {
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
fn a_visit_is_the_same_each_time_and_another_for_another_seed() {
    let text = |seed| {
        let visit = generate(seed, 17);
        format!("{:?} {:?}", visit.asks, visit.resources)
    };
    assert_eq!(text(SEED), text(SEED));
    assert_ne!(text(SEED), text(SEED + 1));
}
