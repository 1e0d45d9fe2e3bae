//! Builds the test programs of a copy, without the mutants that do not compile.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::copy::Copy;

impl Copy {
    /// Builds the test programs. Leaves out the mutants that do not compile, and lists them in a file, so that the next run leaves
    /// them out at once.
    pub(crate) fn build(&mut self, target: &Path, remembered: &Path) -> Vec<PathBuf> {
        let before = fs::read_to_string(remembered).unwrap_or_default();
        let before: BTreeSet<&str> = before.lines().collect();
        let numbered = self.mutants.iter().enumerate();
        self.impossible =
            numbered.filter(|(_, it)| before.contains(it.key().as_str())).map(|(number, _)| number).collect();
        let said = loop {
            self.write();
            let errors = match self.cargo(target) {
                Ok(said) => break said,
                Err(said) => said,
            };
            let blamed: BTreeSet<usize> = errors.lines().filter_map(|error| self.blamed(error)).collect();
            assert!(!blamed.is_subset(&self.impossible), "the copy does not compile:\n{errors}");
            self.impossible.extend(blamed);
        };
        let impossible: String = self.impossible.iter().map(|number| self.mutants[*number].key() + "\n").collect();
        let others = before.iter().filter(|key| !self.mutants.iter().any(|mutant| mutant.key() == **key));
        fs::write(remembered, impossible + &others.map(|key| format!("{key}\n")).collect::<String>())
            .expect("the target folder can be written");
        let program = |line: &str| {
            let (_, path) = line.trim().strip_prefix("Executable ")?.strip_suffix(')')?.split_once(" (")?;
            Some(self.folder.join(path))
        };
        said.lines().filter_map(program).collect()
    }

    /// Returns the output of cargo, as an error if it failed.
    fn cargo(&self, target: &Path) -> Result<String, String> {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["test", "--no-run", "--locked", "--color=never", "--message-format=short"])
            .args(self.krate.build.split_whitespace());
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(said) } else { Err(said) }
    }

    /// Returns the mutant with this error: the last one before it in its line, else the first one in its line, else the last one
    /// in the lines before.
    fn blamed(&self, error: &str) -> Option<usize> {
        let (place, _) = error.split_once(": error")?;
        let mut parts = place.splitn(3, ':');
        let path = parts.next().filter(|path| path.starts_with(&format!("{}/src/", self.krate.folder)))?;
        let (line, column) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?);
        let text = fs::read_to_string(self.folder.join(path)).ok()?;
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let here = text[start..].lines().next().unwrap_or_default();
        let column = here.char_indices().nth(column - 1).map_or(here.len(), |(at, _)| at);
        let end = here[column..].find(')').map_or(here.len(), |end| column + end);
        let switches = |text: &str| {
            let numbers = text.split("crate::mutant(").skip(1);
            numbers.filter_map(|rest| rest.split(')').next()?.parse::<usize>().ok()).collect::<Vec<_>>()
        };
        let found = switches(&here[..end]).last().copied().or_else(|| switches(here).first().copied());
        found.or_else(|| switches(&text[..start]).last().copied())
    }
}
