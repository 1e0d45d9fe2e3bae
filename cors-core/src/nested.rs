//! A policy inside another: a request must pass both (SRV-25).

use std::borrow::Cow;
use std::fmt;

use crate::names::{is_non_wildcard_request_header, is_safelisted_method};
use crate::{Decision, Denial, Forward, IncomingRequest, Lines, Names, Rule};

impl Decision<'_> {
    /// Returns why an inner policy must refuse an actual request of an origin that the outer policy grants, with 403
    /// before the handler.
    ///
    /// The outer policy answers preflights with its own lists. So the inner policy must refuse what it does not grant
    /// itself: another origin, or a method that it does not list. Same-origin requests pass.
    ///
    /// ```
    /// use cors_core::{Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let inner = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate()?;
    /// let refused = |method: &'static [u8], origin| {
    ///     let request = Request::new(method).origin(Lines::One(origin));
    ///     decide(&inner, &request).refused_inside(method, &request)
    /// };
    /// assert_eq!(refused(b"PUT", b"https://app.example.com"), None);
    /// assert_eq!(refused(b"DELETE", b"https://app.example.com"), Some(Denial::MethodNotListed));
    /// assert_eq!(refused(b"GET", b"https://evil.example"), Some(Denial::OriginNotListed));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn refused_inside<'r>(&self, method: &[u8], request: &impl IncomingRequest<'r>) -> Option<Denial> {
        if request.origin_lines() == Lines::None {
            return None;
        }
        let denial = match self {
            Self::Forward(Forward::NotCors | Forward::SameOrigin) => None,
            Self::Forward(Forward::Granted(grants)) if grants.rule().allows_method(method) => None,
            Self::Forward(Forward::Granted(_)) => Some(Denial::MethodNotListed),
            Self::Forward(Forward::Denied(denial)) | Self::Reject(denial) | Self::Answer(Err(denial)) => Some(*denial),
            Self::Answer(Ok(_)) | Self::Ask(_) => None,
        };
        denial.filter(|_| !request.is_same_origin())
    }
}

impl Rule {
    /// HDR-4: `*` without credentials does not cover `Authorization`; `*` with credentials echoes the requested
    /// headers.
    fn allows_header(&self, name: &str) -> bool {
        let by_wildcard = self.credentials || !is_non_wildcard_request_header(name);
        (by_wildcard && matches!(self.allow_headers, Names::Any(_))) || lists(&self.allow_headers, name)
    }

    fn allows_method(&self, method: &[u8]) -> bool {
        is_safelisted_method(method)
            || matches!(self.methods, Names::Any(_))
            || self.methods.iter().any(|listed| listed.as_bytes() == method)
    }
}

/// Returns the value of `Access-Control-Expose-Headers` that two nested policies grant together: the names in both
/// values. `*` contains all names. Does not allocate if the values are equal.
///
/// ```
/// use cors_core::exposed_by_both;
///
/// assert_eq!(exposed_by_both("ETag, X-Id", "x-id, Link").as_deref(), Some("X-Id"));
/// assert_eq!(exposed_by_both("*", "ETag").as_deref(), Some("ETag"));
/// assert_eq!(exposed_by_both("ETag", "Link"), None);
/// ```
pub fn exposed_by_both<'t>(outer: &'t str, inner: &'t str) -> Option<Cow<'t, str>> {
    match (outer, inner) {
        _ if outer == inner => Some(Cow::Borrowed(outer)),
        ("*", names) | (names, "*") => Some(Cow::Borrowed(names)),
        _ => {
            let has = |name: &&str| inner.split(", ").any(|other| other.eq_ignore_ascii_case(name));
            let both: Vec<&str> = outer.split(", ").filter(has).collect();
            (!both.is_empty()).then(|| Cow::Owned(both.join(", ")))
        }
    }
}

/// A conflict between two nested policies, for one origin.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{NestingConflict, PolicyDraft};
///
/// let public = PolicyDraft::new().origins("*").validate()?;
/// let admin = PolicyDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT"]).validate()?;
///
/// let conflict = NestingConflict::between(public.rules().first(), admin.rules().first()).unwrap();
/// assert_eq!(conflict.text("public", "admin"), "\
/// the policy admin stands inside the policy public, and a request must pass both
/// note: admin grants credentials, methods PUT, which public does not, so that is not in force
/// help: do not wrap public around admin: wrap each of them around scopes of its own");
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestingConflict {
    inner_grants_more: Vec<String>,
    outer_lets_pass: Vec<String>,
}

impl NestingConflict {
    /// Compares the rules of two policies for the same origin. Pass `None` for a policy that refuses the origin.
    /// Returns `None` if the inner policy grants no more than the outer one, and refuses nothing that passed the outer
    /// policy's preflights.
    pub fn between(outer: Option<&Rule>, inner: Option<&Rule>) -> Option<Self> {
        let conflict = match (outer, inner) {
            (None, None) => return None,
            (None, Some(_)) => Self { inner_grants_more: vec!["the origin".to_owned()], outer_lets_pass: Vec::new() },
            (Some(_), None) => Self { inner_grants_more: Vec::new(), outer_lets_pass: vec!["the origin".to_owned()] },
            (Some(outer), Some(inner)) => {
                let methods = |this: &Rule, other: &Rule| {
                    let has = |name: &str| other.allows_method(name.as_bytes());
                    missing("methods", &this.methods, has)
                };
                let headers = |this: &Rule, other: &Rule| {
                    missing("request headers", &this.allow_headers, |name| other.allows_header(name))
                };
                let exposed = missing("exposed headers", &inner.expose_headers, |name| {
                    matches!(outer.expose_headers, Names::Any(_)) || lists(&outer.expose_headers, name)
                });
                let credentials = (inner.credentials && !outer.credentials).then(|| "credentials".to_owned());
                let more = [credentials, methods(inner, outer), headers(inner, outer), exposed];
                Self {
                    inner_grants_more: more.into_iter().flatten().collect(),
                    outer_lets_pass: [methods(outer, inner), headers(outer, inner)].into_iter().flatten().collect(),
                }
            }
        };
        let is_one = !conflict.inner_grants_more.is_empty() || !conflict.outer_lets_pass.is_empty();
        is_one.then_some(conflict)
    }

    /// Returns what has no effect and what to do, as text with the names of the two policies.
    pub fn text(&self, outer: impl fmt::Display, inner: impl fmt::Display) -> String {
        let mut text = format!("the policy {inner} stands inside the policy {outer}, and a request must pass both");
        if !self.inner_grants_more.is_empty() {
            let more = self.inner_grants_more.join(", ");
            text += &format!("\nnote: {inner} grants {more}, which {outer} does not, so that is not in force");
        }
        if !self.outer_lets_pass.is_empty() {
            let more = self.outer_lets_pass.join(", ");
            text += &format!(
                "\nnote: {outer} answers the preflights and lets pass {more}, which {inner} does not grant: requests with another \
                 origin or method are refused by 403; other headers cannot be told from a browser's own"
            );
        }
        text += &format!("\nhelp: do not wrap {outer} around {inner}: wrap each of them around scopes of its own");
        text
    }
}

/// Returns the listed names that are missing elsewhere.
fn missing(what: &str, listed: &Names, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let missing: Vec<&str> = listed.iter().filter(|name| !is_there(name)).collect();
    (!missing.is_empty()).then(|| format!("{what} {}", missing.join(", ")))
}

fn lists(names: &Names, name: &str) -> bool {
    names.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}
