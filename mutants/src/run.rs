//! Runs the test programs, and tells whether one of them notices a mutant.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::copy::Copy;
use crate::crates::Crate;

/// Time limit of a program without a mutant.
const LONGEST: Duration = Duration::from_secs(300);

/// Time limit of a program with a mutant, in addition to four times its time without one.
const GRACE: Duration = Duration::from_secs(10);

/// Maximum address space of a program in kilobytes, so that a mutant cannot use all memory.
const ROOM: &str = "8000000";

/// A run of a test program.
pub(crate) struct Trial {
    /// The program and its arguments.
    line: &'static str,
    program: PathBuf,
    folder: PathBuf,
    /// The folder of the compiler's libraries, which the tests of a macro load.
    libraries: PathBuf,
    /// The mutants that it reaches.
    reached: BTreeSet<usize>,
    longest: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// By this program.
    Killed(&'static str),
    Survived,
    /// No test reaches it.
    Unreached,
}

/// Runs each program without a mutant. It must pass. Records which mutants it reaches.
pub(crate) fn trials(copy: &Copy, built: &[PathBuf], notes: &Path) -> Vec<Trial> {
    let rustc = Command::new("rustc")
        .args(["--print", "target-libdir"])
        .current_dir(&copy.folder)
        .output()
        .expect("rustc runs");
    let libraries = PathBuf::from(String::from_utf8_lossy(&rustc.stdout).trim());
    let Crate { tests, programs, .. } = copy.krate;
    let trial = |line: &&'static str| {
        let asked = line.split(' ').next().unwrap_or_default();
        let is_it = |path: &&PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit_once('-'));
            name.is_some_and(|(name, _)| name == asked)
        };
        let mut trial = Trial {
            line,
            program: built.iter().find(is_it).unwrap_or_else(|| panic!("{asked} was not built")).clone(),
            folder: copy.folder.join(tests),
            libraries: libraries.clone(),
            reached: BTreeSet::new(),
            longest: LONGEST,
        };
        let _ = fs::remove_file(notes);
        let start = Instant::now();
        let passed = trial.passes(|command| command.env("CORS_MUTANTS_REACHED", notes));
        assert!(passed, "{} fails without a mutant", trial.line);
        let took = start.elapsed();
        trial.longest = 4 * took + GRACE;
        let lines = fs::read_to_string(notes).unwrap_or_default();
        trial.reached = lines.lines().filter_map(|line| line.parse().ok()).collect();
        println!("  {}: {:.1} s, reaches {} mutants", trial.line, took.as_secs_f64(), trial.reached.len());
        trial
    };
    let trials: Vec<Trial> = programs.iter().map(trial).collect();
    // One program may reach none of a few changed files. If all reach none, the record does not work.
    assert!(trials.iter().any(|trial| !trial.reached.is_empty()), "no program reaches a mutant");
    trials
}

/// Whether one of the programs notices the mutant.
pub(crate) fn outcome(trials: &[Trial], mutant: usize) -> Outcome {
    let number = mutant.to_string();
    let mut outcome = Outcome::Unreached;
    for trial in trials.iter().filter(|trial| trial.reached.contains(&mutant)) {
        if !trial.passes(|command| command.env("CORS_MUTANT", &number)) {
            return Outcome::Killed(trial.line);
        }
        outcome = Outcome::Survived;
    }
    outcome
}

impl Trial {
    /// Whether it passes in time.
    fn passes(&self, with: impl Fn(&mut Command) -> &mut Command) -> bool {
        let mut command = Command::new("sh");
        command
            .args(["-c", "ulimit -v \"$0\" && exec \"$@\"", ROOM])
            .arg(&self.program)
            .args(self.line.split(' ').skip(1));
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command.env("LD_LIBRARY_PATH", &self.libraries);
        command.env("CORS_DECISIONS", "5000").env("RUST_BACKTRACE", "0");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let mut child = with(&mut command).spawn().expect("a test program starts");
        let start = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                return status.success();
            }
            if start.elapsed() > self.longest {
                // Ends the processes that it started, too.
                let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
                child.wait().expect("a child can be waited for");
                return false;
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}
