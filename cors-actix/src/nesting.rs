//! Policies inside policies: a request must pass all of them (SRV-25).
//!
//! The nested grant of a request stands in a cell of the thread while the service that the outermost policy wraps runs: around `call`, and
//! around each `poll`. A policy inside finds it there. Extensions of the request would allocate.

use std::cell::Cell;

use crate::nested_grant::NestedGrant;

thread_local! {
    static NESTED_GRANT: Cell<Option<NestedGrant>> = const { Cell::new(None) };
    /// Flags of this thread. Kept apart from the cell, because reading a cell that has a destructor costs 10 instructions more.
    static THREAD: Cell<u8> = const { Cell::new(0) };
}

/// A request was served already.
const SERVES: u8 = 1;
/// A policy is around what runs now.
const IS_INSIDE: u8 = 2;
/// A service was built after requests were served, so it may be inside any policy.
const HAS_LATE: u8 = 4;
/// At least one service that uses the cell was built. actix builds inner services first.
const HAS_BUILT: u8 = 8;

/// What a service knows of those that were built before it, which may stand inside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Built {
    /// The flags of the thread while the service stands alone; none if it never does.
    flags_when_alone: u8,
}

/// Notes that a service is built that looks at the cell.
pub(crate) fn build() -> Built {
    let thread = THREAD.get();
    let late = if thread & SERVES == 0 { 0 } else { HAS_LATE };
    THREAD.set(thread | late | HAS_BUILT);
    Built { flags_when_alone: if thread & HAS_BUILT == 0 { SERVES | HAS_BUILT } else { 0 } }
}

impl Built {
    /// Returns whether no policy is around what runs now, and none inside.
    #[inline(always)]
    pub(crate) fn is_alone(self) -> bool {
        THREAD.get() == self.flags_when_alone
    }

    /// Returns whether a policy may be inside that was built before.
    pub(crate) const fn may_have_inner(self) -> bool {
        self.flags_when_alone == 0
    }
}

/// Notes that a request is served. Returns the nested grant that stands in the cell, and whether a service was built late.
pub(crate) fn serve() -> (Option<NestedGrant>, bool) {
    THREAD.set(THREAD.get() | SERVES);
    let nested = replace(None);
    replace(nested.clone());
    (nested, THREAD.get() & HAS_LATE != 0)
}

/// Puts a nested grant into the cell, until what this returns is dropped.
pub(crate) fn enter(nested: NestedGrant) -> Entered {
    Entered { before: replace(Some(nested)) }
}

/// Puts back what was in the cell, also when there is a panic.
pub(crate) struct Entered {
    before: Option<NestedGrant>,
}

impl Drop for Entered {
    #[inline(never)]
    fn drop(&mut self) {
        replace(self.before.take());
    }
}

fn replace(nested: Option<NestedGrant>) -> Option<NestedGrant> {
    let inside = if nested.is_some() { IS_INSIDE } else { 0 };
    THREAD.set(THREAD.get() & !IS_INSIDE | inside);
    // While a thread ends nothing is there, and nothing is served.
    NESTED_GRANT.try_with(|cell| cell.replace(nested)).ok().flatten()
}
