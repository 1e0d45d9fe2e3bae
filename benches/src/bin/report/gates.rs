//! What a policy may cost at most.

use cors_benches::Subject;

use crate::counts::{Count, Counts, Search};
use crate::measured::Measured;

/// This project's subjects. What compares with another is the first one's.
pub(crate) const OURS: [&str; 4] = ["cors_policy!", "Cors::new", "three rules", "Cors::replaceable"];

#[derive(Clone, Copy)]
enum Bound {
    AtMost,
    AtLeast,
}

/// A limit, and what was measured; nothing where nobody measured it.
pub(crate) struct Gate {
    what: &'static str,
    bound: Bound,
    limit: f64,
    aim: Option<f64>,
    measured: Option<f64>,
    /// What it were without something that others leave out, and that something: a limit holds if this does.
    without: Option<(Option<f64>, &'static str)>,
    digits: usize,
}

impl Gate {
    pub(crate) fn holds(&self) -> bool {
        let decides = self.without.map_or(self.measured, |(measured, _)| measured);
        decides.zip(self.measured).is_some_and(|(decides, _)| match self.bound {
            Bound::AtMost => decides <= self.limit,
            Bound::AtLeast => decides >= self.limit,
        })
    }

    /// As a line of the page's table.
    pub(crate) fn row(&self) -> String {
        let digits = self.digits;
        let shown = |number: Option<f64>| number.map(|number| format!("{number:.digits$}")).unwrap_or_default();
        let holds = if self.holds() { "yes" } else { "**no**" };
        let without = self.without.map(|(number, what)| format!("; {} without {what}", shown(number)));
        format!(
            "| {} | {:.digits$} | {} | {}{} | {holds} |",
            self.what,
            self.limit,
            shown(self.aim),
            shown(self.measured),
            without.unwrap_or_default()
        )
    }
}

/// All, in the order of the page.
pub(crate) fn gates(measured: &Measured) -> Vec<Gate> {
    let counts = &measured.requests;
    let limit = |what, digits, limit, aim, measured| Gate {
        what,
        bound: Bound::AtMost,
        limit,
        aim,
        measured,
        without: None,
        digits,
    };
    let ratio = |what, most, aim, measured| limit(what, 2, most, Some(aim), measured);
    let number = |what, most, aim, measured| limit(what, 0, most, aim, measured);
    let but = |what, most, aim, [ours, theirs]: [Option<f64>; 2], (cost, left_out): (Option<f64>, _)| {
        let ratio_less = |cost: f64| Some((ours? - cost) / theirs?);
        Gate { without: Some((cost.and_then(ratio_less), left_out)), ..ratio(what, most, aim, ratio_less(0.0)) }
    };
    let clearing = (counts.clearing(), "clearing");
    let added_to = |other, what, most, aim, case| {
        but(what, most, aim, [OURS[0], other].map(|subject| counts.added(case, subject)), clearing)
    };
    let total = |case| [OURS[0], "actix-cors"].map(|subject| counts.total(case, subject));
    let vary = (counts.vary(), "`Vary`");
    let of_preflights = |case| {
        let [ours, theirs] = total(case);
        Some(ours? / theirs?)
    };
    let hit = |structure, count| search(&measured.searches, structure, count).map(|search| search.instructions[0]);
    let hit_exact = |count| hit("exact origins", count);
    let more = |subject| Some(counts.added("GET, 1 of 1,000", subject)? - counts.added("GET, 1 of 1 origin", subject)?);
    let more = [OURS[0], OURS[1]].map(more).into_iter().collect::<Option<Vec<f64>>>().and_then(largest);
    let of_build = measured.build.as_ref();
    let expanded = of_build.and_then(|build| Some(build.seconds_for(10_000)? - build.seconds_for(1)?));
    let kilobytes = of_build.and_then(|build| Some(build.more(|program| program.bytes)? / 1000.0));
    let crates = of_build.and_then(|build| build.more(|program| program.crates_that_run as f64));
    vec![
        number(
            "allocations added to a request, also to the first one of a thread",
            0.0,
            None,
            allocations_added(counts, false),
        ),
        number("allocations of a preflight, of which an empty response needs one", 1.0, None, of_a_preflight(counts)),
        number("allocations added to an inner middleware's error", 2.0, None, allocations_added(counts, true)),
        added_to("actix-cors", "allowed GET: added, to what actix-cors adds", 0.45, 0.35, "allowed GET"),
        added_to("floor", "allowed GET: added, to what the floor adds", 1.15, 1.00, "allowed GET"),
        added_to("actix-cors", "no `Origin`: added, to what actix-cors adds", 0.40, 0.30, "no Origin"),
        added_to("actix-cors", "refused GET: added, to what actix-cors adds", 0.32, 0.25, "refused GET"),
        ratio("allowed preflight: total, to actix-cors", 0.35, 0.28, of_preflights("allowed preflight")),
        but("refused preflight: total, to actix-cors", 0.58, 0.50, total("refused preflight"), vary),
        ratio("8 KiB, not echoed: total, to the same request with short input", 1.05, 1.00, of_long_input(counts)),
        number("1,000 origins instead of one: additional instructions", 120.0, Some(40.0), more),
        ratio(
            "1,000,000 origins: a search, to one in 10",
            1.5,
            1.2,
            hit_exact(1_000_000).zip(hit_exact(10)).map(|(m, n)| m / n),
        ),
        number("100,000 patterns: a search", 600.0, Some(450.0), hit("patterns", 100_000)),
        number(
            "patterns of all lengths: the worst search for 253 bytes",
            WORST_SEARCH,
            Some(1000.0),
            measured.worst_search,
        ),
        number("bytes in memory for an origin of 35 bytes, including its text", 60.0, Some(45.0), bytes(measured)),
        limit("10,000 origins in source instead of one: additional seconds of `cargo check`", 1, 2.0, None, expanded),
        limit("additional kilobytes of a release program, stripped", 0, 60.0, Some(30.0), kilobytes),
        limit("additional crates at run time", 0, 2.0, None, crates),
        Gate {
            what: "requests over TCP for a second of processor time, to no middleware",
            bound: Bound::AtLeast,
            limit: 0.99,
            aim: None,
            measured: over_tcp(measured, Subject::Nothing),
            without: Some((over_tcp(measured, Subject::ByHand), "the headers themselves")),
            digits: 2,
        },
    ]
}

/// Instructions of the worst search, in so many patterns of all lengths.
pub(crate) const WORST_SEARCH: f64 = 2000.0;
pub(crate) const PATTERNS: usize = 480;

/// The pairs of a hostile request and the same small one.
pub(crate) const HOSTILE: [(&str, &str); 6] = [
    ("GET, Origin of 8 KiB", "refused GET"),
    ("preflight, 8 KiB of commas", "allowed preflight"),
    ("preflight, 1,000 names", "allowed preflight"),
    ("echo, 4,095 bytes of names", "echo, 2 names"),
    ("echo, 8 KiB of commas", "echo, 2 names"),
    ("echo, 1,000 names", "echo, 2 names"),
];

fn search<'s>(searches: &'s [Search], structure: &str, count: usize) -> Option<&'s Search> {
    searches.iter().find(|search| search.structure == structure && search.count == count)
}

