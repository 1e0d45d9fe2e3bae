//! The response headers of nested policies.

use std::cell::Cell;

use actix_web::http::header::{self, HeaderMap};
use actix_web::{Error, HttpResponse};
use cors_core::{ResponseHeader, Vary};

use crate::grants::Grants;
use crate::headers::{self, Found};
use crate::held::Current;
use crate::nested_grant::{Intersection, NestedGrant, Outer, Role};
use crate::nesting::{self, Entered};
use crate::observe::Reports;
use crate::prepared::CREDENTIALS;

impl NestedGrant {
    /// Puts the nested grant into the thread's cell, if policies may be inside, until the returned value is dropped.
    #[cold]
    #[inline(never)]
    pub(crate) fn enter(&self) -> Option<Entered> {
        self.is_outer().then(|| nesting::enter(self.clone()))
    }

    /// Writes what the policies grant. By value, so that the grants of a single policy stay in registers.
    #[cold]
    #[inline(never)]
    pub(crate) fn write(self, grants: Grants, headers: &mut HeaderMap) {
        match self.end() {
            Some(Role::Outer(outer)) => Outgoing::new(grants, outer).write(Some(&self), headers),
            Some(Role::Inner(vary)) => merge_vary(vary, headers),
            None => {}
        }
    }

    /// Attaches what the policies grant to an inner middleware's error.
    #[cold]
    #[inline(never)]
    pub(crate) fn attach_to(self, grants: Grants, mut error: Error) -> Error {
        match self.end() {
            Some(Role::Outer(outer)) => {
                let outgoing = Outgoing::new(grants, outer);
                // An error can become a response more than once, but is reported once.
                let nested = Cell::new(Some(self));
                error.add_response_mapper(move |mut response: HttpResponse| {
                    outgoing.clone().write(nested.take().as_ref(), response.headers_mut());
                    response
                });
            }
            Some(Role::Inner(vary)) => error.add_response_mapper(move |mut response: HttpResponse| {
                merge_vary(vary, response.headers_mut());
                response
            }),
            None => {}
        }
        error
    }
}

fn merge_vary(vary: Option<Vary>, headers: &mut HeaderMap) {
    if let Some(vary) = vary {
        Found::among(headers).merge_vary(headers, vary);
    }
}

/// The response headers of the outermost policy.
#[derive(Clone)]
struct Outgoing {
    policy: Current,
    intersection: Intersection,
    reports: Reports,
}

impl Outgoing {
    fn new(grants: Grants, outer: Outer) -> Self {
        let Grants { policy, reports, .. } = grants;
        Self { policy, intersection: outer.intersection, reports }
    }

    /// Writes the headers, and reports to all policies of the nested grant, but only once.
    fn write(self, nested: Option<&NestedGrant>, headers: &mut HeaderMap) {
        let Self { policy, intersection, reports } = self;
        let Intersection { allow_origin, has_credentials, expose_headers, vary } = intersection;
        let found = Found::among(headers);
        if found.remove_grants(headers) {
            nested.iter().for_each(|_| reports.overwrote(&policy));
        }
        if let Some(allow_origin) = allow_origin {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            if has_credentials {
                headers.append(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, CREDENTIALS);
            }
            if let Some(names) = expose_headers {
                headers.append(headers::name(ResponseHeader::ExposeHeaders), names);
            }
            // If one of the policies refuses, a browser blocks the answer.
            if let Some(nested) = nested.filter(|_| reports.is_granted()) {
                reports.granted(&policy);
                nested.granted();
            }
        }
        if let Some(vary) = vary {
            found.merge_vary(headers, vary);
        }
    }
}
