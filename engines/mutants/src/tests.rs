//! Every rule of the model is noticed when it is broken.

use cors_browser::mutants::MUTANTS;
use cors_engines::{Made, SAMPLE, SEED, Visit, generate};

use crate::noticed::noticed;
use crate::situations::shows;

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

#[test]
fn what_no_visit_can_show_a_situation_does() {
    let mutants = MUTANTS.iter().filter(|mutant| mutant.shown_by.is_some());
    let unseen: Vec<String> = mutants
        .filter(|mutant| !shows(mutant))
        .map(|mutant| {
            format!("{} {} (shown by {})", mutant.statement, mutant.name, mutant.shown_by.unwrap_or_default())
        })
        .collect();
    assert!(unseen.is_empty(), "no situation shows:\n{}", unseen.join("\n"));
}
