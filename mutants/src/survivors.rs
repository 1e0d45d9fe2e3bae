//! The list of mutants that no test can notice, with reasons.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Reads the [keys](crate::site::Mutant::key) in the list of a crate. They stand before the indented lines of their reason.
pub(crate) fn read(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut explained, mut keys) = (BTreeSet::new(), Vec::new());
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            explained.extend(keys.drain(..));
        } else {
            keys.push(line.to_owned());
        }
    }
    assert!(keys.is_empty(), "{}: there is no reason for {keys:?}", path.display());
    explained
}

/// The file of a key.
pub(crate) fn file(key: &str) -> &str {
    key.split(' ').next().unwrap_or_default()
}
