//! What a policy made of a request, told to the inspector around it.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;

use crate::source::Current;

/// Whether an inspector is there to tell: without one, a request costs nothing.
static IS_ON: AtomicBool = AtomicBool::new(false);

pub(super) fn begin() {
    IS_ON.store(true, Ordering::Relaxed);
}

/// The policy that decided, and whether it answered in place of the app.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(super) policy: Current,
    pub(super) is_answered: bool,
}

/// A slip that goes along with a request, on which the outermost policy writes.
#[derive(Clone, Default)]
pub(super) struct Trace(Rc<OnceCell<Decided>>);

/// A policy was there before the inspector, which therefore sees no headers of it.
struct PolicyOutside;

impl Trace {
    /// None where a policy is wrapped around the inspector.
    pub(super) fn begin(request: &ServiceRequest) -> Option<Self> {
        let mut extensions = request.extensions_mut();
        if extensions.contains::<PolicyOutside>() {
            return None;
        }
        let trace = Self::default();
        extensions.insert(trace.clone());
        Some(trace)
    }

    pub(super) fn decided(&self) -> Option<Decided> {
        self.0.get().cloned()
    }
}

/// A policy has decided about this request.
pub(crate) fn decided(request: &ServiceRequest, policy: &Current, is_answered: bool) {
    if !IS_ON.load(Ordering::Relaxed) {
        return;
    }
    let mut extensions = request.extensions_mut();
    match extensions.get::<Trace>() {
        // Of nested policies the outer one is first, and it is the one that counts.
        Some(trace) => drop(trace.0.set(Decided { policy: policy.clone(), is_answered })),
        None => drop(extensions.insert(PolicyOutside)),
    }
}
