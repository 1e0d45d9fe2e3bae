//! The server's half of the CORS protocol.

use crate::grants::{Echoable, GrantedTo};
use crate::names::{is_forbidden_method, is_token};
use crate::origin::is_insecure;
use crate::requested::{MAX_ECHO_LENGTH, can_be_echoed};
use crate::{
    Answered, Ask, Decision, Denial, Forward, Grants, IncomingRequest, Lines, OnDenied, Origin, Origins, Policy,
    Question, Rule,
};

/// Decides what a server does with a request (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
///
/// Reads borrowed bytes only, does not allocate, and does not panic.
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
// Inlined with everything that it calls except `find_among`, whose loop needs all registers.
#[inline(always)]
pub fn decide<'p, 'r>(policy: &'p Policy, request: &impl IncomingRequest<'r>) -> Decision<'p> {
    let origin = request.origin_lines();
    // SRV-1: a request without an `Origin` line is not a CORS request (#cors-request).
    if origin == Lines::None {
        let Some(rule) = policy.rule_for_all() else {
            return Decision::Forward(Forward::NotCors);
        };
        // SRV-20: if every request gets the same answer, so does this one, and caches can share it.
        return Decision::Forward(Forward::Granted(Grants { index: 0, rule, to: GrantedTo::ActualRequest }));
    }
    // SRV-3: no list matches several lines.
    let matched = match find_rule(policy, origin.one()) {
        Some((_, Rule { origins: Origins::FromSource, .. })) => return Decision::Ask(Ask { policy }),
        Some(found) => Ok(found),
        None => Err(denial_of(origin)),
    };
    decide_by_rule(policy, request, matched)
}

/// Returns the first rule that matches (SRV-8). The last rule may be the rule of a source, for origins that no rule
/// lists.
#[inline(always)]
fn find_rule<'p>(policy: &'p Policy, origin: Option<&[u8]>) -> Option<(usize, &'p Rule)> {
    match policy.rules() {
        // Most policies are one rule without patterns: 40 instructions less.
        [rule @ Rule { origins: Origins::Listed(list), .. }] if list.is_exact() => {
            origin.is_some_and(|origin| list.matches(origin)).then_some((0, rule))
        }
        rules => find_among(rules, origin),
    }
}

#[inline(never)]
fn find_among<'p>(rules: &'p [Rule], origin: Option<&[u8]>) -> Option<(usize, &'p Rule)> {
    rules.iter().enumerate().find(|(index, rule)| match &rule.origins {
        // SRV-7: the answer is the same for every value of the line, valid or not.
        Origins::Any => true,
        Origins::Listed(list) => origin.is_some_and(|origin| list.matches(origin)),
        Origins::FromSource => index + 1 == rules.len() && origin.is_some_and(can_be_asked),
    })
}

/// Whether a source can be asked for the value: it is not `null`, and not too long to be an origin (SRV-5a).
fn can_be_asked(origin: &[u8]) -> bool {
    origin != b"null" && origin.len() <= Origin::MAX_LENGTH
}

fn denial_of(origin: Lines<'_>) -> Denial {
    match origin {
        Lines::One(b"null") => Denial::NullOrigin,
        Lines::Several => Denial::SeveralOrigins,
        Lines::One(_) | Lines::None => Denial::OriginNotListed,
    }
}

impl<'p> Ask<'p> {
    /// Decides about the request with the answer of the source, or with the reason why the source was not asked.
    #[inline(always)]
    pub fn resume<'r>(self, answered: Answered, request: &impl IncomingRequest<'r>) -> Decision<'p> {
        resume(self.policy, answered, request)
    }
}

impl Question {
    /// Decides, with the answer of the source, about the request that the question was made from.
    ///
    /// Denies a request of another origin, and every request if the policy has no source.
    pub fn resume<'p, 'r>(
        &self,
        policy: &'p Policy,
        answered: Answered,
        request: &impl IncomingRequest<'r>,
    ) -> Decision<'p> {
        let is_asked_for = request.origin_lines() == Lines::One(self.origin.as_str().as_bytes());
        let answered = if is_asked_for { answered } else { Answered::NotAsked(Denial::OriginNotListed) };
        resume(policy, answered, request)
    }
}

#[inline(always)]
fn resume<'p, 'r>(policy: &'p Policy, answered: Answered, request: &impl IncomingRequest<'r>) -> Decision<'p> {
    let rule = |index: usize| policy.rules().get(index).map(|rule| (index, rule));
    let matched = match answered {
        _ if !policy.has_source() => Err(Denial::OriginNotListed),
        Answered::Allowed => rule(policy.rules().len().saturating_sub(1)).ok_or(Denial::OriginNotListed),
        // An index without a rule denies.
        Answered::AllowedByRule(index) => rule(index).ok_or(Denial::NoAnswer),
        Answered::Denied => Err(Denial::OriginNotListed),
        Answered::Unanswered => Err(Denial::NoAnswer),
        Answered::NotAsked(denial) => Err(denial),
    };
    let may_be_insecure =
        |rule: &Rule| rule.allows_insecure() || !request.origin_lines().one().is_some_and(is_insecure);
    let matched = match matched {
        Ok((_, rule)) if !may_be_insecure(rule) => Err(Denial::InsecureOrigin),
        matched => matched,
    };
    decide_by_rule(policy, request, matched)
}

/// Decides about a request whose rule, or reason for having none, is known.
#[inline(always)]
fn decide_by_rule<'p, 'r>(
    policy: &'p Policy,
    request: &impl IncomingRequest<'r>,
    matched: Result<(usize, &'p Rule), Denial>,
) -> Decision<'p> {
    // SRV-2: an OPTIONS request without a requested method is not a preflight (#cors-preflight-request).
    if request.is_options() {
        let method = request.access_control_request_method_lines();
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

#[inline(always)]
fn answer_to_preflight<'p, 'r>(
    index: usize,
    rule: &'p Rule,
    method: Lines<'r>,
    request: &impl IncomingRequest<'r>,
) -> Result<Grants<'p>, Denial> {
    let method = checked_method(method)?;
    // SRV-11: only a rule that echoes header names reads them.
    let headers = rule.echoes_headers() && can_be_echoed(request.access_control_request_headers_lines());
    let may_be = Echoable::of(method.len() <= MAX_ECHO_LENGTH, headers);
    Ok(Grants { index, rule, to: GrantedTo::Preflight(may_be) })
}

/// SRV-10: a method that no browser requests is refused, so that no cache or proxy can misuse the answer.
fn checked_method(lines: Lines<'_>) -> Result<&[u8], Denial> {
    match lines {
        Lines::One(method) if !is_token(method) => Err(Denial::MalformedMethod),
        Lines::One(method) if is_forbidden_method(method) => Err(Denial::ForbiddenMethod),
        Lines::One(method) => Ok(method),
        Lines::None | Lines::Several => Err(Denial::SeveralMethods),
    }
}
