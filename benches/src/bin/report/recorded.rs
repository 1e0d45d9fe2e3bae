//! The counts of the main cases as they were, and whether they still are.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;
use std::{fs, io};

use cors_benches::{Case, Subject};
use toml::Table;

use crate::callgrind::{Callgrind, at_once};
use crate::counts::{Count, Counts};
use crate::gates::{OURS, PATTERNS, WORST_SEARCH};

const FILE: &str = "benches/recorded.toml";
const TOLERATED: f64 = 0.02;

const CASES: [&str; 13] = [
    "no Origin",
    "allowed GET",
    "refused GET",
    "allowed preflight",
    "refused preflight",
    "handler with CORS headers",
    "inner error",
    "GET, Origin of 8 KiB",
    "GET, Origin of 120 KiB",
    "preflight, 1,000 names",
    "echo, 4,095 bytes of names",
    "GET, 1 of 10",
    "GET, 1 of 1,000",
];

/// What makes counts comparable.
#[derive(PartialEq)]
struct Made {
    rustc: String,
    lock: String,
}

impl Made {
    fn now() -> io::Result<Self> {
        let rustc = Command::new("rustc").arg("--version").output()?;
        let mut hasher = DefaultHasher::new();
        fs::read("Cargo.lock")?.hash(&mut hasher);
        let rustc = String::from_utf8_lossy(&rustc.stdout).trim().to_owned();
        Ok(Self { rustc, lock: format!("{:016x}", hasher.finish()) })
    }
}

/// Each case with each subject that has it.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let has = |case: &str, subject: &str| Some(Subject::named(subject)?.serve(&Case::named(case)?).is_some());
    let of_case = |case: &'static str| OURS.map(|subject| (case, subject));
    CASES.into_iter().flat_map(of_case).filter(move |(case, subject)| has(case, subject) == Some(true))
}

/// Writes down what the main cases take, and says what changed.
pub(crate) fn record(callgrind: &Callgrind) -> io::Result<()> {
    let was: Table = fs::read_to_string(FILE).unwrap_or_default().parse().map_err(io::Error::other)?;
    let (made, counts) = (Made::now()?, main_cases(callgrind)?);
    let mut text = String::from(
        "# Instructions that are added to a request. `./bench --record` writes this file, `./bench --check` reads it.\n",
    );
    let mut line = |line: String| writeln!(text, "{line}").map_err(io::Error::other);
    line(format!("rustc = \"{}\"\ncargo-lock = \"{}\"", made.rustc, made.lock))?;
    for case in CASES {
        line(format!("\n[\"{case}\"]"))?;
        for (_, subject) in pairs().filter(|(of, _)| *of == case) {
            let is = added(&counts, case, subject)?;
            line(format!("\"{subject}\" = {is:.0}"))?;
            match recorded(&was, case, subject) {
                Some(was) if (is / was - 1.0).abs() <= TOLERATED => {}
                Some(was) => println!("{}", change(case, subject, was, is)),
                None => println!("{subject}, {case}: {is:.0} instructions, for the first time"),
            }
        }
    }
    fs::write(FILE, text)
}

/// Compares.
///
/// # Errors
///
/// What takes more than it did, beyond what moves by itself; or why that cannot be told.
pub(crate) fn check(callgrind: &Callgrind) -> io::Result<()> {
    let then: Table = fs::read_to_string(FILE)?.parse().map_err(io::Error::other)?;
    let text = |key| then.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let (made, now) = (Made { rustc: text("rustc"), lock: text("cargo-lock") }, Made::now()?);
    if made != now {
        let of = |differs, what| if differs { what } else { "" };
        return Err(io::Error::other(format!(
            "{FILE} was recorded with another{}{}: look at ./bench, then record anew by ./bench --record",
            of(made.rustc != now.rustc, " compiler"),
            of(made.lock != now.lock, " Cargo.lock"),
        )));
    }
    let entries: usize = then.values().filter_map(|case| case.as_table()).map(Table::len).sum();
    if entries != pairs().count() {
        let error =
            format!("{FILE} has {entries} counts, and {} cases are compared: ./bench --record", pairs().count());
        return Err(io::Error::other(error));
    }
    let counts = main_cases(callgrind)?;
    let mut grown = String::new();
    let worst = callgrind.worst_search(PATTERNS)?;
    if worst > WORST_SEARCH {
        grown = format!("\n  the worst search: {worst:.0} instructions, and {WORST_SEARCH:.0} are the limit");
    }
    for (case, subject) in pairs() {
        let was = recorded(&then, case, subject);
        let was = was.ok_or_else(|| io::Error::other(format!("{FILE} lacks {subject} in {case}: ./bench --record")))?;
        let is = added(&counts, case, subject)?;
        if is > was * (1.0 + TOLERATED) {
            grown = grown + "\n  " + &change(case, subject, was, is);
        } else if is < was * (1.0 - TOLERATED) {
            println!("better, and worth a ./bench --record: {}", change(case, subject, was, is));
        }
    }
    if grown.is_empty() { Ok(()) } else { Err(io::Error::other(format!("a policy costs more than it did:{grown}"))) }
}

fn recorded(table: &Table, case: &str, subject: &str) -> Option<f64> {
    Some(table.get(case)?.get(subject)?.as_integer()? as f64)
}

fn added(counts: &Counts, case: &str, subject: &str) -> io::Result<f64> {
    counts.added(case, subject).ok_or_else(|| io::Error::other(format!("{subject} has no {case}")))
}

fn change(case: &str, subject: &str, was: f64, is: f64) -> String {
    format!("{subject}, {case}: {was:.0} instructions became {is:.0} ({:+.1} %)", 100.0 * (is / was - 1.0))
}

fn main_cases(callgrind: &Callgrind) -> io::Result<Counts> {
    let without = |case: &'static str| {
        let is_preflight = Case::named(case).is_some_and(|case| case.method == "OPTIONS");
        (case, if is_preflight { "empty 204" } else { "nothing" })
    };
    let wanted: Vec<_> = pairs().chain(CASES.map(without)).collect();
    let count = |(case, subject): &(&str, &str)| {
        let instructions = callgrind.request(case, subject)?;
        Ok(Count {
            case: (*case).into(),
            subject: (*subject).into(),
            instructions,
            allocations: 0.0,
            cold_allocations: 0.0,
        })
    };
    at_once(&wanted, count).map(Counts)
}
