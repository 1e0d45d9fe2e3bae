//! What a policy may cost at most.

use crate::counts::{Counts, Kept, Search};

const OURS: [&str; 4] = ["cors_policy!", "Cors::new", "three rules", "LiveCors"];

/// A limit, and what was measured.
pub(crate) struct Gate {
    what: &'static str,
    limit: f64,
    aim: Option<f64>,
    measured: f64,
    digits: usize,
}

impl Gate {
    pub(crate) fn holds(&self) -> bool {
        // As it is shown.
        let shift = 10_f64.powi(i32::try_from(self.digits).unwrap_or(0));
        (self.measured * shift).round() <= (self.limit * shift).round()
    }

    /// As a line of the page's table.
    pub(crate) fn row(&self) -> String {
        let digits = self.digits;
        let aim = self.aim.map(|aim| format!("{aim:.digits$}")).unwrap_or_default();
        let mark = if self.holds() { "" } else { " (not reached)" };
        format!("| {} | {:.digits$} | {aim} | {:.digits$}{mark} |", self.what, self.limit, self.measured)
    }
}

/// All, in the order of the page.
pub(crate) fn gates(counts: &Counts, searches: &[Search], kept: &[Kept]) -> Vec<Gate> {
    let ratio = |what, limit, aim, measured| Gate { what, limit, aim: Some(aim), measured, digits: 2 };
    let number = |what, limit, aim, measured| Gate { what, limit, aim, measured, digits: 0 };
    let added = |case| counts.added(case, "cors_policy!") / counts.added(case, "actix-cors");
    let total = |case| counts.of(case, "cors_policy!").instructions / counts.of(case, "actix-cors").instructions;
    let hit = |count| search(searches, count)[0];
    vec![
        number("allocations added to a request", 0.0, None, allocations_added(counts)),
        number(
            "allocations of a preflight, one of which an empty response takes",
            1.0,
            None,
            most(counts, "preflight"),
        ),
        number("allocations added to an inner middleware's error", 2.0, None, for_an_error(counts)),
        ratio("allowed GET: added, to what actix-cors adds", 0.45, 0.35, added("allowed GET")),
        ratio(
            "allowed GET: added, to what the floor adds",
            1.15,
            1.00,
            counts.added("allowed GET", "cors_policy!") / counts.added("allowed GET", "floor"),
        ),
        ratio("no `Origin`: added, to what actix-cors adds", 0.40, 0.30, added("no Origin")),
        ratio("refused GET: added, to what actix-cors adds", 0.32, 0.25, added("refused GET")),
        ratio("allowed preflight: total, to actix-cors", 0.35, 0.28, total("allowed preflight")),
        ratio("refused preflight: total, to actix-cors", 0.58, 0.50, total("refused preflight")),
        ratio("8 KiB of input: total, to the same small case", 1.05, 1.00, of_long_input(counts)),
        number(
            "1,000 origins instead of one: instructions more",
            120.0,
            Some(40.0),
            counts.added("GET, 1 of 1,000", "Cors::new") - counts.added("GET, 1 of 1 origin", "Cors::new"),
        ),
        ratio("1,000,000 origins: a search, to one in 10", 1.5, 1.2, hit(1_000_000) / hit(10)),
        number("bytes kept for an origin of 35 bytes", 60.0, Some(45.0), bytes(kept)),
    ]
}

fn search(searches: &[Search], count: usize) -> [f64; 3] {
    let search = searches.iter().find(|search| search.structure == "exact origins" && search.count == count);
    search.expect("a search that is made").instructions
}

fn allocations_added(counts: &Counts) -> f64 {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject) && count.case != "inner error");
    let added = ours.filter_map(|count| Some(count.allocations - counts.find(&count.case, "nothing")?.allocations));
    added.fold(f64::MIN, f64::max)
}

fn most(counts: &Counts, kind: &str) -> f64 {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject));
    let of_kind = ours.filter(|count| count.case.contains(kind) || count.case.contains("echo"));
    of_kind.map(|count| count.allocations).fold(f64::MIN, f64::max)
}

fn for_an_error(counts: &Counts) -> f64 {
    counts.of("inner error", "cors_policy!").allocations - counts.of("inner error", "nothing").allocations
}

fn of_long_input(counts: &Counts) -> f64 {
    let ratios = [
        ("GET, Origin of 8 KiB", "refused GET"),
        ("preflight, 8 KiB of commas", "allowed preflight"),
        ("preflight, 1,000 names", "allowed preflight"),
    ];
    let total = |case| counts.of(case, "cors_policy!").instructions;
    ratios.into_iter().map(|(long, short)| total(long) / total(short)).fold(f64::MIN, f64::max)
}

fn bytes(kept: &[Kept]) -> f64 {
    kept.iter().map(|kept| kept.bytes / kept.count).fold(f64::MIN, f64::max)
}
