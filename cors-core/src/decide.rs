//! The server's half of the CORS protocol.

use crate::decision::GrantedTo;
use crate::names::{is_forbidden_method, is_token};
use crate::{
    Ask, Decision, Denial, Forward, Grants, IncomingRequest, Lines, OnDenied, Origin, Origins, Policy, RequestHeader,
    Rule,
};

/// The longest list of header names that is echoed (SRV-15).
const LONGEST_ECHO: usize = 4096;

/// Decides what a server does with a request (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
///
/// Looks at borrowed bytes only; nothing is allocated, and nothing panics.
///
/// ```
/// use cors_core::{Decision, Denial, Lines, PolicyDraft, Request, decide};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate()?;
/// let preflight = Request::new(b"OPTIONS").access_control_request_method(Lines::One(b"PUT"));
///
/// let allowed = preflight.origin(Lines::One(b"https://app.example.com"));
/// assert!(matches!(decide(&policy, &allowed), Decision::Answer(Ok(_))));
///
/// let refused = preflight.origin(Lines::One(b"https://evil.example"));
/// assert_eq!(decide(&policy, &refused), Decision::Answer(Err(Denial::OriginNotListed)));
/// # Ok::<(), cors_core::Issues>(())
/// ```
// Inlined always, and `OriginList::matches` never: 16 to 32 instructions less for a GET.
#[inline(always)]
pub fn decide<'p, 'r>(policy: &'p Policy, request: &impl IncomingRequest<'r>) -> Decision<'p, 'r> {
    let origin = request.lines(RequestHeader::Origin);
    // SRV-1: without an `Origin` line it is no CORS request (#cors-request).
    if origin == Lines::None {
        let Some(rule) = policy.rule_for_all() else {
            return Decision::Forward(Forward::NotCors);
        };
        // SRV-20: where all get the same answer, they get it unasked, so that caches may share it.
        return Decision::Forward(Forward::Granted(Grants { index: 0, rule, to: GrantedTo::ActualRequest }));
    }
    let matched = match find_rule(policy, origin) {
        Some((index, Rule { origins: Origins::FromSource, .. })) => {
            return Decision::Ask(Ask { policy, index, origin });
        }
        Some(found) => Ok(found),
        None => Err(denial_of(origin)),
    };
    settle(policy, request, matched)
}

/// SRV-8: the first rule that matches is the rule of the request, or would be if its source knows the origin.
#[inline]
pub(crate) fn find_rule<'p>(policy: &'p Policy, origin: Lines<'_>) -> Option<(usize, &'p Rule)> {
    // SRV-3: several lines are an origin that no list matches.
    let origin = match origin {
        Lines::One(origin) => Some(origin),
        Lines::None | Lines::Several => None,
    };
    policy.rules().iter().enumerate().find(|(_, rule)| match &rule.origins {
        // SRV-7: the answer is the same for all, so it does not matter what the line says.
        Origins::Any => true,
        Origins::Listed(list) => origin.is_some_and(|origin| list.matches(origin)),
        // SRV-5a: nobody is asked for what is too long to be an origin.
        Origins::FromSource => origin.is_some_and(|origin| origin != b"null" && origin.len() <= Origin::MAX_LENGTH),
    })
}

fn denial_of(origin: Lines<'_>) -> Denial {
    match origin {
        Lines::One(b"null") => Denial::NullOrigin,
        Lines::Several => Denial::SeveralOrigins,
        Lines::One(_) | Lines::None => Denial::OriginNotListed,
    }
}

/// Decides once it is known which rule matched, if one did.
#[inline]
pub(crate) fn settle<'p, 'r>(
    policy: &'p Policy,
    request: &impl IncomingRequest<'r>,
    matched: Result<(usize, &'p Rule), Denial>,
) -> Decision<'p, 'r> {
    // SRV-2: an OPTIONS request that asks for no method is the application's (#cors-preflight-request).
    if request.is_options() {
        let method = request.lines(RequestHeader::AccessControlRequestMethod);
        if method != Lines::None {
            let answer = |(index, rule)| answer_to_preflight(index, rule, method, request);
            return Decision::Answer(matched.and_then(answer));
        }
    }
    match matched {
        Ok((index, rule)) => Decision::Forward(Forward::Granted(Grants { index, rule, to: GrantedTo::ActualRequest })),
        // SRV-22
        Err(denial) if policy.on_denied() == OnDenied::Forward => Decision::Forward(Forward::Denied(denial)),
        Err(_) if request.is_same_origin() => Decision::Forward(Forward::SameOrigin),
        Err(denial) => Decision::Reject(denial),
    }
}

#[inline]
fn answer_to_preflight<'p, 'r>(
    index: usize,
    rule: &'p Rule,
    method: Lines<'r>,
    request: &impl IncomingRequest<'r>,
) -> Result<Grants<'p>, Denial> {
    check_method(method)?;
    // SRV-11: only a rule that echoes the list looks at it.
    let headers_can_be_echoed =
        rule.echoes_headers() && can_be_echoed(request.lines(RequestHeader::AccessControlRequestHeaders));
    Ok(Grants { index, rule, to: GrantedTo::Preflight { headers_can_be_echoed } })
}

/// SRV-10: what no browser asks for gets no answer that a cache or a proxy could make something of.
fn check_method(lines: Lines<'_>) -> Result<(), Denial> {
    match lines {
        Lines::One(method) if !is_token(method) => Err(Denial::MalformedMethod),
        Lines::One(method) if is_forbidden_method(method) => Err(Denial::ForbiddenMethod),
        Lines::One(_) => Ok(()),
        Lines::None | Lines::Several => Err(Denial::SeveralMethods),
    }
}

/// SRV-15: one line of names, not too long, at least one name in it.
fn can_be_echoed(lines: Lines<'_>) -> bool {
    let Lines::One(line) = lines else {
        return false;
    };
    if line.len() > LONGEST_ECHO {
        return false;
    }
    let mut elements = line.split(|byte| *byte == b',').map(trim).filter(|element| !element.is_empty());
    elements.next().is_some_and(is_token) && elements.all(is_token)
}

/// Removes spaces and tabs, which may stand around an element of a list, and nothing else.
fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
