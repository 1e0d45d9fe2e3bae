//! What a policy writes onto a response, by where it stands among others.

use std::cell::Cell;

use actix_web::http::header::{self, HeaderMap};
use actix_web::{Error, HttpResponse};
use cors_core::{ResponseHeader, Vary};

use crate::grants::Grants;
use crate::headers::{self, Found};
use crate::held::Current;
use crate::nesting::{self, Entered};
use crate::observe::Telling;
use crate::passage::{Narrowed, Passage};
use crate::prepared::CREDENTIALS;

/// Where a policy stands among others, for one request.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// No other is around it or inside.
    Alone,
    /// Others may be inside. It writes what all of them grant.
    Outermost(Passage),
    /// Another is around it, and writes what both grant. A cache in between must know what it varies by.
    Inside(Option<Vary>),
}

impl Standing {
    /// Puts the passage into the thread's cell, until what this returns is dropped.
    #[inline(always)]
    pub(crate) fn enter(&self) -> Option<Entered> {
        match self {
            Self::Outermost(passage) => Some(nesting::enter(passage.clone())),
            Self::Alone | Self::Inside(_) => None,
        }
    }

    /// Writes what the policies grant. By value, so that the grants of a policy alone stay in registers.
    #[cold]
    #[inline(never)]
    pub(crate) fn write(self, grants: Grants, headers: &mut HeaderMap) {
        match self {
            Self::Alone => {}
            Self::Outermost(passage) => passage.written(grants).write(headers),
            Self::Inside(vary) => merge_vary(vary, headers),
        }
    }

    /// Attaches what the policies grant to an inner middleware's error.
    #[cold]
    #[inline(never)]
    pub(crate) fn attach_to(self, grants: Grants, mut error: Error) -> Error {
        match self {
            Self::Alone => {}
            Self::Outermost(passage) => {
                let written = passage.written(grants);
                let is_told = Cell::new(false);
                error.add_response_mapper(move |mut response: HttpResponse| {
                    let written = written.clone();
                    // An error may become a response more than once.
                    let written = if is_told.replace(true) { written.untold() } else { written };
                    written.write(response.headers_mut());
                    response
                });
            }
            Self::Inside(vary) => error.add_response_mapper(move |mut response: HttpResponse| {
                merge_vary(vary, response.headers_mut());
                response
            }),
        }
        error
    }
}

fn merge_vary(vary: Option<Vary>, headers: &mut HeaderMap) {
    if let Some(vary) = vary {
        Found::among(headers).merge_vary(headers, vary);
    }
}

impl Passage {
    fn written(&self, grants: Grants) -> Written {
        let Grants { policy, telling, .. } = grants;
        // A passage ends once; were there none, nothing would be granted.
        let (narrowed, inner) = self.end().unwrap_or_else(|| (Narrowed::nothing(&policy), Vec::new()));
        Written { policy, narrowed, telling, inner }
    }
}

/// What the outermost policy writes.
#[derive(Clone)]
struct Written {
    policy: Current,
    narrowed: Narrowed,
    telling: Telling,
    inner: Vec<(Current, Telling)>,
}

impl Written {
    fn untold(self) -> Self {
        Self { telling: Telling::nothing(), inner: Vec::new(), ..self }
    }

    fn write(self, headers: &mut HeaderMap) {
        let Self { policy, narrowed, telling, inner } = self;
        let Narrowed { allow_origin, has_credentials, expose_headers, vary } = narrowed;
        let found = Found::among(headers);
        if found.remove_grants(headers) {
            telling.overwrote(&policy);
        }
        if let Some(allow_origin) = allow_origin {
            headers.append(headers::name(ResponseHeader::AllowOrigin), allow_origin);
            if has_credentials {
                headers.append(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, CREDENTIALS);
            }
            if let Some(names) = expose_headers {
                headers.append(headers::name(ResponseHeader::ExposeHeaders), names);
            }
            // What one of the policies refuses, a browser keeps from the page.
            if telling.is_granted() {
                telling.granted(&policy);
                inner.iter().for_each(|(policy, telling)| telling.granted(policy));
            }
        }
        if let Some(vary) = vary {
            found.merge_vary(headers, vary);
        }
    }
}
