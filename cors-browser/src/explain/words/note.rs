//! Why a browser blocks, and other possible causes.

use super::{allowable_origin, element, is_joined_list, mistake_of_script, url_mistake};
use crate::At;
use crate::explain::fix::{PolicyCheck, Remedy};
use crate::explain::{Cause, Facts, InitiatorType};
use cors_core::{IssueKind, Origin};

pub(in crate::explain) fn notes(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Vec<String> {
    let mut notes: Vec<String> = nearest(policy_check).into_iter().collect();
    notes.extend(rule_note(cause, facts).map(str::to_owned));
    // If the policy denies the request, there is no other cause.
    let may_be_foreign = policy_check.is_none_or(|policy_check| policy_check.remedy == Remedy::Needless);
    notes.extend(other_cause(cause, facts, policy_check).filter(|_| may_be_foreign).map(str::to_owned));
    if is_for_both(cause, facts) && policy_check.is_none() {
        notes.push("the answer to the request itself needs its own Access-Control-Allow-Origin, errors too".to_owned());
    }
    if facts.with_credentials() && cause.is_about_cors_headers() && facts.at != Some(At::Preflight) {
        notes.push(
            "cookies of another site also need SameSite=None; Secure, which no CORS header can give them".to_owned(),
        );
    }
    notes.extend(element::loss(facts));
    notes
}

fn nearest(policy_check: Option<&PolicyCheck>) -> Option<String> {
    let policy_check = policy_check?;
    // If nothing can be added, the help is the advice, which begins with the nearest item.
    let said = matches!(policy_check.remedy, Remedy::None);
    policy_check.denied.as_ref()?.nearest().filter(|_| !said).map(ToString::to_string)
}

fn rule_note(cause: Cause, facts: &Facts) -> Option<&'static str> {
    let lists_wildcard = facts.listed.iter().flatten().any(|name| name == "*");
    let is = |name: &Option<String>, other: &str| name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(other));
    Some(match cause {
        Cause::AllowOriginMismatch if facts.is_tainted() => {
            "the last server cannot know whether the one before may see the answer, so the browser names nobody"
        }
        Cause::AllowOriginMismatch => "browsers compare byte for byte, and allow one origin or * alone",
        Cause::MethodNotAllowed if lists_wildcard => "for a request with credentials * is a method of that name",
        Cause::MethodNotAllowed if has_other_case(facts) => {
            "methods have case; browsers write DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case, and no others"
        }
        Cause::HeaderNotAllowed if is(&facts.header, "authorization") && lists_wildcard => {
            "* does not cover Authorization, which must be listed by name"
        }
        Cause::HeaderNotAllowed if mirrors_first(facts) => {
            "only the first of the names is listed; if the server mirrors what it is asked for, a gateway has split the names into several lines \
             (AWS API Gateway does), which are one list all the same"
        }
        Cause::HeaderNotAllowed if lists_wildcard => "for a request with credentials * is a header of that name",
        Cause::HeaderNotAllowed if is(&facts.header, "content-type") => {
            "only the types of forms and text/plain need no permission; JSON does"
        }
        Cause::AllowCredentialsNotTrue if facts.value.is_some() => {
            "the value is true in lower case, once, and no other"
        }
        Cause::SaidElsewhere if facts.known_text == Some("Network request failed") => {
            "an app that is no page of a browser knows no CORS: there the server was not reached, and localhost is the phone itself"
        }
        Cause::PreflightStatus => {
            "a preflight is an OPTIONS request that the browser sends before the request of the script"
        }
        Cause::PreflightRedirected if url_mistake(facts).is_none() => {
            "often it is authentication that leads to a page for signing in, a final slash that is missing, or http for https"
        }
        _ => return None,
    })
}

/// Whether only the first requested name is listed. Browsers request names in alphabetical order.
fn mirrors_first(facts: &Facts) -> bool {
    let listed = facts.listed.as_deref().unwrap_or_default();
    let first = facts.needs.headers.iter().min_by_key(|name| name.to_ascii_lowercase());
    facts.needs.headers.len() > 1
        && matches!((listed, first), ([listed], Some(first)) if listed.eq_ignore_ascii_case(first))
}

