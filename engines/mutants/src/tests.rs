//! Every rule of the model is noticed when it is broken.

use cors_browser::mutants::{MUTANTS, Mutant};
use cors_engines::{Made, SAMPLE, SEED, Visit, generate};

use crate::noticed::noticed;
use crate::situations::shows;

/// How many visits may follow the sample, for rules that few visits get to.
const MORE: usize = 4 * SAMPLE;

#[test]
fn three_visits_notice_each_broken_rule() {
    let is_selected = |mutant: &Mutant| mutant.shown_by.is_none();
    let mut sample: Vec<Visit> = (0..SAMPLE).map(|index| generate(SEED, index)).collect();
    // What is noticed by these need not be run beside all others.
    sample.sort_by_key(|visit| visit.made != Made::Aimed);
    let first = noticed(sample, is_selected, 3);
    let is_rare = |mutant: &Mutant| is_selected(mutant) && first[mutant.number - 1].visits < 3;
    let more = noticed((SAMPLE..MORE).map(|index| generate(SEED, index)), is_rare, 3);
    let all = MUTANTS.iter().map(|mutant| (mutant, first[mutant.number - 1].visits + more[mutant.number - 1].visits));
    let rare = all.filter(|(mutant, visits)| is_selected(mutant) && *visits < 3);
    let rare: Vec<String> =
        rare.map(|(mutant, visits)| format!("{visits:3} {} {}", mutant.statement, mutant.name)).collect();
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
