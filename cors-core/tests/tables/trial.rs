//! Makes a test of a row, and a program of such tests.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Trial};
use serde::Deserialize;

use crate::support::{Row, rows};

/// Returns the tests of a table's rows. A check returns what differs.
pub(crate) fn trials<T>(table: &'static str, json: &str, check: fn(&T) -> Result<(), String>) -> Vec<Trial>
where
    T: for<'d> Deserialize<'d> + Send + 'static,
{
    trials_but(table, json, check, |_| None)
}

/// Returns the tests of a table's rows. Some rows are ignored, and the reason is shown.
pub(crate) fn trials_but<T>(
    table: &'static str,
    json: &str,
    check: fn(&T) -> Result<(), String>,
    ignored: fn(&T) -> Option<String>,
) -> Vec<Trial>
where
    T: for<'d> Deserialize<'d> + Send + 'static,
{
    let trial = |row: Row<T>| {
        let name = format!("{table}::{}", row.name);
        if let Some(why) = ignored(&row.content) {
            return Trial::ignorable_test(name, || Ok(Completion::ignored_with(why)));
        }
        Trial::test(name, move || Ok(checked(&row, check)?))
    };
    rows(table, json).into_iter().map(trial).collect()
}

fn checked<T>(row: &Row<T>, check: fn(&T) -> Result<(), String>) -> Result<(), String> {
    let Row { table, name, line, content } = row;
    let result = catch_unwind(AssertUnwindSafe(|| check(content)));
    let difference = result.unwrap_or_else(|_| Err("it panicked, see above".to_owned()));
    difference.map_err(|difference| {
        format!("{name} at {}/tests/data/{table}.json:{line}\n{difference}", env!("CARGO_PKG_NAME"))
    })
}

/// Returns what differs between two values.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("  expected {expected:?}\n  found    {found:?}")) }
}

/// Runs the tests of all tables. `least` is the minimum number of rows of each table, so that no row is lost.
pub(crate) fn run(tables: Vec<Vec<Trial>>, least: &'static [(&str, usize)]) -> ExitCode {
    let mut trials: Vec<Trial> = tables.into_iter().flatten().collect();
    let names: Vec<String> = trials.iter().map(|trial| trial.name().to_owned()).collect();
    let all = move || Ok(complete(&names, least)?);
    trials.push(Trial::test("tables::no-row-is-lost-or-has-the-name-of-another", all));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn complete(names: &[String], least: &[(&str, usize)]) -> Result<(), String> {
    let mut different = BTreeSet::new();
    if let Some(name) = names.iter().find(|name| !different.insert(name.as_str())) {
        return Err(format!("two rows have the name {name}"));
    }
    for (table, rows) in least {
        let is_of = |name: &&&str| name.split_once("::").is_some_and(|(of, _)| of == *table);
        let found = different.iter().filter(is_of).count();
        if found < *rows {
            return Err(format!("{table} has {found} rows left of {rows}"));
        }
    }
    Ok(())
}
