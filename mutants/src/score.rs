//! Counts the results.

use std::collections::BTreeSet;

use crate::run::Outcome;
use crate::site::Mutant;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) killed: usize,
    /// Survivors that the list explains.
    pub(crate) explained: usize,
    /// Survivors that it does not explain.
    pub(crate) unexplained: usize,
    pub(crate) not_run: usize,
    /// Lines of the list without a survivor.
    pub(crate) stale: usize,
}

impl Score {
    pub(crate) fn is_whole(&self) -> bool {
        self.not_run == 0 && !self.fails()
    }

    pub(crate) fn fails(&self) -> bool {
        self.unexplained + self.stale > 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.killed += other.killed;
        self.explained += other.explained;
        self.unexplained += other.unexplained;
        self.not_run += other.not_run;
        self.stale += other.stale;
    }

    /// Counts a mutant. Prints it if the list of survivors is wrong about it.
    pub(crate) fn count(&mut self, path: &str, mutant: &Mutant, outcome: &Outcome, explained: &BTreeSet<String>) {
        let is_explained = explained.contains(&mutant.key());
        match outcome {
            Outcome::Killed(by) => {
                self.killed += 1;
                if is_explained {
                    self.stale += 1;
                    println!("killed by `{by}`, but in the list of survivors:\n    {}", mutant.key());
                }
            }
            Outcome::Survived | Outcome::Unreached if is_explained => self.explained += 1,
            Outcome::Survived | Outcome::Unreached => {
                self.unexplained += 1;
                println!("{}", if *outcome == Outcome::Unreached { "no test reaches" } else { "survives:" });
                show(path, mutant);
            }
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { killed, explained, unexplained, not_run, stale } = self;
        write!(
            f,
            "{killed} killed, {explained} survive for a known reason, {unexplained} for none, {not_run} not run"
        )?;
        if *stale > 0 { write!(f, "; {stale} stale lines") } else { Ok(()) }
    }
}

/// Prints a mutant as a difference, and its line for the list of survivors.
pub(crate) fn show(path: &str, mutant: &Mutant) {
    let Mutant { line, function, was, becomes, .. } = mutant;
    println!("{path}:{line} in {function}\n-   {was}\n+   {becomes}\n    {}", mutant.key());
}
