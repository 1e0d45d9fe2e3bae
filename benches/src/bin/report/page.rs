//! `docs/performance.md`.

mod requests;
mod result;
mod searches;
mod whole;

#[cfg(test)]
use crate::counts::Counts;
use crate::gates::Gate;
use crate::measured::Measured;

pub(crate) const FILE: &str = "docs/performance.md";

const HOW: &str = include_str!("../../../how.md");

/// The whole page: the result, then how it was measured, then everything.
pub(crate) fn write(measured: &Measured, gates: &[Gate]) -> String {
    let rows: Vec<_> = gates.iter().map(Gate::row).collect();
    let limits = format!(
        "## Limits\n\n`./bench` fails if a limit is exceeded. Numbers are instructions, unless the case says otherwise.\n\n\
         | case | limit | aim | measured | holds |\n|---|---|---|---|---|\n{}\n",
        rows.join("\n")
    );
    let parts = [
        result::section(measured),
        HOW.to_owned(),
        format!("Counted with {}.\n", measured.counted_with),
        limits,
        requests::instructions(&measured.requests),
        requests::allocations(&measured.requests),
        requests::hostile(&measured.requests),
        searches::section(measured),
        whole::times(&measured.times),
        measured.build.as_ref().map(whole::build).unwrap_or_default(),
        whole::end_to_end(&measured.end_to_end),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What README.md says of it: rounded to ten instructions.
#[cfg(test)]
pub(crate) fn sentence_of_readme(counts: &Counts) -> String {
    let added = |subject| {
        let added = counts.added("allowed GET", subject).unwrap_or(f64::NAN);
        grouped((added / 10.0).round() * 10.0)
    };
    format!(
        "adds {} instructions to an allowed request, where actix-cors adds {}",
        added("cors_policy!"),
        added("actix-cors")
    )
}

/// A table, whose columns are left out where no row has anything.
fn table(columns: &[&str], rows: Vec<(String, Vec<String>)>) -> String {
    let used: Vec<_> =
        (0..columns.len()).filter(|column| rows.iter().any(|(_, row)| !row[*column].is_empty())).collect();
    let line = |first: &str, cells: Vec<&str>| format!("| {first} | {} |\n", cells.join(" | "));
    let mut table = line("case", used.iter().map(|column| columns[*column]).collect());
    table += &format!("|---|{}\n", "--:|".repeat(used.len()));
    for (name, cells) in &rows {
        table += &line(name, used.iter().map(|column| &*cells[*column]).collect());
    }
    table
}

/// A whole number with commas: `1,530,000`.
fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut grouped = String::from(if number < -0.5 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
