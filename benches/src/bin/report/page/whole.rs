//! Times of requests, of builds, and of requests over TCP.

use super::{grouped, table};
use crate::build::{Build, Program};
use crate::end_to_end::{EndToEnd, PAIRS};
use crate::time::{self, Time};

pub(super) fn times(times: &[Time]) -> String {
    let subjects = ["by hand", "floor", "cors_policy!", "Cors::new", "three rules", "Cors::replaceable", "actix-cors"];
    let mut cases: Vec<&str> = times.iter().map(|time| &*time.group).collect();
    cases.dedup();
    let row = |case: &str| {
        let without = ["nothing", "empty 204"].iter().find_map(|without| time::of(times, case, without))?;
        let ratio = |subject: &&str| time::of(times, case, subject).map(|time| format!("{:.2}", time / without));
        let cells = subjects.iter().map(|subject| ratio(subject).unwrap_or_default());
        Some((case.to_owned(), cells.collect()))
    };
    let rows: Vec<_> = cases.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "## Time\n\nRatio to the time of the same request without a policy, for a preflight to an empty 204, each in its \
         fastest sample. Times differ by several hundredths between runs, and more on a shared machine, so the \
         limits are for instructions.\n\n{}",
        table(&subjects, rows)
    )
}

pub(super) fn build(build: &Build) -> String {
    let seconds = |seconds: f64| format!("{seconds:.1}");
    let expanded =
        [("origin", &build.origins), ("policy of 10", &build.policies)].into_iter().flat_map(|(what, all)| {
            all.iter().map(move |one| (format!("{} × {what}", grouped(one.count as f64)), vec![seconds(one.seconds)]))
        });
    let program = |program: &Program| {
        let cells = vec![
            program.crates.to_string(),
            program.crates_that_run.to_string(),
            grouped(program.bytes / 1000.0),
            format!("{:.0}", program.debug_seconds),
            format!("{:.0}", program.release_seconds),
            seconds(program.incremental_seconds),
        ];
        (program.name.clone(), cells)
    };
    let columns = ["crates", "crates that run", "kB, stripped", "s, debug", "s, release", "s, after a change"];
    format!(
        "## Build\n\nSeconds of `cargo check` after a change of the program:\n\n{}\n\
         A small program with actix-web, and the time of its build after actix-web is built. The procedural macro \
         contains the list of public suffixes; the program does not.\n\n{}",
        table(&["s"], expanded.collect()),
        table(&columns, build.programs.iter().map(program).collect()),
    )
}

pub(super) fn end_to_end(measured: &[EndToEnd]) -> String {
    if measured.is_empty() {
        return String::new();
    }
    let row = |one: &EndToEnd| {
        let numbers = [one.requests_for_processor_time, one.requests_a_second, one.median_latency, one.latency_of_99];
        (
            format!("{}: {}, to {}", one.request, one.subject, one.to),
            numbers.map(|number| format!("{number:.2}")).into(),
        )
    };
    format!(
        "## Over TCP\n\nRatios of the first to the second, measured by wrk over loopback with 32 connections and one worker, \
         medians of {PAIRS} pairs. *Processor* is requests for a second of the server's processor time; both \
         servers run at the same time and share a processor, so a slow machine slows both. *Requests* a second, \
         and the latencies *median* and *99 %*, are from servers that run in turns; on a shared machine requests \
         differ by several hundredths, and latencies by tenths, as the comparison of `nothing` with itself shows. \
         The kernel and the parser take most of the time of a request.\n\n\
         `nothing` is the same app without middleware; its handler also answers OPTIONS, and sends none of the \
         headers. The handlers of `by hand` append the headers that the policy sends, and check nothing. So for \
         the limit against `nothing`, the number without the headers themselves is the comparison with `by hand`. \
         actix-cors refuses the long list of names.\n\n{}",
        table(&["processor", "requests", "median", "99 %"], measured.iter().map(row).collect())
    )
}
