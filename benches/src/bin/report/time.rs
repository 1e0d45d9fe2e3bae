//! Times, which criterion measured before.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The median of what one thing took, in a group of comparable ones.
#[derive(Serialize, Deserialize)]
pub(crate) struct Time {
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) nanoseconds: f64,
}

/// All of the last run.
pub(crate) fn read() -> io::Result<Vec<Time>> {
    let mut times = Vec::new();
    for group in fs::read_dir("target/criterion")? {
        for one in fs::read_dir(group?.path())? {
            let folder = one?.path().join("new");
            let (benchmark, estimates) = (json(&folder.join("benchmark.json"))?, json(&folder.join("estimates.json"))?);
            let text = |key: &str| benchmark[key].as_str().unwrap_or_default().to_owned();
            let nanoseconds = estimates["median"]["point_estimate"].as_f64();
            let nanoseconds =
                nanoseconds.ok_or_else(|| io::Error::other(format!("no median: {}", folder.display())))?;
            times.push(Time { group: text("group_id"), name: text("function_id"), nanoseconds });
        }
    }
    times.sort_by(|one, other| (&one.group, &one.name).cmp(&(&other.group, &other.name)));
    Ok(times)
}

fn json(file: &Path) -> io::Result<Value> {
    serde_json::from_slice(&fs::read(file)?).map_err(io::Error::other)
}

/// What it took, if it was measured.
pub(crate) fn of(times: &[Time], group: &str, name: &str) -> Option<f64> {
    times.iter().find(|time| time.group == group && time.name == name).map(|time| time.nanoseconds)
}
