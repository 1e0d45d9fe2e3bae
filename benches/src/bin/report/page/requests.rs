//! What each subject takes in each case.

use cors_benches::Subject;

use super::{grouped, table};
use crate::counts::{Count, Counts};
use crate::gates::HOSTILE;

pub(super) fn instructions(counts: &Counts) -> String {
    let added = |count: &Count| match &*count.subject {
        "nothing" | "tower alone" => grouped(count.instructions),
        _ => counts.added(&count.case, &count.subject).map(grouped).unwrap_or_default(),
    };
    format!(
        "## Instructions of a request\n\nTo `nothing` and `tower alone`, which are given in total, the others add:\n\n{}\n\
         Of preflights, in total:\n\n{}",
        all(counts, added, |case| !is_preflight(counts, case)),
        all(counts, |count| grouped(count.instructions), |case| is_preflight(counts, case)),
    )
}

pub(super) fn allocations(counts: &Counts) -> String {
    let both = |count: &Count| format!("{} ({})", count.allocations, count.cold_allocations);
    format!(
        "## Allocations of a request\n\nIn total, and in brackets of the first request that a thread has, when no pool is filled.\n\n{}",
        all(counts, both, |_| true)
    )
}

/// Long input against the same small case.
pub(super) fn hostile(counts: &Counts) -> String {
    let subjects = Subject::ALL.map(Subject::name);
    let row = |(long, short): (&str, &str)| {
        let ratio = |subject: &&str| {
            let (long, short) = (counts.find(long, subject)?, counts.find(short, subject)?);
            Some(format!("{:.2}", long.instructions / short.instructions))
        };
        let cells = subjects.iter().map(|subject| ratio(subject).unwrap_or_default());
        (format!("{long}, to {short}"), cells.collect())
    };
    let echoed = counts.total("echo, 4,095 bytes of names", "cors_policy!").unwrap_or(f64::NAN) / 4095.0;
    format!(
        "## Hostile requests\n\nTotal instructions, to those of the same request with short input. Names are looked at only by a policy \
         that echoes them, and no more than 4,096 bytes of them: with all that a request takes, {echoed:.1} instructions a byte for the \
         longest list. A list that is longer, or has something else than names, is not echoed: no header of it is allowed.\n\n{}",
        table(&subjects, HOSTILE.into_iter().map(row).collect())
    )
}

fn all(counts: &Counts, cell: impl Fn(&Count) -> String, is_wanted: impl Fn(&str) -> bool) -> String {
    let subjects = Subject::ALL.map(Subject::name);
    let mut cases: Vec<&str> = counts.0.iter().map(|count| &*count.case).collect();
    // Those of one case stand together.
    cases.dedup();
    let row = |case: &str| {
        let cells = subjects.iter().map(|subject| counts.find(case, subject).map(&cell).unwrap_or_default());
        (case.to_owned(), cells.collect())
    };
    table(&subjects, cases.into_iter().filter(|case| is_wanted(case)).map(row).collect())
}

fn is_preflight(counts: &Counts, case: &str) -> bool {
    counts.find(case, "empty 204").is_some()
}
