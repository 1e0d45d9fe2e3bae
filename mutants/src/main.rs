//! Mutation tests of the crates: see [`arguments::HELP`].

mod arguments;
mod compile;
mod copy;
mod crates;
mod find;
mod hashes;
mod mutate;
mod run;
mod score;
mod site;
mod source;
mod survivors;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use arguments::Arguments;
use copy::Copy;
use crates::{CRATES, Crate};
use hashes::Hashes;
use score::Score;
use source::Source;

fn main() -> ExitCode {
    let arguments = match Arguments::read(env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = here.parent().expect("it is in the repository");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository.join("target"), PathBuf::from);
    let target = std::path::absolute(target).expect("there is a current folder");
    let work = target.join("mutants");
    fs::create_dir_all(work.join("copy")).unwrap_or_else(|error| panic!("{}: {error}", work.display()));
    let hashes = Hashes::read(repository);
    let mut run = Run { arguments, start: Instant::now(), repository, target, work, hashes, left: Vec::new() };
    let mut total = Score::default();
    for krate in &CRATES {
        total.add(run.crate_of(krate));
    }
    if !run.left.is_empty() {
        println!("left out: {}", run.left.join(", "));
    }
    if !run.arguments.list {
        println!("{total}; {:.0} s", run.start.elapsed().as_secs_f64());
    }
    ExitCode::from(u8::from(total.fails()))
}

struct Run<'r> {
    arguments: Arguments,
    start: Instant,
    repository: &'r Path,
    /// The target folder of cargo, for the repository and the copy.
    target: PathBuf,
    /// The folder with the copy.
    work: PathBuf,
    hashes: Hashes,
    /// Files with mutants that did not run.
    left: Vec<String>,
}

impl Run<'_> {
    fn is_over(&self) -> bool {
        self.arguments.minutes.is_some_and(|minutes| self.start.elapsed() >= minutes)
    }

    fn crate_of(&mut self, krate: &'static Crate) -> Score {
        let explained = survivors::read(&self.repository.join(format!("mutants/survivors/{}.txt", krate.folder)));
        let mut score = Score::default();
        let candidates = source::candidates(self.repository, krate);
        let names: BTreeSet<&str> = candidates.iter().map(|candidate| candidate.name.as_str()).collect();
        for key in explained.iter().filter(|key| !names.contains(survivors::file(key))) {
            println!("in the list of survivors, but its file has no mutants:\n    {key}");
            score.stale += 1;
        }
        let selected = candidates.into_iter().filter(|it| {
            self.arguments.selects(&it.path) && !(self.arguments.changed && self.hashes.has(&it.path, &it.text))
        });
        let sources: Vec<Source> = selected.map(source::Candidate::source).collect();
        if sources.is_empty() {
            return score;
        }
        if self.is_over() {
            score.not_run += sources.iter().map(|source| source.found.mutants.len()).sum::<usize>();
            self.left.extend(sources.into_iter().map(|source| source.path));
            return score;
        }
        score.add(self.try_mutants(krate, sources, &explained));
        score
    }

    fn try_mutants(&mut self, krate: &'static Crate, sources: Vec<Source>, explained: &BTreeSet<String>) -> Score {
        let const_functions: usize = sources.iter().map(|source| source.found.const_functions).sum();
        let files: Vec<(String, String, usize)> =
            sources.iter().map(|it| (it.path.clone(), it.text.clone(), it.found.mutants.len())).collect();
        let mut copy = Copy::of(self.repository, self.work.join("copy"), krate, sources);
        let built = copy.build(&self.target, &self.work.join(format!("{}.impossible", krate.folder)));
        println!(
            "{}: {} mutants, and {} that do not compile; {const_functions} const functions have none, because they cannot read which mutant \
             is active; built after {:.0} s",
            krate.folder,
            copy.mutants.len() - copy.impossible.len(),
            copy.impossible.len(),
            self.start.elapsed().as_secs_f64()
        );
        let trials =
            if self.arguments.list { Vec::new() } else { run::trials(&copy, &built, &self.work.join("reached")) };
        let mut total = Score::default();
        let mut first = 0;
        for (path, text, count) in files {
            let own: Vec<usize> = (first..first + count).filter(|number| !copy.impossible.contains(number)).collect();
            first += count;
            if self.arguments.list {
                own.iter().for_each(|number| score::show(&path, &copy.mutants[*number]));
                continue;
            }
            let start = Instant::now();
            let mut score = self.file(&copy, &own, &path, &trials, explained);
            let keys: BTreeSet<String> = own.iter().map(|number| copy.mutants[*number].key()).collect();
            let name = path.split_once("/src/").map_or("", |(_, name)| name);
            for key in explained.iter().filter(|key| survivors::file(key) == name && !keys.contains(*key)) {
                println!("in the list of survivors, but no mutant:\n    {key}");
                score.stale += 1;
            }
            println!("{path}: {score}; {:.0} s", start.elapsed().as_secs_f64());
            if score.not_run > 0 {
                self.left.push(path);
            } else if score.is_whole() && self.arguments.write {
                self.hashes.set(&path, &text);
            }
            total.add(score);
        }
        if !self.arguments.list {
            println!("{}: {total}", krate.folder);
        }
        total
    }

    /// Runs the mutants of a file.
    fn file(
        &self,
        copy: &Copy,
        own: &[usize],
        path: &str,
        trials: &[run::Trial],
        explained: &BTreeSet<String>,
    ) -> Score {
        let (next, score) = (AtomicUsize::new(0), Mutex::new(Score::default()));
        let work = || {
            while let Some(number) = own.get(next.fetch_add(1, Ordering::Relaxed)) {
                let outcome = if self.is_over() { None } else { Some(run::outcome(trials, *number)) };
                let mut score = score.lock().expect("nothing panics with it");
                match outcome {
                    None => score.not_run += 1,
                    Some(outcome) => score.count(path, &copy.mutants[*number], &outcome, explained),
                }
            }
        };
        thread::scope(|scope| (0..self.arguments.jobs).for_each(|_| drop(scope.spawn(work))));
        score.into_inner().expect("nothing panicked")
    }
}
