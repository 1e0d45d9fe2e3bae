//! What a policy may cost at most.

use cors_benches::Subject;

use crate::counts::{Counts, Search};
use crate::end_to_end::EndToEnd;
use crate::measured::Measured;

const OURS: [&str; 4] = ["cors_policy!", "Cors::new", "three rules", "LiveCors"];

#[derive(Clone, Copy)]
enum Bound {
    AtMost,
    AtLeast,
}

/// A limit, and what was measured.
pub(crate) struct Gate {
    what: &'static str,
    bound: Bound,
    limit: f64,
    aim: Option<f64>,
    /// Nothing where nobody measured it yet.
    measured: Option<f64>,
    /// What it were without something that others leave out, and that something: a limit holds if this does.
    without: Option<(f64, &'static str)>,
    digits: usize,
}

impl Gate {
    pub(crate) fn holds(&self) -> bool {
        let digits = self.digits;
        // As it is shown.
        let shown = |number: f64| format!("{number:.digits$}").parse::<f64>().unwrap_or(number);
        let measured = self.without.map(|(measured, _)| measured).or(self.measured);
        measured.is_some_and(|measured| match self.bound {
            Bound::AtMost => shown(measured) <= self.limit,
            Bound::AtLeast => shown(measured) >= self.limit,
        })
    }

