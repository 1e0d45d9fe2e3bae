//! The way of a request through policies inside each other (SRV-25).

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use actix_web::http::header::HeaderValue;
use cors_core::{Decision, Denial, ResponseHeader, Vary, exposed_by_both};

use crate::grants::Granted;
use crate::held::Current;
use crate::incoming::Incoming;
use crate::observe::{Outermost, Telling};
use crate::prepared::PreparedRule;

/// What the policies inside have left of the outermost policy's grant. All policies on the way of a request share it.
#[derive(Clone, Debug)]
pub(crate) struct Passage(Shared);

/// Nothing while it is spare.
type Shared = Rc<RefCell<Option<State>>>;

#[derive(Debug)]
struct State {
    outermost: Outermost,
    /// Whether the outermost policy grants the origin by itself.
    is_granted: bool,
    narrowed: Narrowed,
    /// Of the policies inside that let the request pass.
    tellings: Vec<(Current, Telling)>,
}

/// What is left of a grant.
#[derive(Clone, Debug)]
pub(crate) struct Narrowed {
    /// The origin; none where a policy grants nothing.
    pub(crate) allow_origin: Option<HeaderValue>,
    pub(crate) has_credentials: bool,
    pub(crate) expose_headers: Option<HeaderValue>,
    pub(crate) vary: Option<Vary>,
}

thread_local! {
    /// Those of former requests, so that a request allocates none.
    static SPARE: RefCell<Vec<Shared>> = const { RefCell::new(Vec::new()) };
}

/// As many are kept as actix keeps requests.
const SPARE_ONES: usize = 128;

impl Passage {
    /// Begins with what the outermost policy grants.
    pub(crate) fn begin(current: &Current, granted: Option<&Granted>, outermost: Outermost) -> Self {
        let prepared = current.prepared();
        let rule = granted.and_then(|granted| prepared.rule(granted.rule));
        let narrowed = Narrowed {
            allow_origin: granted.map(|granted| granted.allow_origin.clone()),
            has_credentials: rule.is_some_and(|rule| rule.credentials().is_some()),
            expose_headers: rule.and_then(|rule| rule.value(ResponseHeader::ExposeHeaders)).cloned(),
            vary: prepared.vary(),
        };
        let spare = SPARE.try_with(|spare| spare.borrow_mut().pop()).ok().flatten();
        let shared: Shared = spare.unwrap_or_default();
        shared.replace(Some(State { outermost, is_granted: granted.is_some(), narrowed, tellings: Vec::new() }));
        Self(shared)
    }

    /// Returns the policy that a policy inside is compared with.
    pub(crate) fn outermost(&self) -> Option<Outermost> {
        self.0.borrow().as_ref().map(|state| state.outermost.clone())
    }

    /// Takes away what a policy inside does not grant. Returns why that policy refuses the request before the handler, if it does.
    pub(crate) fn pass(&self, inner: &Current, decision: &Decision<'_>, incoming: Incoming<'_>) -> Option<Denial> {
        let mut state = self.0.borrow_mut();
        let State { is_granted, narrowed, .. } = state.as_mut()?;
        // Also where another policy has taken the grant away: middleware may ask twice.
        let method = incoming.request().method().as_str();
        let refused = if *is_granted { decision.refused_inside(method.as_bytes(), &incoming) } else { None };
        narrowed.narrow(inner, decision, incoming, refused.is_some());
        refused
    }

    /// Has a policy inside be told when the grant is written.
    pub(crate) fn tell(&self, inner: &Current, telling: Telling) {
        if telling.is_granted()
            && let Some(state) = self.0.borrow_mut().as_mut()
        {
            state.tellings.push((inner.clone(), telling));
        }
    }

    /// Returns what is left of the grant, and whom to tell of it.
    pub(crate) fn end(&self) -> Option<(Narrowed, Vec<(Current, Telling)>)> {
        let State { narrowed, tellings, .. } = self.0.replace(None)?;
        Some((narrowed, tellings))
    }
}

impl Drop for Passage {
    // Not inlined, so that it costs a policy alone nothing.
    #[cold]
    #[inline(never)]
    fn drop(&mut self) {
        // The last one becomes a spare one.
        if Rc::strong_count(&self.0) == 1 {
            mem::drop(self.0.replace(None));
            let _ = SPARE.try_with(|spare| {
                let mut spare = spare.borrow_mut();
                if spare.len() < SPARE_ONES {
                    spare.push(Rc::clone(&self.0));
                }
            });
        }
    }
}

impl Narrowed {
    /// Returns what is left where nothing is granted.
    pub(crate) fn nothing(policy: &Current) -> Self {
        Self { allow_origin: None, has_credentials: false, expose_headers: None, vary: policy.prepared().vary() }
    }

    fn narrow(&mut self, inner: &Current, decision: &Decision<'_>, incoming: Incoming<'_>, is_refused: bool) {
        let inner = inner.prepared();
        self.vary = self.vary.or(inner.vary());
        let grants = decision.grants().filter(|grants| !is_refused && !grants.is_to_preflight());
        match (&mut self.allow_origin, Granted::new(inner, grants, incoming.origin())) {
            (Some(allow_origin), Some(also)) => {
                // The origin's own text, unless both say `*`.
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