fn has_other_case(facts: &Facts) -> bool {
    let Some(method) = &facts.method else { return false };
    let is_listed = facts.listed.iter().flatten().any(|name| name.eq_ignore_ascii_case(method));
    let mistake = mistake_of_script(Cause::MethodNotAllowed, facts);
    is_listed || mistake.is_some_and(|issue| matches!(issue.kind(), IssueKind::MethodCase { .. }))
}

/// Returns what may happen between browser and policy, or beside the policy.
fn other_cause(cause: Cause, facts: &Facts, policy_check: Option<&PolicyCheck>) -> Option<&'static str> {
    let is_foreign = policy_check.is_some_and(|policy_check| policy_check.remedy == Remedy::Needless);
    Some(match (cause, facts.status) {
        _ if facts.is_stored => {
            "the browser had stored this answer, perhaps for another page or without CORS, and asked no server; with Vary: Origin it asks \
             anew for each origin"
        }
        (Cause::AllowOriginMissing, _) if facts.looks_at_origin => {
            "the answer has Vary: Origin, so the server looks at the origin: it knows others, and does not list this one, or lists it with \
             a slash at the end, a path, another scheme or another port"
        }
        (Cause::AllowOriginMissing, Some(400)) if facts.at == Some(At::Preflight) => {
            "some middlewares refuse so, and do not say why: the origin, the method or a header is not in their lists; of two \
             that are nested the outer one answers"
        }
        // The message may be about a preflight. For a known preflight, the help says it.
        (Cause::AllowOriginMissing | Cause::OriginNotAllowed, Some(401 | 403 | 407)) if facts.at.is_none() => {
            "authentication that stands outside of CORS answers preflights like this: they never carry cookies or tokens"
        }
        (Cause::AllowOriginMissing | Cause::OriginNotAllowed, Some(404 | 405)) if facts.at.is_none() => {
            "a route that does not answer OPTIONS answers preflights like this, where CORS stands inside of the routing"
        }
        (Cause::AllowOriginMissing | Cause::OriginNotAllowed, Some(400..)) if facts.at.is_none() => {
            "the answer is an error: those that are made outside of CORS, by a proxy or a middleware, lack its headers"
        }
        (
            Cause::AllowOriginMissing
            | Cause::AllowOriginMismatch
            | Cause::WildcardWithCredentials
            | Cause::AllowCredentialsNotTrue,
            Some(200..=299),
        ) if facts.passed_preflight => {
            "the answer to its preflight allowed the page, so two places speak for CORS, as of nested middlewares, and contradict \
             each other; let one of them do both"
        }
        (Cause::AllowOriginMissing | Cause::OriginNotAllowed, Some(300..=399)) => {
            "each redirect must allow the origin as well, not only what it leads to"
        }
        (Cause::AllowOriginMismatch, _) if is_other_origin(facts) && !facts.varies && !facts.is_tainted() => {
            "without Vary: Origin a cache may give out the answer to a page of another origin"
        }
        (Cause::SeveralAllowedOrigins, _) if is_joined_list(cause, facts) => {
            "the header takes one origin or *, and no list; one program has joined its list into one line"
        }
        (Cause::SeveralAllowedOrigins, _) => {
            "where the server sends the header, a proxy that adds it as well sends it twice"
        }
        (Cause::WildcardWithCredentials, _)
            if matches!(facts.initiator, InitiatorType::Script | InitiatorType::ModuleScript) =>
        {
            "crossorigin=\"use-credentials\" makes it a request with credentials"
        }
        _ if is_foreign => "a proxy, a cache, another middleware or a handler may have made or changed it",
        _ => return None,
    })
}

/// Whether the response may be for a page of another origin, which the server allows.
fn is_other_origin(facts: &Facts) -> bool {
    let value = facts.value.as_deref().unwrap_or_default();
    facts.at != Some(At::Preflight) && facts.origin.as_deref() != Some("null") && Origin::parse(value).is_ok()
}

fn is_for_both(cause: Cause, facts: &Facts) -> bool {
    let about_origin = matches!(
        cause,
        Cause::AllowOriginMissing
            | Cause::AllowOriginMismatch
            | Cause::WildcardWithCredentials
            | Cause::OriginNotAllowed
    );
    about_origin && facts.at == Some(At::Preflight) && allowable_origin(facts).is_some()
}
