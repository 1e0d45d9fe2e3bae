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

use std::process::{Command, ExitCode};
use std::{fs, io};

use build::Build;
use callgrind::Callgrind;
use counts::Counts;
use measured::Measured;
use toml::{Table, Value};

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
        ["--page"] => report(|_| Ok(())),
        ["--check"] => Callgrind::new().and_then(|callgrind| recorded::check(&callgrind)),
        ["--record"] => Callgrind::new().and_then(|callgrind| recorded::record(&callgrind)),
        _ => Err(io::Error::other("./bench takes --quick, --build, --wrk, --page, --check, --record or nothing")),
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
    measured.counted_with = counted_with()?;
    (measured.requests, measured.kept) = Counts::of_all(&callgrind)?;
    measured.searches = counts::searches(&callgrind)?;
    measured.worst_search = Some(callgrind.worst_search(gates::PATTERNS)?);
    Ok(())
}

/// The compiler, and the versions of what is compared.
fn counted_with() -> io::Result<String> {
    let rustc = Command::new("rustc").arg("--version").output()?;
    let rustc = String::from_utf8_lossy(&rustc.stdout).trim().to_owned();
    let lock: Table = fs::read_to_string("Cargo.lock")?.parse().map_err(io::Error::other)?;
    let packages = lock.get("package").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let of = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let compared = packages.iter().filter(|package| COMPARED.contains(&&*of(package, "name")));
    let versions = compared.map(|package| format!(", {} {}", of(package, "name"), of(package, "version")));
    Ok(rustc + &versions.collect::<String>())
}

const COMPARED: [&str; 4] = ["actix-cors", "actix-http", "actix-web", "tower-http"];

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
    let broken: String = gates.iter().filter(|gate| !gate.holds()).map(|gate| format!("\n  {}", gate.row())).collect();
    if broken.is_empty() { Ok(()) } else { Err(io::Error::other(format!("limits that do not hold:{broken}"))) }
}

#[test]
fn the_page_and_the_readme_say_what_was_measured() -> io::Result<()> {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    let measured = Measured::read()?;
    let gates = gates::gates(&measured);
    let anew = "./bench --page writes it anew";
    assert!(
        fs::read_to_string(page::FILE)? == page::write(&measured, &gates),
        "{} is of other numbers: {anew}",
        page::FILE
    );
    assert!(fs::read_to_string(plot::FILE)? == plot::draw(&measured.searches), "{} is of others: {anew}", plot::FILE);
    let readme = fs::read_to_string("README.md")?;
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = page::sentence_of_readme(&measured.requests);
    assert!(readme.contains(&sentence), "README.md says something else than: {sentence}");
    Ok(())
}
