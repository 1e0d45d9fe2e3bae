//! A copy of the library in which every mutant is, and its test programs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::find::find;
use crate::site::{Mutant, Site, render};

/// What is not mutated: the model of the browser has no part in a decision, and words are compared as texts.
const NOT_MUTATED: [&str; 4] = ["browser", "issue", "advice", "lib.rs"];

/// Asked by the copy whether a mutant is active. Notes, too, which of them a test program gets to.
const SWITCH: &str = r#"
pub(crate) fn mutant(number: usize) -> bool {
    use std::io::Write;
    use std::sync::{LazyLock, Mutex};
    static ACTIVE: LazyLock<usize> =
        LazyLock::new(|| std::env::var("CORS_MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(usize::MAX));
    static REACHED: LazyLock<Option<Mutex<(std::fs::File, Vec<bool>)>>> = LazyLock::new(|| {
        let path = std::env::var_os("CORS_MUTANTS_REACHED")?;
        // A test that starts its program again notes at the same place.
        let file = std::fs::File::options().create(true).append(true).open(path);
        Some(Mutex::new((file.unwrap(), Vec::new())))
    });
    if let Some(reached) = &*REACHED {
        let (file, seen) = &mut *reached.lock().unwrap();
        if seen.len() <= number {
            seen.resize(number + 1, false);
        }
        if !std::mem::replace(&mut seen[number], true) {
            // In one piece, beside what another process writes.
            file.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
    }
    *ACTIVE == number
}
"#;

/// A file of the library that is mutated.
struct Source {
    name: String,
    text: String,
    mutants: Vec<Mutant>,
    sites: Vec<Site>,
}

/// Everything that can be mutated, and where the copy is.
pub(crate) struct Copy {
    /// The folder of the workspace with the copy.
    pub(crate) folder: PathBuf,
    sources: Vec<Source>,
    /// File and number in it of what does not compile.
    impossible: BTreeSet<(usize, usize)>,
    pub(crate) const_functions: usize,
}

impl Copy {
    /// Reads the sources in `cors-core` of this workspace and copies what is beside them.
    pub(crate) fn of(workspace: &Path) -> Self {
        let folder = workspace.join("target/mutants");
        let manifest = read(&workspace.join("Cargo.toml"));
        let (before, rest) = manifest.split_once("members = [").expect("the workspace has members");
        let (_, after) = rest.split_once(']').expect("the list of members ends");
        let after: String = after.split_inclusive('\n').filter(|line| !line.starts_with("default-members")).collect();
        let profile = "\n[profile.test]\nopt-level = 1\n";
        write(&folder.join("Cargo.toml"), &format!("{before}members = [\"cors-core\"]{after}{profile}"));
        write(&folder.join("Cargo.lock"), &read(&workspace.join("Cargo.lock")));
        let root = workspace.join("cors-core");
        let mut copy = Self { folder, sources: Vec::new(), impossible: BTreeSet::new(), const_functions: 0 };
        let mut kept = BTreeSet::new();
        for path in files(&root) {
            let name = path.strip_prefix(&root).expect("it is in there").to_owned();
            kept.insert(name.clone());
            let text = read(&path);
            let is_mutated = name.strip_prefix("src").ok().filter(|name| {
                name.extension().is_some_and(|extension| extension == "rs")
                    && !NOT_MUTATED
                        .iter()
                        .any(|other| name.starts_with(other) || *name == Path::new(&format!("{other}.rs")))
            });
            if let Some(name) = is_mutated {
                let name = name.to_str().expect("names are ASCII").to_owned();
                let (mutants, sites, const_functions) = find(&name, &text);
                copy.const_functions += const_functions;
                copy.sources.push(Source { name, text, mutants, sites });
            } else {
                let switch = if name == Path::new("src/lib.rs") { SWITCH } else { "" };
                write(&copy.folder.join("cors-core").join(name), &format!("{text}{switch}"));
            }
        }
        let copied = copy.folder.join("cors-core");
        for path in files(&copied) {
            if !kept.contains(path.strip_prefix(&copied).expect("it is in there")) {
                fs::remove_file(&path).expect("what was copied can be removed");
            }
        }
        copy
    }

    /// Compiles the copy without the mutants that are no Rust, and gives the rest by number. Those of the run before are left out at
    /// once.
    pub(crate) fn compile(&mut self) -> Vec<Mutant> {
        let remembered = self.folder.join("impossible");
        let before = fs::read_to_string(&remembered).unwrap_or_default();
        let before: BTreeSet<&str> = before.lines().collect();
        let known = self.possible().filter(|(.., mutant)| before.contains(mutant.key().as_str()));
        self.impossible = known.map(|(file, number, _)| (file, number)).collect();
        loop {
            self.write();
            let checked = self.cargo(&["check", "--lib", "--all-features", "--message-format=short"]);
            let Err(said) = checked else { break };
            let before = self.impossible.len();
            for line in said.lines().filter(|line| line.contains(": error")) {
                self.blame(line);
            }
            assert!(self.impossible.len() > before, "the copy does not compile:\n{said}");
        }
        let impossible = self.impossible.iter().map(|(file, number)| self.sources[*file].mutants[*number].key() + "\n");
        write(&remembered, &impossible.collect::<String>());
        self.possible().map(|(_, _, mutant)| mutant.clone()).collect()
    }

    pub(crate) fn impossible(&self) -> usize {
        self.impossible.len()
    }

    /// The test programs by the names of their files.
    pub(crate) fn build(&self) -> Vec<(String, PathBuf)> {
        let said = self.cargo(&["test", "--no-run", "--all-features"]).unwrap_or_else(|said| panic!("{said}"));
        let program = |line: &str| {
            let (name, path) = line.trim().strip_prefix("Executable ")?.strip_suffix(')')?.split_once(" (")?;
            Some((name.rsplit(' ').next()?.to_owned(), self.folder.join(path)))
        };
        said.lines().filter_map(program).collect()
    }

    /// What the command said, as an error where it failed.
    fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).args(["--offline", "--color=never"]).current_dir(&self.folder);
        // Mutants are full of what compilers warn of.
        cargo.env("RUSTFLAGS", "--cap-lints allow").env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo.env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(said) } else { Err(said) }
    }

    fn possible(&self) -> impl Iterator<Item = (usize, usize, &Mutant)> {
        let all = self.sources.iter().enumerate();
        let all =
            all.flat_map(|(file, source)| source.mutants.iter().enumerate().map(move |(n, mutant)| (file, n, mutant)));
        all.filter(|(file, number, _)| !self.impossible.contains(&(*file, *number)))
    }

    fn rendered(&self, file: usize) -> String {
        let before = self.possible().filter(|(other, ..)| *other < file).count();
        let own: Vec<usize> = self.possible().filter(|(other, ..)| *other == file).map(|(_, own, _)| own).collect();
        let number = |mutant: usize| own.binary_search(&mutant).ok().map(|at| before + at);
        render(&self.sources[file].text, &self.sources[file].sites, &number)
    }

    fn write(&self) {
        for (file, source) in self.sources.iter().enumerate() {
            write(&self.folder.join("cors-core/src").join(&source.name), &self.rendered(file));
        }
    }

    /// Finds the mutant that an error is about: the one whose switch stands before it on its line, or else behind, or else further up.
    fn blame(&mut self, error: &str) {
        let mut parts = error.splitn(4, ':');
        let (Some(path), Some(line), Some(column)) = (parts.next(), parts.next(), parts.next()) else { return };
        let file = self.sources.iter().position(|source| path.ends_with(&format!("src/{}", source.name)));
        let (Some(file), Ok(line), Ok(column)) = (file, line.parse::<usize>(), column.parse::<usize>()) else { return };
        let text = read(&self.folder.join("cors-core/src").join(&self.sources[file].name));
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let here = text[start..].lines().next().unwrap_or_default();
        let column = here.char_indices().nth(column - 1).map_or(here.len(), |(at, _)| at);
        let end = here[column..].find(')').map_or(here.len(), |end| column + end);
        let switches = |text: &str| {
            let numbers = text.split("crate::mutant(").skip(1);
            numbers.filter_map(|rest| rest.split(')').next()?.parse::<usize>().ok()).collect::<Vec<_>>()
        };
        let found = switches(&here[..end]).last().copied().or_else(|| switches(here).first().copied());
        let found = found.or_else(|| switches(&text[..start]).last().copied());
        let blamed = found.and_then(|found| self.possible().nth(found)).map(|(file, own, _)| (file, own));
        self.impossible.extend(blamed);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Leaves a file alone that is the same, so that nothing is built again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
