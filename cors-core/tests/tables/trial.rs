//! A row as a test.

use std::panic::{AssertUnwindSafe, catch_unwind};

use libtest_mimic::{Completion, Trial};
use serde::Deserialize;

use crate::support::{Row, not_yet, rows};

/// The tests of a table's rows. A check gives what differs.
pub(crate) fn trials<T>(table: &'static str, json: &str, check: fn(&T) -> Result<(), String>) -> Vec<Trial>
where
    T: for<'d> Deserialize<'d> + Send + 'static,
{
    trials_but(table, json, check, |_| None)
}

/// The same, where some rows are not for us: they are ignored, and the reason is shown.
pub(crate) fn trials_but<T>(
    table: &'static str,
    json: &str,
    check: fn(&T) -> Result<(), String>,
    ignored: fn(&T) -> Option<String>,
) -> Vec<Trial>
where
    T: for<'d> Deserialize<'d> + Send + 'static,
{
    let mut not_yet = not_yet();
    let trial = |row: Row<T>| {
        let name = format!("{table}::{}", row.name);
        if let Some(why) = ignored(&row.content) {
            return Trial::ignorable_test(name, || Ok(Completion::ignored_with(why)));
        }
        match not_yet.remove(&name) {
            None => Trial::test(name, move || Ok(checked(&row, check)?)),
            Some(why) => Trial::test(name, move || match checked(&row, check) {
                Ok(()) => Err(format!("the row passes: take it out of not_yet.json ({why})").into()),
                Err(_) => Ok(()),
            })
            .with_kind("not yet"),
        }
    };
    rows(table, json).into_iter().map(trial).collect()
}

fn checked<T>(row: &Row<T>, check: fn(&T) -> Result<(), String>) -> Result<(), String> {
    let Row { table, name, line, content } = row;
    let result = catch_unwind(AssertUnwindSafe(|| check(content)));
    let difference = result.unwrap_or_else(|_| Err("it panicked, see above".to_owned()));
    difference.map_err(|difference| format!("{name} at cors-core/tests/data/{table}.json:{line}\n{difference}"))
}

/// What differs between two things.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("  expected {expected:?}\n  found    {found:?}")) }
}
