//! What the program is asked.

use std::time::Duration;

pub(crate) const HELP: &str = "\
Mutants of the crates: small changes of their source, each of which a test should notice. A crate is built once with all of them, and
a variable of the environment says which one is active.

scripts/mutants [--changed] [--minutes NUMBER] [--jobs NUMBER] [--write] [--list] [PATH ...]

PATH ...          Only these files and folders, as `cors-core` or `cors-core/src/origin`. Without one, all crates.
--changed         Only files that differ from those in mutants/hashes, which has each file as it was when its mutants were run whole.
--minutes NUMBER  Starts no mutant after so many minutes, and prints what is left out. With --changed and --write, the next run goes on
                  there, so a run of a whole crate can be cut into pieces.
--jobs NUMBER     Tries so many mutants at once. 1 without it.
--write           Writes mutants/hashes after each file of which every mutant is killed or explained.
--list            Prints the mutants that compile and runs none.

Fails where a mutant survives that mutants/survivors/CRATE.txt does not explain, and where a line of that list is stale: its mutant is
killed, or there is no such mutant. The lists are written by hand: a line as it is printed, then the reason, indented.";

#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) changed: bool,
    pub(crate) write: bool,
    pub(crate) list: bool,
    pub(crate) minutes: Option<Duration>,
    /// How many mutants are tried at once.
    pub(crate) jobs: usize,
    paths: Vec<String>,
}

impl Arguments {
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments;
        let mut read = Self { jobs: 1, ..Self::default() };
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let number =
                    arguments.next().and_then(|number| number.parse::<usize>().ok()).filter(|number| *number > 0);
                number.ok_or_else(|| format!("{argument} needs a number"))
            };
            match argument.as_str() {
                "--changed" => read.changed = true,
                "--write" => read.write = true,
                "--list" => read.list = true,
                "--minutes" => read.minutes = Some(Duration::from_secs(60 * number()? as u64)),
                "--jobs" => read.jobs = number()?,
                "--help" => return Err(HELP.to_owned()),
                option if option.starts_with('-') => return Err(format!("there is no {option}\n\n{HELP}")),
                path => read.paths.push(path.trim_end_matches('/').to_owned()),
            }
        }
        Ok(read)
    }

    pub(crate) fn selects(&self, path: &str) -> bool {
        let is_or_is_below = |asked: &String| {
            path.strip_prefix(asked.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths.is_empty() || self.paths.iter().any(is_or_is_below)
    }
}
