//! `./bench`: counts everything and writes `docs/performance.md`, or compares the main cases with what was recorded.

mod callgrind;
mod counts;
mod gates;
mod page;
mod plot;
mod recorded;
mod time;

use std::process::ExitCode;
use std::{fs, io};

use callgrind::Callgrind;
use counts::Counts;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(true),
        ["--quick"] => report(false),
        ["--check"] => Callgrind::new().and_then(|callgrind| recorded::check(&callgrind)),
        ["--record"] => Callgrind::new().and_then(|callgrind| recorded::record(&callgrind)),
        _ => Err(io::Error::other("./bench takes --quick, --check, --record or nothing")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// With times, if somebody measured them just now; otherwise those stay that are on the page.
fn report(timed: bool) -> io::Result<()> {
    let callgrind = Callgrind::new()?;
    let (counts, kept) = Counts::of_all(&callgrind)?;
    let searches = counts::searches(&callgrind)?;
    let gates = gates::gates(&counts, &searches, &kept);
    let times = if timed { time::section()? } else { time::section_of(page::FILE) };
    fs::create_dir_all("docs")?;
    fs::write(plot::FILE, plot::draw(&searches))?;
    fs::write(page::FILE, page::write(&counts, &searches, &gates, &times))?;
    for gate in gates.iter().filter(|gate| !gate.holds()) {
        println!("not reached: {}", gate.row());
    }
    Ok(())
}
