//! `./bench`: measures, and writes `docs/performance.md`; or compares the main cases with what was recorded.

mod build;
mod callgrind;
mod counts;
mod end_to_end;
mod gates;
mod measured;
mod page;
mod plot;
mod recorded;
mod scratch;
mod time;

use std::process::ExitCode;
use std::{fs, io};

use build::Build;
use callgrind::Callgrind;
use counts::Counts;
use measured::Measured;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(|measured| {
            measured.times = time::read()?;
            count(measured)
        }),
        ["--quick"] => report(count),
        ["--build"] => report(|measured| {
            measured.build = Some(Build::measure()?);
            Ok(())
        }),
        ["--wrk"] => report(|measured| {
            measured.end_to_end = end_to_end::measure()?;
            Ok(())
        }),
        ["--check"] => Callgrind::new().and_then(|callgrind| recorded::check(&callgrind)),
        ["--record"] => Callgrind::new().and_then(|callgrind| recorded::record(&callgrind)),
        _ => Err(io::Error::other("./bench takes --quick, --build, --wrk, --check, --record or nothing")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn count(measured: &mut Measured) -> io::Result<()> {
    let callgrind = Callgrind::new()?;
    (measured.requests, measured.kept) = Counts::of_all(&callgrind)?;
    measured.searches = counts::searches(&callgrind)?;
    Ok(())
}

/// What is not measured stays as it was.
fn report(measure: impl FnOnce(&mut Measured) -> io::Result<()>) -> io::Result<()> {
    let mut measured = Measured::read()?;
    measure(&mut measured)?;
    measured.write()?;
    if measured.searches.is_empty() {
        return Err(io::Error::other("a page needs counts first: ./bench --quick"));
    }
    let gates = gates::gates(&measured);
    fs::create_dir_all("docs")?;
    fs::write(plot::FILE, plot::draw(&measured.searches))?;
    fs::write(page::FILE, page::write(&measured, &gates))?;
    for gate in gates.iter().filter(|gate| !gate.holds()) {
        println!("not reached: {}", gate.row());
    }
    Ok(())
}
