//! What it takes to find an origin.

use cors_benches::{Question, ROUNDS, Structure};

use super::{grouped, table};
use crate::gates::PATTERNS;
use crate::measured::Measured;
use crate::time;

pub(super) fn section(measured: &Measured) -> String {
    let questions = Question::ALL.map(Question::name);
    let mut counted = Vec::new();
    let mut timed = Vec::new();
    for structure in Structure::ALL {
        for count in structure.counts() {
            let name = format!("{}, {}", structure.name(), grouped(*count as f64));
            let search =
                measured.searches.iter().find(|search| search.structure == structure.name() && search.count == *count);
            if let Some(search) = search {
                counted.push((name.clone(), search.instructions.map(grouped).into()));
            }
            let ratio = |question: &str| {
                let one = time::of(&measured.times, "exact origins, hit", "1")?;
                let took = time::of(&measured.times, &format!("{}, {question}", structure.name()), &count.to_string())?;
                Some(format!("{:.1}", took / one))
            };
            timed.push((name, ["hit", "miss"].map(|question| ratio(question).unwrap_or_default()).into()));
        }
    }
    let kept = measured
        .kept
        .iter()
        .map(|kept| format!("{} of {}", format_args!("{:.1}", kept.bytes / kept.count), grouped(kept.count)));
    format!(
        "## Is this origin allowed?\n\n\
         Instructions of one search: of an origin that is listed, of one that looks alike, and of hosts of one-letter labels. `HashSet` is \
         what actix-cors has, and `scan` what tower-http does. A pattern is found by a binary search over the lengths of patterns, so \
         labels make it no longer. Of patterns of all lengths, hits and misses are hosts of 253 bytes; the worst of {} hosts takes {}.\n\n{}\n{}\
         Bytes that a policy keeps for an origin of 35 bytes, its text included: {} origins.\n",
        grouped((ROUNDS * PATTERNS) as f64),
        measured.worst_search.map(grouped).unwrap_or_default(),
        table(&questions, counted),
        times(measured, timed),
        kept.collect::<Vec<_>>().join(", "),
    )
}

/// Nothing where none was measured.
fn times(measured: &Measured, timed: Vec<(String, Vec<String>)>) -> String {
    if measured.times.is_empty() {
        return String::new();
    }
    format!(
        "Times of the same, to that of the only origin of a list. 100,000 origins are looked for in no order, so from some number on it is the \
         memory that takes its time.\n\n{}\n",
        table(&["hit", "miss"], timed)
    )
}
