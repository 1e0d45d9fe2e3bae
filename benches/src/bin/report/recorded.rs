//! The counts of the main cases as they were, and whether they still are.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;
use std::{fs, io};

use toml::Table;

use crate::callgrind::{Callgrind, at_once};
use crate::counts::{Count, Counts};

const FILE: &str = "benches/recorded.toml";
const TOLERATED: f64 = 0.02;

const CASES: [&str; 8] = [
    "no Origin",
    "allowed GET",
    "refused GET",
    "allowed preflight",
    "refused preflight",
    "handler with CORS headers",
    "GET, 1 of 10",
    "GET, 1 of 1,000",
];
const OURS: [&str; 4] = ["cors_policy!", "Cors::new", "three rules", "LiveCors"];

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

/// Each case with each subject that has it: the three rules allow one origin.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_case = |case: &'static str| OURS.map(|subject| (case, subject));
    CASES.into_iter().flat_map(of_case).filter(|(case, subject)| *subject != "three rules" || !case.contains(" of "))
}

/// Writes down what the main cases take.
pub(crate) fn record(callgrind: &Callgrind) -> io::Result<()> {
    let (made, counts) = (Made::now()?, main_cases(callgrind)?);
    let mut text = String::from(
        "# Instructions that are added to a request. `./bench --record` writes this file, `./bench --check` reads it.\n",
    );
    let mut line = |line: String| writeln!(text, "{line}").map_err(io::Error::other);
    line(format!("rustc = \"{}\"\ncargo-lock = \"{}\"", made.rustc, made.lock))?;
    for case in CASES {
        line(format!("\n[\"{case}\"]"))?;
        for (_, subject) in pairs().filter(|(of, _)| *of == case) {
            line(format!("\"{subject}\" = {:.0}", counts.added(case, subject)))?;
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
    let recorded: Table = fs::read_to_string(FILE)?.parse().map_err(io::Error::other)?;
    let text = |key| recorded.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let (then, now) = (Made { rustc: text("rustc"), lock: text("cargo-lock") }, Made::now()?);
    if then != now {
        let of = |differs, what| if differs { what } else { "" };
        return Err(io::Error::other(format!(
            "{FILE} was recorded with another{}{}: look at ./bench, then record anew by ./bench --record",
            of(then.rustc != now.rustc, " compiler"),
            of(then.lock != now.lock, " Cargo.lock"),
        )));
    }
    let counts = main_cases(callgrind)?;
    let mut grown = String::new();
    for (case, subject) in pairs() {
        let was = recorded.get(case).and_then(|case| case.get(subject)).and_then(|count| count.as_integer());
        let was = was.ok_or_else(|| io::Error::other(format!("{FILE} lacks {subject} in {case}: ./bench --record")))?;
        let (was, is) = (was as f64, counts.added(case, subject));
        let change =
            format!("{subject}, {case}: {was:.0} instructions became {is:.0} ({:+.1} %)", 100.0 * (is / was - 1.0));
        if is > was * (1.0 + TOLERATED) {
            grown = grown + "\n  " + &change;
        } else if is < was * (1.0 - TOLERATED) {
            println!("better, and worth a ./bench --record: {change}");
        }
    }
    if grown.is_empty() { Ok(()) } else { Err(io::Error::other(format!("a policy costs more than it did:{grown}"))) }
}

fn main_cases(callgrind: &Callgrind) -> io::Result<Counts> {
    let without = |case: &'static str| (case, if case.ends_with("preflight") { "empty 204" } else { "nothing" });
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
