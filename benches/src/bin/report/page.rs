//! `docs/performance.md`.

use crate::counts::{Count, Counts, Search};
use crate::gates::Gate;

pub(crate) const FILE: &str = "docs/performance.md";

const HOW: &str = "\
# What a policy costs

`./bench` measures, and writes this page. The same requests go to the same service of actix-web: without a policy, with headers set by
hand, under this project's middleware, and under that of others. Requests are made beforehand, with header values as slices of one
buffer, as the decoder of HTTP/1 makes them; each is sent after fifty others. Callgrind counts the instructions of the service's work, so
they do not depend on the machine's speed or load, and repeat to a fraction of a percent. The floor is middleware that sets three headers and
looks at nothing. What is added is counted from the service without a policy, and for a preflight from middleware that answers all by
an empty 204. A test (`benches/tests/likeness.rs`) holds what each answers in each case.

Those others neither take away what a handler set nor merge `Vary`. For a preflight that is refused actix-cors responds by 400, and by
neither status nor headers does a browser tell the difference.
";

/// The whole page.
pub(crate) fn write(counts: &Counts, searches: &[Search], gates: &[Gate], times: &str) -> String {
    let gates: Vec<_> = gates.iter().map(Gate::row).collect();
    [
        HOW,
        "\n## Limits\n\nInstructions, unless it says otherwise.\n\n| | limit | aim | measured |\n|---|---|---|---|\n",
        &gates.join("\n"),
        "\n\n## Instructions of a request\n\n",
        &table(counts, |count| grouped(count.instructions)),
        "\n## Allocations of a request\n\n",
        &table(counts, |count| grouped(count.allocations)),
        "\n## Is this origin allowed?\n\n",
        "![Instructions of a search against the number of origins](performance.svg)\n\n",
        "Instructions of one search: of an origin that is listed, of one that looks alike, and of 253 bytes of host in labels of one \
         letter. A pattern's host is found label by label, so a stranger decides how many labels are looked for, up to what fits into a host.\n\n",
        &search_table(searches),
        "\n",
        times,
    ]
    .concat()
}

fn table(counts: &Counts, cell: impl Fn(&Count) -> String) -> String {
    let subjects = counts.subjects();
    let head = format!("| | {} |\n|---|{}\n", subjects.join(" | "), "---|".repeat(subjects.len()));
    let row = |case: &str| {
        let cells = subjects.iter().map(|subject| counts.find(case, subject).map(&cell).unwrap_or_default());
        format!("| {case} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    head + &counts.cases().into_iter().map(row).collect::<String>()
}

fn search_table(searches: &[Search]) -> String {
    let row = |search: &Search| {
        let [hit, miss, worst] = search.instructions.map(grouped);
        format!("| {} | {} | {hit} | {miss} | {worst} |\n", search.structure, grouped(search.count as f64))
    };
    let mut sorted: Vec<_> = searches.iter().collect();
    sorted.sort_by_key(|search| (search.structure, search.count));
    format!(
        "| | origins | hit | miss | worst |\n|---|---|---|---|---|\n{}",
        sorted.into_iter().map(row).collect::<String>()
    )
}

/// A whole number with commas: `1,530,000`.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
