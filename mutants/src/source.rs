//! The files of a crate that have mutants.

use std::fs;
use std::path::Path;

use crate::crates::Crate;
use crate::find::{Found, find};

pub(crate) struct Source {
    /// Below the repository.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) found: Found,
}

/// A file that may have mutants.
pub(crate) struct Candidate {
    /// Below the repository.
    pub(crate) path: String,
    /// Below `src`, as lists of survivors name it.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The files of a crate, the most important first.
pub(crate) fn candidates(repository: &Path, krate: &Crate) -> Vec<Candidate> {
    let folder = format!("{}/src", krate.folder);
    let mut found = Vec::new();
    walk(&repository.join(&folder), "", &mut |name, path| {
        if let Some(importance) = krate.importance(name) {
            let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.push((importance, Candidate { path: format!("{folder}/{name}"), name: name.to_owned(), text }));
        }
    });
    found.sort_by(|(importance, one), (than, other)| importance.cmp(than).then_with(|| one.name.cmp(&other.name)));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

impl Candidate {
    pub(crate) fn source(self) -> Source {
        let found = find(&self.name, &self.text);
        Source { path: self.path, text: self.text, found }
    }
}

fn walk(folder: &Path, below: &str, found: &mut dyn FnMut(&str, &Path)) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.expect("a folder can be read");
        let name = format!("{below}{}", entry.file_name().to_str().expect("names are UTF-8"));
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), found);
        } else if name.ends_with(".rs") {
            found(&name, &entry.path());
        }
    }
}
