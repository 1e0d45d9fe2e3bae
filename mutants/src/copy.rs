//! A copy of the repository with all mutants of one crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::crates::{CRATES, Crate};
use crate::site::{Mutant, Site, render};
use crate::source::Source;

/// Returns in the copy whether a mutant is active. Also records which mutants a test program reaches.
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

/// Lints that mutants break. In front of the first line, so that all lines keep their numbers.
const ALLOWED: &str = "#![allow(warnings, arithmetic_overflow, overflowing_literals, unconditional_panic)]";

/// The mutants of a crate, and the folder of the copy.
pub(crate) struct Copy {
    /// The folder of the copied repository.
    pub(crate) folder: PathBuf,
    pub(crate) krate: &'static Crate,
    /// The mutants of all sources. Their indexes are their numbers.
    pub(crate) mutants: Vec<Mutant>,
    /// The numbers of mutants that do not compile.
    pub(crate) impossible: BTreeSet<usize>,
    sources: Vec<Mutated>,
}

/// A file with mutants.
struct Mutated {
    /// Below the repository.
    path: String,
    text: String,
    sites: Vec<Site>,
    /// The number of its first mutant.
    first: usize,
}

impl Copy {
    /// Copies the repository into a folder. Does not write equal files, so that cargo does not build them again.
    pub(crate) fn of(repository: &Path, folder: PathBuf, krate: &'static Crate, sources: Vec<Source>) -> Self {
        let mut copy = Self { folder, krate, mutants: Vec::new(), impossible: BTreeSet::new(), sources: Vec::new() };
        for Source { path, text, found } in sources {
            copy.sources.push(Mutated { path, text, sites: found.sites, first: copy.mutants.len() });
            copy.mutants.extend(found.mutants);
        }
        let mut kept: BTreeSet<PathBuf> = copy.sources.iter().map(|source| copy.folder.join(&source.path)).collect();
        for name in files(repository).iter().filter(|name| !name.starts_with("mutants/")) {
            let Ok(content) = fs::read(repository.join(name)) else { continue };
            let to = copy.folder.join(name);
            if !kept.contains(&to) {
                write(&to, &copy.around_mutants(name, content));
            }
            kept.insert(to);
        }
        remove_others(&copy.folder, &kept);
        copy
    }

    /// Adds the switch to the root of the crate, and optimises all crates a little, for faster tests.
    fn around_mutants(&self, name: &str, mut content: Vec<u8>) -> Vec<u8> {
        if name == format!("{}/src/lib.rs", self.krate.folder) {
            content = [ALLOWED.as_bytes(), &content, SWITCH.as_bytes()].concat();
        } else if name == "Cargo.toml" {
            let faster = |krate: &Crate| format!("\n[profile.dev.package.{}]\nopt-level = 1\n", krate.package);
            content.extend(CRATES.iter().map(faster).collect::<String>().bytes());
        }
        content
    }

    /// Writes the sources with all mutants that are possible.
    pub(crate) fn write(&self) {
        for source in &self.sources {
            let number = |own: usize| Some(source.first + own).filter(|number| !self.impossible.contains(number));
            let text = render(&source.text, &source.sites, &number);
            write(&self.folder.join(&source.path), &self.around_mutants(&source.path, text.into_bytes()));
        }
    }
}

/// The files of the repository that git tracks or could add.
fn files(repository: &Path) -> Vec<String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(repository);
    let said = git.output().expect("git runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let names = String::from_utf8(said.stdout).expect("names are UTF-8");
    names.split_terminator('\0').map(str::to_owned).collect()
}

fn remove_others(folder: &Path, kept: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of the copy can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            remove_others(&path, kept);
        } else if !kept.contains(&path) {
            fs::remove_file(&path).expect("what was copied can be removed");
        }
    }
}

/// Writes a file, unless it has this content.
fn write(path: &Path, content: &[u8]) {
    if fs::read(path).is_ok_and(|before| before == content) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
    fs::write(path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
