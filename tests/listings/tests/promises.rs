//! Each promise of the threat model in SECURITY.md names a test that is there.

use std::fs;
use std::path::Path;

#[test]
fn every_row_of_the_threat_model_names_what_holds_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("SECURITY.md")).expect("the page");
    let mut mistakes = Vec::new();
    let mut numbers = Vec::new();
    let rows = page.lines().filter(|line| line.starts_with("| M") || line.starts_with("| | "));
    for row in rows.filter(|row| !row.ends_with("| Held by |")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, _, _, held_by] = cells[..] else { panic!("not four cells: {row}") };
        numbers.extend(number.strip_prefix('M').map(|number| number.parse::<usize>().expect("a number")));
        if held_by == "the compiler" {
            continue;
        }
        // Between back-ticks: a test as `file: function`, or a program.
        for named in held_by.split('`').skip(1).step_by(2) {
            let is_there = match named.split_once(".rs: ") {
                Some((file, function)) => {
                    let places = [format!("tests/tests/{file}.rs"), format!("{file}.rs")];
                    let mut texts = places.iter().filter_map(|place| fs::read_to_string(root.join(place)).ok());
                    texts.any(|text| text.contains(&format!("fn {function}(")))
                }
                None => named.starts_with("cargo ") || root.join(named).exists(),
            };
            if !is_there {
                mistakes.push(format!("{named} is not there: {row}"));
            }
        }
        if !held_by.contains('`') {
            mistakes.push(format!("no test: {row}"));
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=23).collect::<Vec<_>>());
}
