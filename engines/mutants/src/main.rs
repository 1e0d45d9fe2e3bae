//! Breaks each rule of the model in turn, and prints how many visits of the sample notice it: all, and as the standard and as each engine.
//!
//! `cargo run -p cors-mutants [TEXT]`, where only rules are broken that have the text in their line, such as `CHK-3` or `wildcard`.

mod noticed;
#[cfg(test)]
mod situations;
#[cfg(test)]
mod tests;

use cors_browser::mutants::{MUTANTS, Mutant};
use cors_engines::{SAMPLE, SEED, generate};

use noticed::{AS, noticed};

fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    let line = |mutant: &Mutant| format!("{} {}", mutant.statement, mutant.name);
    let selects = |mutant: &Mutant| line(mutant).contains(&text);
    let heading = AS.map(|engine| engine.map_or("standard".to_owned(), |engine| format!("{engine:?}").to_lowercase()));
    println!("visits{} rule", heading.map(|name| format!("{name:>10}")).concat());
    let noticed = noticed((0..SAMPLE).map(|index| generate(SEED, index)), selects, usize::MAX);
    for (mutant, noticed) in MUTANTS.iter().zip(noticed).filter(|(mutant, _)| selects(mutant)) {
        let by = noticed.by.map(|count| format!("{count:10}")).concat();
        let shown_by = mutant.shown_by.map_or_else(String::new, |what| format!(" (shown by {what})"));
        println!("{:6}{by} {}{shown_by}", noticed.visits, line(mutant));
    }
}
