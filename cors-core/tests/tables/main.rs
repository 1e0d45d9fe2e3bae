//! Each row of the tables in `tests/data` as a test of its own, called after its table and its name:
//! `cargo test -p cors-actix-core --test tables server::srv-11`.

mod answer;
mod drafts;
mod effect;
mod fetches;
mod functions;
mod init;
mod peers;
mod preflights;
mod server;
mod situations;
#[path = "../support/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "other programs use the rest")]
mod support;
mod trial;
mod wpt;

use std::collections::BTreeSet;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// How many rows each table has at least, so that none is lost unseen.
const ROWS: [(&str, usize); 15] = [
    ("cache", 68),
    ("cors_check", 80),
    ("drafts", 180),
    ("fetches", 231),
    ("forbidden_request_headers", 40),
    ("methods", 20),
    ("origins", 10),
    ("peers", 687),
    ("preflight_check", 160),
    ("readable", 22),
    ("safelisted_request_headers", 72),
    ("server", 480),
    ("situations", 340),
    ("unsafe_names", 23),
    ("wpt", 977),
];

fn main() -> ExitCode {
    let of_tables = [
        drafts::trials(),
        fetches::trials(),
        functions::trials(),
        peers::trials(),
        preflights::trials(),
        server::trials(),
        situations::trials(),
        wpt::trials(),
    ];
    let mut trials: Vec<Trial> = of_tables.into_iter().flatten().collect();
    let names: Vec<String> = trials.iter().map(|trial| trial.name().to_owned()).collect();
    trials.push(Trial::test("tables::no-row-is-lost-or-has-the-name-of-another", move || Ok(complete(&names)?)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn complete(names: &[String]) -> Result<(), String> {
    let mut different = BTreeSet::new();
    if let Some(name) = names.iter().find(|name| !different.insert(name.as_str())) {
        return Err(format!("two rows have the name {name}"));
    }
    for (table, rows) in ROWS {
        let is_of = |name: &&&str| name.split_once("::").is_some_and(|(of, _)| of == table);
        let found = different.iter().filter(is_of).count();
        if found < rows {
            return Err(format!("{table} has {found} rows left of {rows}"));
        }
    }
    match support::not_yet().into_keys().find(|name| !different.contains(name.as_str())) {
        Some(name) => Err(format!("not_yet.json has {name}, which is no row")),
        None => Ok(()),
    }
}
