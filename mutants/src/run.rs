//! The test programs, and whether one of them notices a mutant.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What hangs is noticed.
const TIME_OUT: Duration = Duration::from_secs(20);

/// Tests of `it` that take seconds: these of matching and validating run when nothing else noticed a mutant.
const SLOW: [&str; 5] = [
    "matcher::",
    "parts::",
    "data::anything::",
    "origins::what_is_valid_prints",
    "explain::fixes::every_fix_of_a_generated_policy",
];

/// Those that are not run: of the browser and of words.
const NEVER: [&str; 4] =
    ["browser_model::proof::", "browser_model::never_panics::", "explain::never_panics::", "explain::consoles::"];

/// A call of a test program.
pub(crate) struct Trial {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<&'static str>,
    /// The mutants that it gets to.
    reached: BTreeSet<usize>,
    took: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Killed,
    Survived,
    /// No test gets there.
    Unreached,
}

/// Runs all programs without a mutant, which must pass, and gives them with the fastest first, but for those that run at last.
pub(crate) fn trials(folder: &Path, programs: Vec<(String, PathBuf)>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, program) in programs {
        let trial = |name, arguments| Trial {
            name,
            program: program.clone(),
            arguments,
            reached: BTreeSet::new(),
            took: Duration::ZERO,
        };
        match name.as_str() {
            "src/lib.rs" => trials.push(trial("unit tests", vec![])),
            "tests/tables/main.rs" => trials.push(trial("tables", vec![])),
            "tests/random_decisions.rs" => trials.push(trial("random decisions", vec![])),
            "tests/it/main.rs" => {
                let skipped = SLOW.iter().chain(&NEVER).flat_map(|test| ["--skip", test]);
                trials.push(trial("it", skipped.collect()));
                let never = NEVER.iter().flat_map(|test| ["--skip", test]);
                trials.push(trial("it, slow", SLOW.into_iter().chain(never).collect()));
            }
            _ => println!("{name} is not run"),
        }
    }
    for trial in &mut trials {
        let reached = folder.join(format!("{}.reached", trial.name));
        let _ = fs::remove_file(&reached);
        let start = Instant::now();
        let passed = trial.run(|command| command.env("CORS_MUTANTS_REACHED", &reached), 10 * TIME_OUT);
        assert!(passed, "{} fails without a mutant", trial.name);
        let lines = fs::read_to_string(&reached).unwrap_or_default();
        trial.reached = lines.lines().filter_map(|line| line.parse().ok()).collect();
        println!(
            "{}: reaches {} mutants, {:.1} s to note which",
            trial.name,
            trial.reached.len(),
            start.elapsed().as_secs_f64()
        );
        let start = Instant::now();
        assert!(trial.run(|command| command, TIME_OUT), "{} fails or takes too long", trial.name);
        trial.took = start.elapsed();
        println!("{}: {:.1} s", trial.name, trial.took.as_secs_f64());
    }
    trials.sort_by_key(|trial| (trial.name.ends_with("slow"), trial.took));
    trials
}

/// Whether one of the programs notices the mutant.
pub(crate) fn outcome(trials: &[Trial], mutant: usize) -> (Outcome, &'static str) {
    let mut outcome = Outcome::Unreached;
    for trial in trials.iter().filter(|trial| trial.reached.contains(&mutant)) {
        outcome = Outcome::Survived;
        let number = mutant.to_string();
        if !trial.run(|command| command.env("CORS_MUTANT", &number), TIME_OUT) {
            return (Outcome::Killed, trial.name);
        }
    }
    (outcome, "nothing")
}

impl Trial {
    /// Whether it passes in time.
    fn run(&self, with: impl Fn(&mut Command) -> &mut Command, time_out: Duration) -> bool {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env("CORS_DECISIONS", "5000").env("RUST_BACKTRACE", "0");
        // Cargo runs them there, too.
        command.current_dir(self.program.ancestors().nth(4).expect("it is in target/debug/deps").join("cors-core"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = with(&mut command).spawn().expect("a test program starts");
        let start = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                return status.success();
            }
            if start.elapsed() > time_out {
                child.kill().expect("a child can be ended");
                child.wait().expect("a child can be waited for");
                return false;
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}
