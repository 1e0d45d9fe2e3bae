//! Mutation tests of cors-core's matching, validating and deciding, in one build: which mutant is active is told by a variable of the
//! environment.
//!
//! `cargo run --manifest-path mutants/Cargo.toml -- [--shard 1/4] [--jobs 2] [--list] [FILE ...]`, where a file is named as it is below
//! `cors-core/src`, and `origin` stands for `origin.rs` and all in `origin/`. Exits 1 where a mutant survives that
//! `mutants/survivors.txt` does not explain.

mod copy;
mod find;
mod mutate;
mod run;
mod site;
mod survivors;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use copy::Copy;
use run::Outcome;
use site::Mutant;

struct Arguments {
    /// Which of how many parts of the mutants, from 0.
    shard: (usize, usize),
    /// How many mutants are tried at once.
    jobs: usize,
    only_lists: bool,
    files: Vec<String>,
}

impl Arguments {
    fn read() -> Option<Self> {
        let mut read = Self { shard: (0, 1), jobs: 1, only_lists: false, files: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--list" => read.only_lists = true,
                "--shard" => {
                    let shard = arguments.next()?;
                    let (part, of) = shard.split_once('/')?;
                    let (part, of) = (part.parse::<usize>().ok()?, of.parse::<usize>().ok()?);
                    read.shard = (part.checked_sub(1).filter(|part| *part < of)?, of);
                }
                "--jobs" => read.jobs = arguments.next()?.parse().ok().filter(|jobs| *jobs > 0)?,
                option if option.starts_with('-') => return None,
                file => read.files.push(file.trim_end_matches(".rs").trim_end_matches('/').to_owned()),
            }
        }
        Some(read)
    }

    fn selects(&self, number: usize, mutant: &Mutant) -> bool {
        let is_below = |file: &String| mutant.file.strip_prefix(file).is_some_and(|rest| rest.starts_with(['/', '.']));
        (self.files.is_empty() || self.files.iter().any(is_below)) && number % self.shard.1 == self.shard.0
    }
}

fn main() -> ExitCode {
    let Some(arguments) = Arguments::read() else {
        eprintln!("mutants [--shard PART/OF] [--jobs NUMBER] [--list] [FILE ...]");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reasons = survivors::read(&here.join("survivors.txt"));
    let mut copy = Copy::of(here.parent().expect("it is in the workspace"));
    let mutants = copy.compile();
    println!(
        "{} mutants, and {} that do not compile; {} const functions have none, as these cannot ask which mutant is active",
        mutants.len(),
        copy.impossible(),
        copy.const_functions
    );
    let selected: Vec<_> =
        mutants.iter().enumerate().filter(|(number, mutant)| arguments.selects(*number, mutant)).collect();
    if arguments.only_lists {
        selected.iter().for_each(|(number, mutant)| show(*number, mutant));
        return ExitCode::SUCCESS;
    }
    let programs = copy.build();
    println!("built after {:.0} s", start.elapsed().as_secs_f64());
    let trials = run::trials(&copy.folder, programs);
    let (next, counts) = (AtomicUsize::new(0), Mutex::new(Counts::default()));
    let work = || {
        while let Some((number, mutant)) = selected.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (outcome, by) = run::outcome(&trials, *number);
            let reason = reasons.get(&mutant.key());
            counts.lock().expect("nothing panics with it").add(*number, mutant, outcome, by, reason.is_some());
        }
    };
    thread::scope(|scope| (0..arguments.jobs).for_each(|_| drop(scope.spawn(work))));
    let Counts { killed, explained, unexplained } = counts.into_inner().expect("nothing panicked");
    if selected.len() == mutants.len() {
        let keys: BTreeSet<String> = mutants.iter().map(Mutant::key).collect();
        reasons
            .keys()
            .filter(|key| !keys.contains(*key))
            .for_each(|key| println!("survivors.txt has what is no mutant: {key}"));
    }
    println!(
        "{} mutants: {killed} killed, {explained} survive for a known reason, {unexplained} for none; {:.0} s",
        selected.len(),
        start.elapsed().as_secs_f64()
    );
    ExitCode::from(u8::from(unexplained > 0))
}

#[derive(Default)]
struct Counts {
    killed: usize,
    explained: usize,
    unexplained: usize,
}

impl Counts {
    fn add(&mut self, number: usize, mutant: &Mutant, outcome: Outcome, by: &str, has_reason: bool) {
        match outcome {
            Outcome::Killed => {
                self.killed += 1;
                if has_reason {
                    println!("killed by {by}, though survivors.txt has it: {}", mutant.key());
                }
            }
            Outcome::Survived | Outcome::Unreached if has_reason => self.explained += 1,
            Outcome::Survived | Outcome::Unreached => {
                self.unexplained += 1;
                println!("{}", if outcome == Outcome::Unreached { "no test gets to" } else { "survives:" });
                show(number, mutant);
            }
        }
    }
}

/// As a difference, with the line that `survivors.txt` would have.
fn show(number: usize, mutant: &Mutant) {
    let Mutant { file, line, function, was, becomes } = mutant;
    println!("#{number} cors-core/src/{file}:{line} in {function}\n-   {was}\n+   {becomes}\n    {}", mutant.key());
}