fn largest(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    numbers.into_iter().max_by(f64::total_cmp)
}

/// Of all that is this project's, the most, warm or cold.
fn allocations_added(counts: &Counts, of_an_error: bool) -> Option<f64> {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject));
    let ours = ours.filter(|count| (count.case == "inner error") == of_an_error);
    let added = |count: &Count| {
        let without = counts.without(&count.case, &count.subject)?;
        let warm = count.allocations - without.allocations;
        Some(warm.max(count.cold_allocations - without.cold_allocations))
    };
    largest(ours.map(added).collect::<Option<Vec<_>>>()?)
}

fn of_a_preflight(counts: &Counts) -> Option<f64> {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject));
    let preflights = ours.filter(|count| counts.find(&count.case, "empty 204").is_some());
    largest(preflights.map(|count| count.allocations))
}

/// The lists that are not echoed.
fn of_long_input(counts: &Counts) -> Option<f64> {
    let ratio = |(long, short)| Some(counts.total(long, OURS[0])? / counts.total(short, OURS[0])?);
    let ratios = HOSTILE.into_iter().filter(|(long, _)| !long.starts_with("echo")).map(ratio);
    largest(ratios.collect::<Option<Vec<_>>>()?)
}

/// In the longest list.
fn bytes(measured: &Measured) -> Option<f64> {
    let longest = measured.kept.iter().max_by(|one, other| one.count.total_cmp(&other.count));
    longest.map(|kept| kept.bytes / kept.count)
}

/// Of an allowed GET and an allowed preflight, the one that is slower.
fn over_tcp(measured: &Measured, to: Subject) -> Option<f64> {
    let ratio = |request: &str| {
        let mut all = measured.end_to_end.iter();
        let found = all.find(|one| one.request == request && one.subject == OURS[0] && one.to == to.name())?;
        Some(found.requests_for_processor_time)
    };
    ratio("allowed GET").zip(ratio("allowed preflight")).map(|(get, preflight)| get.min(preflight))
}
