//! The common answer of a policy and a policy inside it: SRV-25.

use super::answer::{answer, grants, is_preflight, is_same_origin};
use super::{Answer, Policy, Request, names};

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";
const EXPOSE_HEADERS: &str = "access-control-expose-headers";

pub(crate) fn nested(outer: &Policy, inner: &Policy, request: &Request) -> Answer {
    let (outside, inside) = (answer(outer, request), answer(inner, request));
    // The inner policy never gets a preflight.
    if is_preflight(request) {
        return outside;
    }
    let vary = &outside.vary | &inside.vary;
    let origin = request.lines("origin");
    let is_granted_outside = !origin.is_empty() && outside.headers.contains_key(ALLOW_ORIGIN);
    let rule = inner.rules.iter().find(|rule| !inner.for_nobody && grants(rule, &origin));
    let takes_method =
        |methods: &[String]| methods == ["*"] || methods.iter().any(|listed| listed.as_bytes() == request.method);
    let is_safelisted = std::str::from_utf8(&request.method).is_ok_and(names::is_safelisted_method);
    let inner_refuses = rule.is_none_or(|rule| !is_safelisted && !takes_method(&rule.methods));
    let is_refused = is_granted_outside && inner_refuses && !is_same_origin(request);
    if is_refused || outside.status.is_some() || inside.status.is_some() {
        return Answer { status: Some(403), vary, ..Answer::default() };
    }
    let mut both = Answer { vary, ..Answer::default() };
    let values = |name: &str| Some((outside.headers.get(name)?.clone(), inside.headers.get(name)?.clone()));
    let Some((outer_origin, inner_origin)) = values(ALLOW_ORIGIN) else { return both };
    let own_text = if inner_origin == b"*" { outer_origin } else { inner_origin };
    both.headers.insert(ALLOW_ORIGIN.to_owned(), own_text);
    if let Some((credentials, _)) = values(ALLOW_CREDENTIALS) {
        both.headers.insert(ALLOW_CREDENTIALS.to_owned(), credentials);
    }
    if let Some((outer_names, inner_names)) = values(EXPOSE_HEADERS) {
        let names = common(&outer_names, &inner_names);
        if !names.is_empty() {
            both.headers.insert(EXPOSE_HEADERS.to_owned(), names);
        }
    }
    both
}

/// Returns the names in both lists. `*` has all names.
fn common(outer: &[u8], inner: &[u8]) -> Vec<u8> {
    match (outer, inner) {
        (b"*", names) | (names, b"*") => names.to_vec(),
        _ => {
            let split = |list: &[u8]| String::from_utf8_lossy(list).split(", ").map(str::to_owned).collect::<Vec<_>>();
            let inner = split(inner);
            let has = |name: &String| inner.iter().any(|other| other.eq_ignore_ascii_case(name));
            split(outer).into_iter().filter(has).collect::<Vec<_>>().join(", ").into_bytes()
        }
    }
}
