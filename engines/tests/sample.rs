//! A fixed sample of generated visits, in Chromium and in the model of it. The program runs more of them, in three engines; `README.md`
//! has its commands.

use std::future::pending;

use cors_engines::{EngineName, SAMPLE, SEED, Visit, generate, run};

#[tokio::test]
async fn chromium_does_with_every_visit_of_the_sample_what_the_model_says() {
    let sample: Vec<Visit> = (0..SAMPLE).map(|index| generate(SEED, index)).collect();
    let report = run(EngineName::Chromium, &sample, pending()).await;
    assert_eq!(report.error, None);
    let (count, shown) = (report.differences.len(), report.differences.iter().take(5));
    let shown: Vec<String> = shown.map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{count} visits differ, the first of them:\n{}", shown.join("\n"));
    // One in a hundred at most, but on a machine that has much else to do.
    assert!(report.not_judged * 20 < SAMPLE, "{} visits are not judged", report.not_judged);
}
