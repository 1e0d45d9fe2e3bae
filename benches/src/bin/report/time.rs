//! Times, which criterion measured before.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use serde_json::Value;

const HEADING: &str = "## Time";

/// The section of the page with the times of the last run.
pub(crate) fn section() -> io::Result<String> {
    let mut rows = String::new();
    let mut folders: Vec<_> = fs::read_dir("target/criterion")?.collect::<io::Result<_>>()?;
    folders.sort_by_key(|folder| folder.file_name());
    for folder in folders {
        let path = folder.path();
        let Some(without) = median(&path, "nothing").or_else(|| median(&path, "empty 204")) else {
            continue;
        };
        let of = |subject| median(&path, subject).map_or(String::new(), |time| format!("{:.2}", time / without));
        let cells = ["cors_policy!", "Cors::new", "floor", "actix-cors"].map(of).join(" | ");
        writeln!(rows, "| {} | {cells} |", folder.file_name().display()).map_err(io::Error::other)?;
    }
    Ok(format!(
        "{HEADING}\n\nTo the time of the same request without a policy, of a preflight to an empty 204. Times move by several hundredths \
         from run to run, so instructions are what is guarded.\n\n| | `cors_policy!` | `Cors::new` | floor | actix-cors |\n\
         |---|---|---|---|---|\n{rows}"
    ))
}

/// The section as it stands on the page.
pub(crate) fn section_of(page: &str) -> String {
    let page = fs::read_to_string(page).unwrap_or_default();
    page.find(HEADING).map(|start| page[start..].to_owned()).unwrap_or_default()
}

fn median(case: &Path, subject: &str) -> Option<f64> {
    let text = fs::read_to_string(case.join(subject).join("new/estimates.json")).ok()?;
    let estimates: Value = serde_json::from_str(&text).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
