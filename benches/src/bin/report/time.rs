//! Times, which criterion measured before.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one thing took in the fastest sample, in a group of comparable ones: whatever disturbs only adds.
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
            let (benchmark, sample) = (json(&folder.join("benchmark.json"))?, json(&folder.join("sample.json"))?);
            let text = |key: &str| benchmark[key].as_str().unwrap_or_default().to_owned();
            let [took, calls] = ["times", "iters"]
                .map(|key| sample[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>());
            let fastest = took.iter().zip(calls).map(|(took, calls)| took / calls).min_by(f64::total_cmp);
            let nanoseconds = fastest.ok_or_else(|| io::Error::other(format!("no sample: {}", folder.display())))?;
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
