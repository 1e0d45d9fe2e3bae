//! Which rule is broken.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// A rule, and how it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// From 1.
    pub number: usize,
    /// The statement, such as `CHK-3`.
    pub statement: &'static str,
    /// In words.
    pub name: &'static str,
    /// What it takes to show it, where no visit can.
    pub shown_by: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/mutants.rs"));

thread_local! {
    static BROKEN: Cell<usize> = const { Cell::new(0) };
    static REACHED: RefCell<BTreeSet<usize>> = const { RefCell::new(BTreeSet::new()) };
}

/// Runs something in this thread while a rule is broken.
pub fn broken<T>(number: usize, run: impl FnOnce() -> T) -> T {
    BROKEN.set(number);
    let result = run();
    BROKEN.set(0);
    result
}

/// Runs something in this thread while no rule is broken, and returns the mutants that would have had a say.
pub fn reached<T>(run: impl FnOnce() -> T) -> (T, BTreeSet<usize>) {
    REACHED.take();
    let result = run();
    (result, REACHED.take())
}

/// The mutant of these that is active, or 0.
pub(crate) fn active(of_function: &[usize]) -> usize {
    match BROKEN.get() {
        0 => REACHED.with_borrow_mut(|reached| reached.extend(of_function)),
        broken if of_function.contains(&broken) => return broken,
        _ => {}
    }
    0
}
