//! What one comes for: the sum, beside the rivals.

use super::{grouped, table};
use crate::counts::Counts;
use crate::measured::Measured;

/// This project and those beside it, as the page's first table calls them.
const COLUMNS: [(&str, &str); 4] = [
    ("this project", "cors_policy!"),
    ("actix-cors", "actix-cors"),
    ("tower-http", "tower-http"),
    ("headers by hand", "by hand"),
];

const CASES: [(&str, &str); 6] = [
    ("no `Origin` header", "no Origin"),
    ("a GET that is allowed", "allowed GET"),
    ("the same, 1,000 origins listed", "GET, 1 of 1,000"),
    ("a GET that is refused", "refused GET"),
    ("a preflight that is allowed, in all", "allowed preflight"),
    ("a preflight that asks for 1,000 names, in all", "preflight, 1,000 names"),
];

pub(super) fn section(measured: &Measured) -> String {
    let counts = &measured.requests;
    let share = |other| {
        let ratio = counts.added("allowed GET", "cors_policy!").zip(counts.added("allowed GET", other));
        ratio.map_or(f64::NAN, |(ours, theirs)| 100.0 * ours / theirs)
    };
    let allocations = |subject| allocations(counts, "allowed GET", subject).unwrap_or(f64::NAN);
    let rows = CASES.map(|(name, case)| {
        let number =
            |subject| if name.ends_with("in all") { counts.total(case, subject) } else { counts.added(case, subject) };
        let cell = |(_, subject)| number(subject).map(grouped).unwrap_or_default();
        (name.to_owned(), COLUMNS.map(cell).into())
    });
    let allocated = COLUMNS.map(|(_, subject)| allocations(subject)).map(|number| format!("{number:.0}"));
    let rows = rows.into_iter().chain([("allocations, for a GET that is allowed".to_owned(), allocated.into())]);
    format!(
        "# What a policy costs\n\n\
         A policy adds {:.0} % of the instructions of actix-cors to an allowed request, and {:.0} % of those of \
         tower-http. It adds no allocation, and finds one of a thousand origins as fast as one of ten.\n\n\
         Instructions added to a request:\n\n{}\n\
         ![Instructions of a search against the number of origins](performance.svg)\n",
        share("actix-cors"),
        share("tower-http"),
        table(&COLUMNS.map(|(name, _)| name), rows.collect()),
    )
}

fn allocations(counts: &Counts, case: &str, subject: &str) -> Option<f64> {
    Some(counts.find(case, subject)?.allocations - counts.without(case, subject)?.allocations)
}
