//! Tests.

use cors_browser::mutants::MUTANTS;
use cors_engines::{Made, SAMPLE, SEED, Visit, generate};

use crate::noticed::noticed;

#[test]
fn three_visits_of_the_sample_notice_each_broken_rule() {
    let mut sample: Vec<Visit> = (0..SAMPLE).map(|index| generate(SEED, index)).collect();
    // What is noticed by these need not be run beside all others.
    sample.sort_by_key(|visit| visit.made != Made::Aimed);
    let noticed = noticed(sample, |mutant| mutant.shown_by.is_none(), 3);
    let rare = MUTANTS.iter().zip(noticed).filter(|(mutant, noticed)| mutant.shown_by.is_none() && noticed.visits < 3);
    let rare: Vec<String> =
        rare.map(|(mutant, noticed)| format!("{:3} {} {}", noticed.visits, mutant.statement, mutant.name)).collect();
    assert!(rare.is_empty(), "{} rules are noticed by fewer than three visits:\n{}", rare.len(), rare.join("\n"));
}
