//! The mutants that no test can notice, and why.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads the reasons by [`key`](crate::site::Mutant::key). Lines with keys stand before the indented lines of their reason.
pub(crate) fn read(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reasons = BTreeMap::new();
    let (mut keys, mut reason) = (Vec::new(), String::new());
    for line in text.lines().chain([""]).filter(|line| !line.starts_with('#')) {
        if line.starts_with(' ') {
            reason.push_str(line.trim());
            reason.push(' ');
            continue;
        }
        if !reason.is_empty() {
            reasons.extend(keys.drain(..).map(|key| (key, reason.trim().to_owned())));
            reason.clear();
        }
        if !line.is_empty() {
            keys.push(line.to_owned());
        }
    }
    assert!(keys.is_empty(), "there is no reason for {keys:?}");
    reasons
}
