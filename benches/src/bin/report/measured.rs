//! What was measured, in `benches/measured.toml`. A run replaces what it measures, and the page is written from all.

use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::build::Build;
use crate::counts::{Counts, Kept, Search};
use crate::end_to_end::EndToEnd;
use crate::time::Time;

const FILE: &str = "benches/measured.toml";

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Measured {
    /// The compiler and the packages under which requests and searches were counted.
    pub(crate) counted_with: String,
    pub(crate) worst_search: Option<f64>,
    pub(crate) build: Option<Build>,
    pub(crate) end_to_end: Vec<EndToEnd>,
    pub(crate) kept: Vec<Kept>,
    pub(crate) searches: Vec<Search>,
    pub(crate) times: Vec<Time>,
    pub(crate) requests: Counts,
}

impl Measured {
    pub(crate) fn read() -> io::Result<Self> {
        match fs::read_to_string(FILE) {
            Ok(text) => toml::from_str(&text).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn write(&self) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        fs::write(FILE, format!("# `./bench` writes this file, and docs/performance.md from it.\n\n{text}"))
    }
}
