//! What each subject takes in each case.

use super::{grouped, table};
use crate::counts::{Count, Counts};
use crate::gates::HOSTILE;

/// What is without a policy, this project's, and those that it is compared with.
const COMPARED: [&str; 8] = [
    "nothing",
    "empty 204",
    "cors_policy!",
    "Cors::new",
    "three rules",
    "Cors::replaceable",
    "actix-cors",
    "tower-http",
];

/// What is between no middleware and a whole one.
const LEAST: [&str; 8] = [
    "empty 204, Vary",
    "by hand",
    "by hand, append",
    "floor",
    "floor, append",
    "floor, clearing",
    "cors_policy!",
    "tower alone",
];

/// Of allocations, those of ours are the same.
const ALLOCATING: [&str; 6] = ["nothing", "empty 204", "cors_policy!", "actix-cors", "tower alone", "tower-http"];

pub(super) fn instructions(counts: &Counts) -> String {
    let added = |count: &Count| match &*count.subject {
        "nothing" | "tower alone" => grouped(count.instructions),
        _ => counts.added(&count.case, &count.subject).map(grouped).unwrap_or_default(),
    };
    let total = |count: &Count| grouped(count.instructions);
    format!(
        "## Instructions of a request\n\nThe column `nothing` is the total, the others are added to it:\n\n{}\n\
         Preflights, in total:\n\n{}\n\
         The least possible work, and tower's service alone, in total:\n\n{}",
        all(counts, &COMPARED, added, |case| !is_preflight(counts, case)),
        all(counts, &COMPARED, total, |case| is_preflight(counts, case)),
        all(counts, &LEAST, total, |case| ["allowed GET", "refused preflight"].contains(&case)),
    )
}

pub(super) fn allocations(counts: &Counts) -> String {
    let both = |count: &Count| format!("{} ({})", count.allocations, count.cold_allocations);
    format!(
        "## Allocations of a request\n\nIn total; in brackets for the first request of a thread, when the pools are empty. All policies of this \
         project need the same.\n\n{}",
        all(counts, &ALLOCATING, both, |_| true)
    )
}

/// Long input against the same small case.
pub(super) fn hostile(counts: &Counts) -> String {
    let row = |(long, short): (&str, &str)| {
        let ratio = |subject: &&str| {
            let (long, short) = (counts.find(long, subject)?, counts.find(short, subject)?);
            Some(format!("{:.2}", long.instructions / short.instructions))
        };
        let cells = COMPARED[2..].iter().map(|subject| ratio(subject).unwrap_or_default());
        (format!("{long}, to {short}"), cells.collect())
    };
    let echoed = counts.total("echo, 4,095 bytes of names", "cors_policy!").unwrap_or(f64::NAN) / 4095.0;
    format!(
        "## Hostile requests\n\nRatio of the total instructions to those of the same request with short input. Only a policy that echoes \
         names reads them, and at most 4,096 bytes: {echoed:.1} instructions a byte for the longest list, with the \
         whole request. A longer or malformed list is not echoed, so none of its headers is allowed.\n\n{}",
        table(&COMPARED[2..], HOSTILE.into_iter().map(row).collect())
    )
}

fn all(
    counts: &Counts,
    subjects: &[&str],
    cell: impl Fn(&Count) -> String,
    is_wanted: impl Fn(&str) -> bool,
) -> String {
    let mut cases: Vec<&str> = counts.0.iter().map(|count| &*count.case).collect();
    // Those of one case stand together.
    cases.dedup();
    let row = |case: &str| {
        let cells = subjects.iter().map(|subject| counts.find(case, subject).map(&cell).unwrap_or_default());
        (case.to_owned(), cells.collect())
    };
    table(subjects, cases.into_iter().filter(|case| is_wanted(case)).map(row).collect())
}

fn is_preflight(counts: &Counts, case: &str) -> bool {
    counts.find(case, "empty 204").is_some()
}
