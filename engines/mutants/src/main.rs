//! Breaks each rule of the model in turn, and prints how many visits of the sample notice it: as the standard and as each engine.

mod noticed;
#[cfg(test)]
mod tests;

use cors_browser::mutants::MUTANTS;
use cors_engines::{SAMPLE, SEED, generate};

use noticed::{AS, noticed};

fn main() {
    let visits = (0..SAMPLE).map(|index| generate(SEED, index));
    let heading = AS.map(|engine| engine.map_or("standard".to_owned(), |engine| format!("{engine:?}").to_lowercase()));
    println!("visits{} rule", heading.map(|name| format!("{name:>10}")).concat());
    for (mutant, noticed) in MUTANTS.iter().zip(noticed(visits, usize::MAX)) {
        let by = noticed.by.map(|count| format!("{count:10}")).concat();
        let shown_by = mutant.shown_by.map_or_else(String::new, |what| format!(" (shown by {what})"));
        println!("{:6}{by} {} {}{shown_by}", noticed.visits, mutant.statement, mutant.name);
    }
}
