//! Whether an `Origin` of 120 KiB costs more than a short one that nobody knows, with a source of origins and without.
//!
//! Runs the program `count`, which must have the feature `source` too.

#[allow(dead_code, reason = "the report uses the rest")]
#[path = "report/callgrind.rs"]
mod callgrind;

use std::io;

use callgrind::Callgrind;
use cors_benches::{Subject, WITH_SOURCE};

const MOST: f64 = 1.05;

fn main() -> io::Result<()> {
    let callgrind = Callgrind::new()?;
    for subject in [Subject::AtRunTime.name(), WITH_SOURCE] {
        let short = callgrind.request("refused GET", subject)?;
        let long = callgrind.request("GET, Origin of 120 KiB", subject)?;
        let ratio = long / short;
        println!("{subject}: {long} instructions of an Origin of 120 KiB, {short} of a short one: {ratio:.2}");
        if ratio > MOST {
            return Err(io::Error::other(format!("{subject}: a long Origin costs more than {MOST} of a short one")));
        }
    }
    Ok(())
}
