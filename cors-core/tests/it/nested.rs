//! A policy inside another (SRV-25): what it refuses before a handler, what both expose, and where the two disagree.

use std::borrow::Cow;

use cors_core::{Denial, Lines, NestingConflict, OnDenied, Policy, PolicyDraft, Request, decide, exposed_by_both};

const APP: &str = "https://app.example.com";

fn policy(draft: PolicyDraft) -> Policy {
    draft.validate().unwrap_or_else(|issues| panic!("{issues}"))
}

fn app() -> PolicyDraft {
    PolicyDraft::new().origins([APP])
}

#[test]
fn another_origin_and_a_method_that_is_not_listed_are_refused_inside() {
    let (none, app, other) =
        (Lines::None, Lines::One(APP.as_bytes()), Lines::One(b"https://other.example.com".as_slice()));
    let forward = policy(app_with_put());
    let reject = policy(app_with_put().on_denied(OnDenied::Reject));
    let any = policy(self::app().methods("*"));
    let everybody = policy(PolicyDraft::new().origins("*").methods(["PUT"]));
    let preflight = |method: &'static [u8]| Request::new(b"OPTIONS").access_control_request_method(Lines::One(method));
    let get = Request::new(b"GET");
    let rows = [
        (&forward, b"PUT".as_slice(), get.origin(app), None),
        (&forward, b"GET", get.origin(app), None),
        (&forward, b"HEAD", get.origin(app), None),
        (&forward, b"POST", get.origin(app), None),
        // Methods are compared byte for byte.
        (&forward, b"put", get.origin(app), Some(Denial::MethodNotListed)),
        (&forward, b"DELETE", get.origin(app), Some(Denial::MethodNotListed)),
        (&any, b"DELETE", get.origin(app), None),
        (&forward, b"PUT", get.origin(other), Some(Denial::OriginNotListed)),
        (&reject, b"PUT", get.origin(other), Some(Denial::OriginNotListed)),
        (&forward, b"PUT", get.origin(Lines::One(b"null")), Some(Denial::NullOrigin)),
        (&forward, b"PUT", get.origin(Lines::Several), Some(Denial::SeveralOrigins)),
        // Requests of the same origin pass, and those without one.
        (&forward, b"DELETE", get.origin(other).sec_fetch_site(Lines::One(b"same-origin")), None),
        (&forward, b"DELETE", get.origin(app).sec_fetch_site(Lines::One(b"same-origin")), None),
        (&forward, b"DELETE", get.origin(none), None),
        (&everybody, b"DELETE", get.origin(none), None),
        (&everybody, b"DELETE", get.origin(app), Some(Denial::MethodNotListed)),
        // A preflight that comes inside, where nothing outside took it.
        (&forward, b"OPTIONS", preflight(b"PUT").origin(other), Some(Denial::OriginNotListed)),
        (&forward, b"OPTIONS", preflight(b"PUT").origin(app), None),
    ];
    for (policy, method, request, refused) in rows {
        assert_eq!(decide(policy, &request).refused_inside(method, &request), refused, "{request:?}");
    }
}

fn app_with_put() -> PolicyDraft {
    app().methods(["PUT"])
}

#[test]
fn what_both_expose_has_the_names_of_both() {
    for (outer, inner, both) in [
        ("ETag", "ETag", Some("ETag")),
        ("*", "*", Some("*")),
        ("*", "ETag, Link", Some("ETag, Link")),
        ("ETag, Link", "*", Some("ETag, Link")),
        ("ETag, Link, X-Id", "x-id, Age, etag", Some("ETag, X-Id")),
        ("ETag, Link", "Age", None),
    ] {
        assert_eq!(exposed_by_both(outer, inner).as_deref(), both, "{outer} and {inner}");
    }
    assert!(matches!(exposed_by_both("ETag, Link", "ETag, Link"), Some(Cow::Borrowed(_))), "nothing is copied");
}

/// What the inner policy grants in vain, and what the outer one lets pass in vain.
fn conflict(outer: Option<PolicyDraft>, inner: Option<PolicyDraft>) -> Vec<String> {
    let [outer, inner] = [outer, inner].map(|draft| draft.map(policy));
    let rule = |policy: &'_ Option<Policy>| policy.as_ref().map(|policy| policy.rules()[0].clone());
    let Some(conflict) = NestingConflict::between(rule(&outer).as_ref(), rule(&inner).as_ref()) else {
        return Vec::new();
    };
    let text = conflict.text("OUT", "IN");
    let mut lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.remove(0), "the policy IN stands inside the policy OUT, and a request must pass both");
    assert_eq!(lines.pop(), Some("help: do not wrap OUT around IN: wrap each of them around scopes of its own"));
    let short = |line: &str| {
        let more = line.strip_prefix("note: IN grants ").and_then(|line| {
            line.strip_suffix(", which OUT does not, so that is not in force").map(|what| format!("more: {what}"))
        });
        let less = || {
            let line = line.strip_prefix("note: OUT answers the preflights and lets pass ")?;
            let end = ", which IN does not grant: requests with another origin or method are refused by 403; other headers \
                       cannot be told from a browser's own";
            Some(format!("less: {}", line.strip_suffix(end)?))
        };
        more.or_else(less).unwrap_or_else(|| panic!("{line}"))
    };
    lines.into_iter().map(short).collect()
}

#[test]
fn a_conflict_names_what_one_policy_grants_and_the_other_does_not() {
    let nothing: [&str; 0] = [];
    assert_eq!(conflict(None, None), nothing);
    assert_eq!(conflict(None, Some(app())), ["more: the origin"]);
    assert_eq!(conflict(Some(app()), None), ["less: the origin"]);
    let rows: [(PolicyDraft, PolicyDraft, &[&str]); 14] = [
        (app(), app(), &[]),
        (app(), app().credentials(true), &["more: credentials"]),
        (app().credentials(true), app(), &[]),
        (app().credentials(true), app().credentials(true), &[]),
        (app(), app_with_put(), &["more: methods PUT"]),
        (app().methods(["PUT", "DELETE"]), app_with_put(), &["less: methods DELETE"]),
        (app().methods("*"), app_with_put(), &["less: methods *"]),
        (app(), app().methods(["PUT"]).expose_headers(["ETag"]), &["more: methods PUT, exposed headers ETag"]),
        (app().expose_headers("*"), app().expose_headers(["ETag"]), &[]),
        (app().expose_headers(["etag", "Link"]), app().expose_headers(["ETag", "Age"]), &["more: exposed headers Age"]),
        (app().allow_headers(["x-a", "X-B"]), app().allow_headers(["X-A"]), &["less: request headers X-B"]),
        // HDR-4: without credentials the wildcard does not take `Authorization`, with them it does.
        (
            app().allow_headers("*"),
            app().allow_headers(["X-A", "Authorization"]),
            &["more: request headers Authorization", "less: request headers *"],
        ),
        (
            app().allow_headers("*").credentials(true),
            app().allow_headers(["X-A", "Authorization"]),
            &["less: request headers *"],
        ),
        (
            app().allow_headers(["*", "Authorization"]),
            app().allow_headers(["Authorization"]),
            &["less: request headers *"],
        ),
    ];
    for (outer, inner, expected) in rows {
        let said = format!("{outer:?} around {inner:?}");
        assert_eq!(conflict(Some(outer), Some(inner)), expected, "{said}");
    }
}
