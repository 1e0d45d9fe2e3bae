//! What it takes to find an origin.

use cors_benches::{Question, Structure};

use super::{grouped, table};
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
         Instructions of one search: for a listed origin, for a similar one, and for hosts with one-letter labels. \
         actix-cors uses a `HashSet`, and tower-http a `scan`. A binary search over the lengths of patterns finds \
         a pattern, so more labels do not cost more. For patterns of all lengths, hits and misses are hosts of 253 \
         bytes; the worst of some thousand hosts, a third of them below nested patterns, takes {}.\n\n{}\n{}\
         Bytes in memory for an origin of 35 bytes, including its text: {} origins.\n",
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
        "Ratio of the times to that of a list with one origin. The 100,000 origins are searched in random order, \
         so for long lists most of the time is access to memory.\n\n{}\n",
        table(&["hit", "miss"], timed)
    )
}
