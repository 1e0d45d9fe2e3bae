//! Policies inside policies: a request must pass all of them (SRV-25).
//!
//! While the service inside the outermost policy runs (in `call` and in each `poll`), the nested grant of its request
//! is in a cell of the thread. Inner policies find it there. Extensions of the request would allocate.

use std::cell::Cell;

use crate::nested_grant::NestedGrant;

thread_local! {
    static NESTED_GRANT: Cell<Option<NestedGrant>> = const { Cell::new(None) };
    /// Flags of this thread. Kept apart from the cell, because reading a cell that has a destructor costs 10 instructions more.
    static THREAD: Cell<u8> = const { Cell::new(0) };
}

/// A request was served already.
const SERVES: u8 = 1;
/// The present code runs inside a policy.
const IS_INSIDE: u8 = 2;
/// A service was built after requests were served, so it may be inside any policy.
const HAS_LATE: u8 = 4;
/// At least one service that uses the cell was built. actix builds inner services first.
const HAS_BUILT: u8 = 8;

/// What a service knows about services that were built before it, and so may be inside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Built {
    /// The flags of the thread while the policy is single; no flags if it never is.
    flags_when_alone: u8,
}

/// Records that a service was built that uses the cell.
pub(crate) fn build() -> Built {
    let thread = THREAD.get();
    let late = if thread & SERVES == 0 { 0 } else { HAS_LATE };
    THREAD.set(thread | late | HAS_BUILT);
    Built { flags_when_alone: if thread & HAS_BUILT == 0 { SERVES | HAS_BUILT } else { 0 } }
}

impl Built {
    /// Returns whether there is no policy around this one and none inside.
    #[inline(always)]
    pub(crate) fn is_alone(self) -> bool {
        THREAD.get() == self.flags_when_alone
    }

    /// Returns whether a policy that was built before may be inside.
    pub(crate) const fn may_have_inner(self) -> bool {
        self.flags_when_alone == 0
    }
}

/// Records that a request is served. Returns the nested grant in the cell, and whether a service was built late.
pub(crate) fn serve() -> (Option<NestedGrant>, bool) {
    THREAD.set(THREAD.get() | SERVES);
    let nested = replace(None);
    replace(nested.clone());
    (nested, THREAD.get() & HAS_LATE != 0)
}

/// Puts a nested grant into the cell, until the returned value is dropped.
pub(crate) fn enter(nested: NestedGrant) -> Entered {
    Entered { before: replace(Some(nested)) }
}

/// Restores the cell when it is dropped, also after a panic.
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
    // A thread that ends has no cell any more, and serves nothing.
    NESTED_GRANT.try_with(|cell| cell.replace(nested)).ok().flatten()
}
