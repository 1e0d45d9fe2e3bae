//! SRV-25: a request that must pass two policies. For tests of the middleware, which nests; the core does not.
#![allow(dead_code)]

use super::answer::{answer, grants, is_same_origin, trimmed};
use super::{Answer, Policy, Request, Rule, names};

pub(crate) fn nested(outer: &Policy, inner: &Policy, request: &Request) -> Answer {
    let first = answer(outer, request);
    if first.status.is_some() {
        return first;
    }
    let second = answer(inner, request);
    let vary = first.vary.union(&second.vary).cloned().collect();
    let origin = request.lines("origin");
    let rule_of = |policy: &Policy| policy.rules.iter().position(|rule| grants(rule, &origin));
    let lists_the_method = |rule: &Rule| {
        let method = String::from_utf8_lossy(&request.method);
        names::is_safelisted_method(&method) || rule.methods.iter().any(|name| *name == method || name == "*")
    };
    let inner_refuses = rule_of(inner).is_none_or(|index| !lists_the_method(&inner.rules[index]));
    let passed_the_outer = !origin.is_empty() && rule_of(outer).is_some();
    if second.status == Some(403) || (passed_the_outer && inner_refuses && !is_same_origin(request)) {
        return Answer { status: Some(403), vary, ..Answer::default() };
    }
    let mut headers = first.headers;
    headers.retain(|name, _| second.headers.contains_key(name));
    if let Some(value) = headers.get_mut("access-control-allow-origin") {
        let other = &second.headers["access-control-allow-origin"];
        if value == b"*" {
            value.clone_from(other);
        }
    } else {
        headers.clear();
    }
    if let Some(value) = headers.get_mut("access-control-expose-headers") {
        *value = names_of_both(value, &second.headers["access-control-expose-headers"]);
    }
    headers.retain(|_, value| !value.is_empty());
    Answer { status: None, headers, vary }
}

fn names_of_both(one: &[u8], other: &[u8]) -> Vec<u8> {
    let names = |text: &[u8]| text.split(|byte| *byte == b',').map(trimmed).collect::<Vec<_>>();
    let has = |list: &[Vec<u8>], name: &Vec<u8>| list.iter().any(|other| other.eq_ignore_ascii_case(name));
    match (one, other) {
        (b"*", names) | (names, b"*") => names.to_vec(),
        _ => {
            let mut both = names(one);
            both.retain(|name| has(&names(other), name));
            both.join(&b", "[..])
        }
    }
}
