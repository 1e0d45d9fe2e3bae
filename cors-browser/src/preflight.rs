//! The preflight: when it is due, what it requests, and whether its response allows the request
//! (<https://fetch.spec.whatwg.org/#cors-preflight-fetch>).

use super::check::cors_check;
use super::deviations::{Deviations, LaterPreflights};
use super::fetching::Fetching;
use super::header::{get, tokens};
use super::safelist::unsafe_names;
use super::{HeaderLine, OutgoingRequest, Reason, Response};
use cors_core::names::{is_non_wildcard_request_header, is_safelisted_method};

/// The parts of a request that need permission.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// The serialised origin of the preflight.
    origin: String,
    unsafe_names: Vec<String>,
    /// Whether the preflight is about the method: it is not safelisted, or upload listeners or a stream make a
    /// preflight due.
    method: bool,
}

/// The methods and headers that the response to a preflight lists.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Permissions {
    pub(super) methods: Vec<String>,
    pub(super) headers: Vec<String>,
}

impl Needs {
    pub(super) fn of(fetching: &Fetching, deviations: &Deviations) -> Self {
        let headers = match deviations.later_preflights {
            LaterPreflights::OnceDueByFirstHeaders => &fetching.first_headers,
            _ => fetching.asked_headers.as_ref().unwrap_or(&fetching.headers),
        };
        let still_due = match deviations.later_preflights {
            LaterPreflights::ByRequest => false,
            LaterPreflights::OnceDueByFirstHeaders => fetching.preflight_was_due,
            LaterPreflights::OnceDueAlwaysDue => {
                fetching.preflight_was_due || !unsafe_names(&fetching.first_headers, deviations).is_empty()
            }
        };
        let needs_permission = !is_safelisted_method(&fetching.method) || still_due;
        let origin =
            if deviations.preflight_ignores_taint { fetching.page.origin() } else { fetching.serialised_origin() };
        Self {
            origin: origin.to_owned(),
            unsafe_names: if fetching.unsafe_request { unsafe_names(headers, deviations) } else { Vec::new() },
            method: fetching.use_cors_preflight || (fetching.unsafe_request && needs_permission),
        }
    }

    /// Whether a preflight is due: PRE-4 (<https://fetch.spec.whatwg.org/#concept-main-fetch>).
    pub(super) fn is_preflight_due(&self) -> bool {
        self.method || !self.unsafe_names.is_empty()
    }

    /// Returns the serialised origin of the preflight.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether the method needs permission.
    pub(super) fn includes_method(&self) -> bool {
        self.method
    }

    /// Returns the header names that need permission.
    pub(super) fn unsafe_names(&self) -> &[String] {
        &self.unsafe_names
    }

    /// Returns the preflight (PRE-10).
    pub(super) fn request(&self, fetching: &Fetching, deviations: &Deviations) -> OutgoingRequest {
        let mut headers = vec![
            HeaderLine::new("Accept", "*/*"),
            HeaderLine::new("Access-Control-Request-Method", fetching.method.as_str()),
        ];
        if !self.unsafe_names.is_empty() {
            headers.push(HeaderLine::new("Access-Control-Request-Headers", self.unsafe_names.join(",")));
        }
        if deviations.preflights_carry_user_agent {
            headers.extend(fetching.headers.iter().filter(|line| line.is("user-agent")).cloned());
        }
        headers.push(HeaderLine::new("Origin", self.origin.as_str()));
        OutgoingRequest {
            preflight: true,
            method: "OPTIONS".to_owned(),
            url: fetching.address(),
            headers,
            credentials: false,
            body: false,
        }
    }

    /// Returns all that the response to the preflight lists.
    pub(super) fn read(
        &self,
        fetching: &Fetching,
        response: &Response,
        deviations: &Deviations,
    ) -> Result<Permissions, Reason> {
        // PRE-11
        if !(deviations.own_preflights_pass && fetching.is_same_origin()) {
            cors_check(&self.origin, fetching.credentials, &response.headers)?;
        }
        if !(200..=299).contains(&response.status) {
            return Err(Reason::PreflightStatus { status: response.status });
        }
        // PRE-12
        let methods = list(response, "access-control-allow-methods")?;
        let headers = list(response, "access-control-allow-headers")?.unwrap_or_default();
        let methods =
            methods.unwrap_or_else(|| match fetching.use_cors_preflight && deviations.forced_preflight_allows_method {
                true => vec![fetching.method.clone()],
                false => Vec::new(),
            });
        Ok(Permissions { methods, headers })
    }

    /// Checks that the listed methods and headers cover the request.
    pub(super) fn check(
        &self,
        fetching: &Fetching,
        permissions: &Permissions,
        deviations: &Deviations,
    ) -> Result<(), Reason> {
        let Permissions { methods, headers } = permissions;
        let with_credentials = fetching.with_credentials();
        let wildcard = |list: &[String]| !with_credentials && list.iter().any(|name| name == "*");
        // PRE-13
        let method = &fetching.method;
        if !methods.contains(method) && !is_safelisted_method(method) && !wildcard(methods) {
            let allowed = methods.clone();
            return Err(Reason::MethodNotAllowed { method: method.clone(), allowed, with_credentials });
        }
        // PRE-14 before PRE-15, as in the standard.
        let listed = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
        let non_wildcard =
            |name: &str| is_non_wildcard_request_header(name) && !deviations.wildcard_covers_authorization;
        let refused = |name: &&String| !listed(name) && (non_wildcard(name) || !wildcard(headers));
        let (first, others): (Vec<_>, Vec<_>) = self.unsafe_names.iter().partition(|name| non_wildcard(name));
        match first.into_iter().chain(others).find(refused) {
            Some(name) => {
                let allowed = headers.clone();
                Err(Reason::HeaderNotAllowed { name: name.clone(), allowed, with_credentials })
            }
            None => Ok(()),
        }
    }
}

fn list(response: &Response, name: &'static str) -> Result<Option<Vec<String>>, Reason> {
    tokens(&response.headers, name).map_err(|_| {
        let value = get(&response.headers, name).unwrap_or_default();
        Reason::PreflightListMalformed { header: name, value }
    })
}
