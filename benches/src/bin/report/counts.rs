//! All that is counted.

use std::io;
use std::process::Command;

use cors_benches::{Question, Structure};
use serde::{Deserialize, Serialize};

use crate::callgrind::{Callgrind, at_once};

/// One request, on average.
#[derive(Serialize, Deserialize)]
pub(crate) struct Count {
    pub(crate) case: String,
    pub(crate) subject: String,
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
    /// Of the first request of a thread.
    pub(crate) cold_allocations: f64,
}

#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Counts(pub(crate) Vec<Count>);

/// Of one structure with so many origins, for each question.
#[derive(Serialize, Deserialize)]
pub(crate) struct Search {
    pub(crate) structure: String,
    pub(crate) count: usize,
    pub(crate) instructions: [f64; Question::ALL.len()],
}

/// Bytes that a policy of so many origins keeps.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) count: f64,
    pub(crate) bytes: f64,
}

impl Counts {
    /// Counts the allocations of everything, and its instructions.
    pub(crate) fn of_all(callgrind: &Callgrind) -> io::Result<(Self, Vec<Kept>)> {
        let mut counts = Vec::new();
        let mut kept = Vec::new();
        let output = Command::new(std::env::current_exe()?.with_file_name("allocations")).output()?;
        if !output.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let number = |text: &str| text.parse().map_err(io::Error::other);
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["case", case, subject, warm, cold] => counts.push(Count {
                    case: case.to_owned(),
                    subject: subject.to_owned(),
                    instructions: 0.0,
                    allocations: number(warm)?,
                    cold_allocations: number(cold)?,
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

    /// What a case is without the subject, if there is such a thing.
    pub(crate) fn without(&self, case: &str, subject: &str) -> Option<&Count> {
        let without = if subject == "tower-http" { &["tower alone"][..] } else { &["nothing", "empty 204"] };
        without.iter().find_map(|without| self.find(case, without))
    }

    /// The instructions of one look for what a handler set of the headers that are the middleware's own.
    pub(crate) fn clearing(&self) -> Option<f64> {
        Some(self.added("allowed GET", "floor, clearing")? - self.added("allowed GET", "floor")?)
    }

    /// The instructions of the one header of a refused preflight.
    pub(crate) fn vary(&self) -> Option<f64> {
        self.added("refused preflight", "empty 204, Vary")
    }

    pub(crate) fn total(&self, case: &str, subject: &str) -> Option<f64> {
        self.find(case, subject).map(|count| count.instructions)
    }

    /// The instructions that a subject adds to what is without it.
    pub(crate) fn added(&self, case: &str, subject: &str) -> Option<f64> {
        Some(self.total(case, subject)? - self.without(case, subject)?.instructions)
    }
}

/// The searches of the page.
pub(crate) fn searches(callgrind: &Callgrind) -> io::Result<Vec<Search>> {
    // The ones that take longest come first.
    let mut wanted = Vec::new();
    for structure in Structure::ALL {
        wanted.extend(structure.counts().iter().rev().map(|count| (structure, *count)));
    }
    at_once(&wanted, |(structure, count)| {
        let instructions = callgrind.search(structure.name(), *count)?;
        Ok(Search { structure: structure.name().to_owned(), count: *count, instructions })
    })
}
