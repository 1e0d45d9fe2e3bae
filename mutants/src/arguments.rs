//! The arguments of the program.

use std::time::Duration;

pub(crate) const HELP: &str = "\
Runs the tests with mutants of the crates: small changes of the source, which a test should notice. A crate is built once with all
its mutants. An environment variable selects the active one.

scripts/mutants [--changed] [--minutes NUMBER] [--jobs NUMBER] [--write] [--list] [PATH ...]

PATH ...          Only these files and folders, as `cors-core` or `cors-core/src/origin`. Without one, all crates.
--changed         Only files whose code differs from mutants/hashes, which has the hashes from the last run of all mutants of a file.
--minutes NUMBER  Starts no mutant after this time, and prints the files that are left. With --changed and --write, the next run
                  continues there, so a full run can be split.
--jobs NUMBER     Runs this number of mutants at the same time. Default: 1.
--write           Adds each file to mutants/hashes if all its mutants are killed or explained.
--list            Prints the mutants that compile, and runs none.

Fails if a mutant survives without a reason in mutants/survivors/CRATE.txt, or if a line of that list is stale: its mutant is killed,
or does not exist. Edit the lists by hand: the line as it is printed, then the reason, indented.";

#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) changed: bool,
    pub(crate) write: bool,
    pub(crate) list: bool,
    pub(crate) minutes: Option<Duration>,
    /// Number of mutants that run at the same time.
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
