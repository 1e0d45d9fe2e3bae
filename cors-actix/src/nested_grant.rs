//! Tracks a request through nested policies (SRV-25).

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use actix_web::http::header::HeaderValue;
use cors_core::{Decision, Denial, ResponseHeader, Vary, exposed_by_both};

use crate::grants::Granted;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::observe::{Outermost, Reports};
use crate::prepared::PreparedRule;

/// The grant of a nested policy. Pointer-sized, because every request moves an `Option` of it.
#[derive(Clone, Debug)]
pub(crate) struct NestedGrant(Rc<Cells>);

#[derive(Debug, Default)]
struct Cells {
    /// `None` while it is unused.
    role: RefCell<Option<Role>>,
    /// Reports of inner policies that let the request pass. Not dropped, so that the allocation is reused.
    inner_reports: RefCell<Vec<(Current, Reports)>>,
}

#[derive(Debug)]
pub(crate) enum Role {
    /// Inner policies may share this. The outermost policy writes what all of them grant.
    Outer(Outer),
    /// The outer policy writes what both grant. A cache between the two needs the `Vary` of the inner one.
    Inner(Option<Vary>),
}

/// The outermost policy's grant without what inner policies do not grant.
#[derive(Debug)]
pub(crate) struct Outer {
    outermost: Outermost,
    /// Whether the outermost policy grants the origin by itself.
    is_granted: bool,
    pub(crate) intersection: Intersection,
}

/// The remaining grant.
#[derive(Clone, Debug)]
pub(crate) struct Intersection {
    /// The origin; `None` if a policy grants nothing.
    pub(crate) allow_origin: Option<HeaderValue>,
    pub(crate) has_credentials: bool,
    pub(crate) expose_headers: Option<HeaderValue>,
    pub(crate) vary: Option<Vary>,
}

thread_local! {
    /// Unused ones from earlier requests, so that a request does not allocate.
    static SPARE: RefCell<Vec<Rc<Cells>>> = const { RefCell::new(Vec::new()) };
}

/// Maximum number of unused ones: the size of actix's own request pool.
const SPARE_ONES: usize = 128;

impl NestedGrant {
    /// Starts with the grant of the outermost policy.
    pub(crate) fn begin(current: &Current, granted: Option<&Granted>, outermost: Outermost) -> Self {
        let prepared = current.prepared();
        let rule = granted.and_then(|granted| prepared.rule(granted.rule));
        let intersection = Intersection {
            allow_origin: granted.map(|granted| granted.allow_origin.clone()),
            has_credentials: rule.is_some_and(|rule| rule.credentials().is_some()),
            expose_headers: rule.and_then(|rule| rule.value(ResponseHeader::ExposeHeaders)).cloned(),
            vary: prepared.vary(),
        };
        Self::of(Role::Outer(Outer { outermost, is_granted: granted.is_some(), intersection }))
    }

    /// Returns the grant of an inner policy.
    pub(crate) fn inner(vary: Option<Vary>) -> Self {
        Self::of(Role::Inner(vary))
    }

    fn of(role: Role) -> Self {
        let spare = SPARE.try_with(|spare| spare.borrow_mut().pop()).ok().flatten();
        let cells: Rc<Cells> = spare.unwrap_or_default();
        cells.role.replace(Some(role));
        Self(cells)
    }

    fn outer<R>(&self, look: impl FnOnce(&mut Outer) -> R) -> Option<R> {
        match self.0.role.borrow_mut().as_mut()? {
            Role::Outer(outer) => Some(look(outer)),
            Role::Inner(_) => None,
        }
    }

    /// Returns whether policies may be inside.
    pub(crate) fn is_outer(&self) -> bool {
        self.outer(|_| ()).is_some()
    }

    /// Returns the policy with which inner policies are compared.
    pub(crate) fn outermost(&self) -> Option<Outermost> {
        self.outer(|outer| outer.outermost.clone())
    }

    /// Removes what an inner policy does not grant. Returns the reason if that policy refuses the request before the
    /// handler.
    pub(crate) fn pass(&self, inner: &Current, decision: &Decision<'_>, incoming: Incoming<'_>) -> Option<Denial> {
        let pass = |Outer { is_granted, intersection, .. }: &mut Outer| {
            // Also if another policy has removed the grant: middleware may call its service twice.
            let method = incoming.request().method().as_str();
            let refused = if *is_granted { decision.refused_inside(method.as_bytes(), &incoming) } else { None };
            intersection.narrow(inner, decision, incoming, refused.is_some());
            refused
        };
        self.outer(pass).flatten()
    }

    /// Stores the report for an inner policy, to be sent when the grant is written.
    pub(crate) fn add_reports(&self, inner: &Current, reports: Reports) {
        if reports.is_granted() {
            self.0.inner_reports.borrow_mut().push((inner.clone(), reports));
        }
    }

    /// Takes the grant to write. Returns it only once.
    pub(crate) fn end(&self) -> Option<Role> {
        self.0.role.replace(None)
    }

    /// Tells the policies inside that the grant was written.
    pub(crate) fn granted(&self) {
        self.0.inner_reports.borrow().iter().for_each(|(policy, reports)| reports.granted(policy));
    }
}

impl Drop for NestedGrant {
    // Not inlined, so that it costs a single policy nothing.
    #[cold]
    #[inline(never)]
    fn drop(&mut self) {
        // The last reference is stored for reuse.
        if Rc::strong_count(&self.0) == 1 {
            mem::drop(self.0.role.replace(None));
            self.0.inner_reports.borrow_mut().clear();
            let _ = SPARE.try_with(|spare| {
                let mut spare = spare.borrow_mut();
                if spare.len() < SPARE_ONES {
                    spare.push(Rc::clone(&self.0));
                }
            });
        }
    }
}

impl Intersection {
    fn narrow(&mut self, inner: &Current, decision: &Decision<'_>, incoming: Incoming<'_>, is_refused: bool) {
        let inner = inner.prepared();
        self.vary = self.vary.or(inner.vary());
        let grants = decision.grants().filter(|grants| !is_refused && !grants.is_to_preflight());
        match (&mut self.allow_origin, Granted::new(inner, grants, incoming.origin())) {
            (Some(allow_origin), Some(also)) => {
                // The origin itself, unless both policies say `*`.
                if also.allow_origin != "*" {
                    *allow_origin = also.allow_origin;
                }
                let rule = inner.rule(also.rule);
                self.has_credentials &= rule.is_some_and(|rule| rule.credentials().is_some());
                self.expose_headers = both(self.expose_headers.take(), rule);
            }
            (allow_origin, _) => *allow_origin = None,
        }
    }
}

fn both(outer: Option<HeaderValue>, inner: Option<&PreparedRule>) -> Option<HeaderValue> {
    let (outer, inner) = (outer?, inner?.value(ResponseHeader::ExposeHeaders)?);
    if outer == *inner {
        return Some(outer);
    }
    HeaderValue::from_str(&exposed_by_both(outer.to_str().ok()?, inner.to_str().ok()?)?).ok()
}
