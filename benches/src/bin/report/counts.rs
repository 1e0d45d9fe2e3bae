//! All that is counted.

use std::io;
use std::process::Command;

use crate::callgrind::{Callgrind, at_once};

/// One request, on average.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Count {
    pub(crate) case: String,
    pub(crate) subject: String,
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
}

pub(crate) struct Counts(pub(crate) Vec<Count>);

/// Of one structure with so many origins: hit, miss and worst question.
pub(crate) struct Search {
    pub(crate) structure: &'static str,
    pub(crate) count: usize,
    pub(crate) instructions: [f64; 3],
}

/// Bytes that a policy of so many origins keeps.
pub(crate) struct Kept {
    pub(crate) count: f64,
    pub(crate) bytes: f64,
}

/// What a case is compared with: the first of these that has it.
const WITHOUT: [&str; 3] = ["nothing", "empty 204", "tower alone"];

impl Counts {
    /// Counts the allocations of everything, and its instructions.
    pub(crate) fn of_all(callgrind: &Callgrind) -> io::Result<(Self, Vec<Kept>)> {
        let mut counts = Vec::new();
        let mut kept = Vec::new();
        let output = Command::new(std::env::current_exe()?.with_file_name("allocations")).output()?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let number = |text: &str| text.parse().map_err(io::Error::other);
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["case", case, subject, allocations, _bytes] => counts.push(Count {
                    case: case.to_owned(),
                    subject: subject.to_owned(),
                    instructions: 0.0,
                    allocations: number(allocations)?,
                }),
                ["kept", count, bytes] => kept.push(Kept { count: number(count)?, bytes: number(bytes)? }),
                _ => return Err(io::Error::other(format!("what is {line}?"))),
            }
        }
        let instructions = at_once(&counts, |count| callgrind.request(&count.case, &count.subject))?;
        for (count, instructions) in counts.iter_mut().zip(instructions) {
            count.instructions = instructions;
        }
        Ok((Self(counts), kept))
    }

    pub(crate) fn find(&self, case: &str, subject: &str) -> Option<&Count> {
        self.0.iter().find(|count| count.case == case && count.subject == subject)
    }

    /// One of the counts that the page is about.
    pub(crate) fn of(&self, case: &str, subject: &str) -> &Count {
        self.find(case, subject).unwrap_or_else(|| panic!("{subject} has no case {case}"))
    }

    /// The instructions that a subject adds to what is without it.
    pub(crate) fn added(&self, case: &str, subject: &str) -> f64 {
        let without = WITHOUT.into_iter().find_map(|without| self.find(case, without));
        self.of(case, subject).instructions - without.map_or(0.0, |without| without.instructions)
    }

    /// In the order of the tables.
    pub(crate) fn cases(&self) -> Vec<&str> {
        distinct(self.0.iter().map(|count| count.case.as_str()))
    }

    /// In the order of the tables.
    pub(crate) fn subjects(&self) -> Vec<&str> {
        distinct(self.0.iter().map(|count| count.subject.as_str()))
    }
}

/// Without repetitions, which need not stand side by side.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut distinct = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

/// The searches of the page. The ones that take longest come first.
pub(crate) fn searches(callgrind: &Callgrind) -> io::Result<Vec<Search>> {
    let counts = [1_000_000, 100_000, 1_000, 10, 1];
    let mut wanted: Vec<(&str, usize)> = Vec::new();
    for structure in ["exact origins", "patterns", "HashSet", "scan"] {
        // A million patterns are nobody's.
        wanted.extend(counts.into_iter().skip(usize::from(structure == "patterns")).map(|count| (structure, count)));
    }
    let instructions = at_once(&wanted, |(structure, count)| callgrind.search(structure, *count))?;
    let search = |((structure, count), instructions)| Search { structure, count, instructions };
    let mut searches: Vec<_> = wanted.into_iter().zip(instructions).map(search).collect();
    searches.reverse();
    Ok(searches)
}
