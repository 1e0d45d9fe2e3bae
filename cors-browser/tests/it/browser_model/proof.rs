//! The model and the server's half prove each other: under generated policies, an allowed response is readable, and a
//! denied one is blocked for the right reason. This file states what a policy allows a third time, as plainly as
//! possible.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use cors_browser::{At, Browser, CredentialsMode, OutgoingRequest, Page, Response, Verdict};
use cors_core::{Credentials, Denial, Lines, Policy, PolicyDraft, Request, decide};
use proptest::prelude::*;

use super::generated::{API, Asked, Listed, Rule, asked, rule};
use crate::random::runner;

/// The readable names, or why and where the response is blocked.
type End = Result<BTreeSet<String>, (&'static str, At)>;

/// Returns what the policy means for a page of another origin.
fn meant(rules: &[Rule], asked: &Asked) -> End {
    let preflight =
        asked.upload || !asked.unsafe_names().is_empty() || !["GET", "HEAD", "POST"].contains(&asked.method());
    let at = if preflight { At::Preflight } else { At::Actual };
    let origin = if asked.page.starts_with("data:") { "null" } else { asked.page };
    let rule = rules.iter().find(|rule| rule.matches(origin)).ok_or(("allow-origin-missing", at))?;
    if asked.credentials == CredentialsMode::Include && !rule.credentials {
        let code = if rule.origins.is_any() { "wildcard-with-credentials" } else { "allow-credentials-not-true" };
        return Err((code, at));
    }
    // PRE-12: if only the listeners made the preflight due, any method passes, unless a list is sent.
    let unlisted = asked.upload && matches!(&rule.methods, Listed::Names(names) if names.is_empty());
    if !unlisted && !rule.allows_method(asked.method()) {
        return Err(("method-not-allowed", At::Preflight));
    }
    if !asked.unsafe_names().iter().all(|name| rule.allows_header(name)) {
        return Err(("header-not-allowed", At::Preflight));
    }
    let readable = |name: &&str| rule.exposed.is_any() || *name == "content-type" || rule.exposed.has(name);
    let mut names: BTreeSet<String> = HANDLER.iter().copied().filter(readable).map(str::to_owned).collect();
    if rule.exposed.is_any() {
        names.extend(["access-control-allow-origin", "access-control-expose-headers"].map(str::to_owned));
    }
    Ok(names)
}

/// The headers of the handler, besides `Set-Cookie`.
const HANDLER: [&str; 4] = ["content-type", "etag", "x-request-id", "x-secret"];

fn handled() -> Response {
    HANDLER.iter().fold(Response::new(200).header("Set-Cookie", "a=b"), |response, name| response.header(*name, "x"))
}

/// The server's half, and its reason why the browser blocks.
fn serve(policy: &Policy, outgoing: &OutgoingRequest) -> (Response, Option<Denial>) {
    let lines = |name| Lines::of(outgoing.header(name).into_iter());
    let names: Vec<&[u8]> = outgoing.header("Access-Control-Request-Headers").into_iter().collect();
    let request = Request::new(outgoing.method.as_bytes())
        .origin(lines("Origin"))
        .access_control_request_method(lines("Access-Control-Request-Method"))
        .access_control_request_headers(&names);
    let decision = decide(policy, &request);
    let reply = policy.reply(decision);
    let response = reply.status().map_or_else(handled, Response::new);
    let response = reply.lines(&request).fold(response, |response, (name, value)| response.header(name, value));
    let credentials = if outgoing.credentials { Credentials::Included } else { Credentials::Unknown };
    (response, decision.blocked_by_browser(&request, credentials))
}

/// Returns the server's reason for this end, if a server can know it. A preflight does not show whether credentials
/// follow.
fn refusal(end: &End) -> Option<&'static [Option<Denial>]> {
    Some(match end {
        Ok(_) => &[None],
        Err(("allow-origin-missing", _)) => &[Some(Denial::OriginNotListed), Some(Denial::NullOrigin)],
        Err(("method-not-allowed", _)) => &[Some(Denial::MethodNotListed)],
        Err(("header-not-allowed", _)) => &[Some(Denial::HeaderNotListed)],
        Err((_, At::Preflight)) => return None,
        Err(_) => &[Some(Denial::CredentialsNotAllowed)],
    })
}

#[test]
fn what_a_policy_allows_is_readable_and_what_it_denies_is_blocked_for_that_reason() {
    let ends = RefCell::new(BTreeMap::new());
    let count = |code: &'static str| *ends.borrow_mut().entry(code).or_insert(0) += 1;
    let rules = proptest::collection::vec(rule(), 1..=2);
    let outcome = runner(20_000).run(&(rules, asked()), |(rules, asked)| {
        let Ok(policy) = PolicyDraft::new().rules(rules.iter().map(Rule::draft)).validate() else {
            count("invalid");
            return Ok(());
        };
        let page = Page::at(asked.page).expect("the pages have URLs");
        let mut refused = None;
        let verdict = Browser::new()
            .run(&page, &asked.script(), |outgoing| {
                let (response, refusal) = serve(&policy, outgoing);
                refused = refused.or(refusal);
                response
            })
            .verdict;
        if asked.page == API {
            prop_assert!(matches!(verdict, Verdict::Readable(_)), "{:?}", verdict);
            count("same-origin");
            return Ok(());
        }
        let end: End = match verdict {
            Verdict::Readable(readable) => Ok(readable.headers.into_iter().collect()),
            Verdict::Blocked(blocked) => Err((blocked.reason.code(), blocked.at)),
            verdict => return Err(TestCaseError::fail(format!("{verdict:?}"))),
        };
        prop_assert_eq!(&end, &meant(&rules, &asked), "{}", policy);
        // PRE-12 again: a server does not see the listeners.
        if let Some(expected) = refusal(&end).filter(|_| !asked.upload) {
            prop_assert!(expected.contains(&refused), "{:?} {:?} {}", end, refused, policy);
        }
        count(end.map_or_else(|(code, _)| code, |_| "readable"));
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    let ends = ends.into_inner();
    for end in [
        "readable",
        "same-origin",
        "allow-origin-missing",
        "wildcard-with-credentials",
        "allow-credentials-not-true",
        "method-not-allowed",
        "header-not-allowed",
    ] {
        assert!(ends.get(end).is_some_and(|count| *count > 200), "hardly any end in {end}: {ends:?}");
    }
}