    /// As a line of the page's table.
    pub(crate) fn row(&self) -> String {
        let digits = self.digits;
        let shown = |number: Option<f64>| number.map(|number| format!("{number:.digits$}")).unwrap_or_default();
        let holds = if self.holds() { "yes" } else { "**no**" };
        let without = self.without.map(|(number, what)| format!("; {number:.digits$} without {what}"));
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
    let ratio = |what, most, aim, measured| limit(what, 2, most, Some(aim), Some(measured));
    let number = |what, most, aim, measured| limit(what, 0, most, aim, Some(measured));
    let but = |what, most, aim, ours: f64, theirs: f64, (cost, left_out)| Gate {
        without: Some(((ours - cost) / theirs, left_out)),
        ..ratio(what, most, aim, ours / theirs)
    };
    let clearing = (counts.clearing(), "clearing");
    let added_to = |other, what, most, aim, case| {
        but(what, most, aim, counts.added(case, "cors_policy!"), counts.added(case, other), clearing)
    };
    let total = |case| ["cors_policy!", "actix-cors"].map(|subject| counts.of(case, subject).instructions);
    let [allowed, allowed_by_theirs] = total("allowed preflight");
    let [refused, refused_by_theirs] = total("refused preflight");
    let vary = (counts.vary(), "`Vary`");
    let hit = |count| search(&measured.searches, count).instructions[0];
    let more = |subject| counts.added("GET, 1 of 1,000", subject) - counts.added("GET, 1 of 1 origin", subject);
    let more = more("cors_policy!").max(more("Cors::new"));
    let of_build = measured.build.as_ref();
    let expanded = of_build.and_then(|build| Some(build.seconds_for(10_000)? - build.seconds_for(1)?));
    let kilobytes = of_build.and_then(|build| Some(build.more(|program| program.bytes)? / 1000.0));
    let crates = of_build.and_then(|build| build.more(|program| program.crates_that_run as f64));
    let over_tcp = |to: Subject| {
        let ours = |one: &&EndToEnd| one.subject == Subject::InSource.name() && one.to == to.name();
        let ours = measured.end_to_end.iter().filter(ours).filter(|one| one.request.starts_with("allowed"));
        ours.map(|one| one.requests_for_processor_time).min_by(f64::total_cmp)
    };
    vec![
        number(
            "allocations added to a request, the first one of a thread too",
            0.0,
            None,
            allocations_added(counts, false),
        ),
        number("allocations of a preflight, one of which an empty response takes", 1.0, None, of_a_preflight(counts)),
        number("allocations added to an inner middleware's error", 2.0, None, allocations_added(counts, true)),
        added_to("actix-cors", "allowed GET: added, to what actix-cors adds", 0.45, 0.35, "allowed GET"),
        added_to("floor", "allowed GET: added, to what the floor adds", 1.15, 1.00, "allowed GET"),
        added_to("actix-cors", "no `Origin`: added, to what actix-cors adds", 0.40, 0.30, "no Origin"),
        added_to("actix-cors", "refused GET: added, to what actix-cors adds", 0.32, 0.25, "refused GET"),
        ratio("allowed preflight: total, to actix-cors", 0.35, 0.28, allowed / allowed_by_theirs),
        but("refused preflight: total, to actix-cors", 0.58, 0.50, refused, refused_by_theirs, vary),
        ratio("8 KiB of input: total, to the same small case", 1.05, 1.00, of_long_input(counts)),
        number("1,000 origins instead of one: instructions more", 120.0, Some(40.0), more),
        ratio("1,000,000 origins: a search, to one in 10", 1.5, 1.2, hit(1_000_000) / hit(10)),
        number("bytes kept for an origin of 35 bytes, its text included", 60.0, Some(45.0), bytes(measured)),
        limit("10,000 origins in source instead of one: seconds more of `cargo check`", 1, 2.0, None, expanded),
        limit("kilobytes more of a release program, stripped", 0, 60.0, Some(30.0), kilobytes),
        limit("crates more that run", 0, 2.0, None, crates),
        Gate {
            what: "requests over TCP for a second of processor time, to no middleware",
            bound: Bound::AtLeast,
            limit: 0.99,
            aim: None,
            measured: over_tcp(Subject::Nothing),
            without: over_tcp(Subject::ByHand).map(|to_by_hand| (to_by_hand, "the headers themselves")),
            digits: 2,
        },
    ]
}

/// The pairs of a hostile request and the same small one.
pub(crate) const HOSTILE: [(&str, &str); 6] = [
    ("GET, Origin of 8 KiB", "refused GET"),
    ("preflight, 8 KiB of commas", "allowed preflight"),
    ("preflight, 1,000 names", "allowed preflight"),
    ("echo, 4,095 bytes of names", "echo, 2 names"),
    ("echo, 8 KiB of commas", "echo, 2 names"),
    ("echo, 1,000 names", "echo, 2 names"),
];

fn search(searches: &[Search], count: usize) -> &Search {
    let search = searches.iter().find(|search| search.structure == "exact origins" && search.count == count);
    search.expect("a search that is made")
}

/// The most, warm or cold.
fn allocations_added(counts: &Counts, of_an_error: bool) -> f64 {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject));
    let ours = ours.filter(|count| (count.case == "inner error") == of_an_error);
    let added = ours.filter_map(|count| {
        let without = counts.without(&count.case, &count.subject)?;
        let warm = count.allocations - without.allocations;
        Some(warm.max(count.cold_allocations - without.cold_allocations))
    });
    added.fold(f64::MIN, f64::max)
}

fn of_a_preflight(counts: &Counts) -> f64 {
    let ours = counts.0.iter().filter(|count| OURS.contains(&&*count.subject));
    let preflights = ours.filter(|count| counts.find(&count.case, "empty 204").is_some());
    preflights.map(|count| count.allocations).fold(f64::MIN, f64::max)
}

/// The lists that are not echoed.
fn of_long_input(counts: &Counts) -> f64 {
    let total = |case| counts.of(case, "cors_policy!").instructions;
    let ratios = HOSTILE.into_iter().filter(|(long, _)| !long.starts_with("echo"));
    ratios.map(|(long, short)| total(long) / total(short)).fold(f64::MIN, f64::max)
}

/// In the longest list.
fn bytes(measured: &Measured) -> f64 {
    let longest = measured.kept.iter().max_by(|one, other| one.count.total_cmp(&other.count));
    longest.map_or(f64::NAN, |kept| kept.bytes / kept.count)
}
