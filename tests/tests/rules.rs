//! What no policy of the language can say yet, but the decision knows: several rules, and origins that a source is asked for.

use std::borrow::Cow;

use cors_core::{
    Answered, Decision, Denial, Forward, Grants, Lines, Names, Origins, Policy, PolicyDraft, Request, ResponseHeader,
    Rule, Value, decide,
};

const LISTED: Lines<'_> = Lines::One(b"https://app.example.com");
const OTHER: Lines<'_> = Lines::One(b"https://tenant.example");

fn rule(draft: &PolicyDraft) -> Rule {
    draft.validate().unwrap_or_else(|issues| panic!("{issues}")).rules()[0].clone()
}

fn listed() -> Rule {
    rule(&PolicyDraft::new().origins(["https://app.example.com"]).max_age("60"))
}

fn asked() -> Rule {
    Rule::__checked(Origins::Asked, true, Names::Unsaid, Names::Unsaid, Names::Unsaid, None, [false, false])
}

fn policy<const N: usize>(rules: [Rule; N]) -> Policy {
    Policy::__checked(Cow::Owned(rules.to_vec()))
}

fn granted<'p>(decision: Decision<'p, '_>) -> Grants<'p> {
    match decision {
        Decision::Forward(Forward::Granted(grants)) | Decision::Answer(Ok(grants)) => grants,
        decision => panic!("not granted: {decision:?}"),
    }
}

#[test]
fn the_first_rule_that_matches_decides() {
    let policy = policy([listed(), rule(&PolicyDraft::new().origins("*"))]);
    let rule_of = |origin| granted(decide(&policy, &Request::new(b"GET").origin(origin))).rule_index();
    assert_eq!(rule_of(LISTED), 0);
    assert_eq!(rule_of(OTHER), 1);
    assert_eq!(rule_of(Lines::Several), 1);
    assert_eq!(decide(&policy, &Request::new(b"GET")), Decision::Forward(Forward::NotCors));
    assert_eq!(policy.vary(), Some("Origin"), "the two rules answer differently");
}

#[test]
fn a_source_is_asked_for_what_no_list_matches() {
    let policy = policy([listed(), asked()]);
    assert_eq!(granted(decide(&policy, &Request::new(b"GET").origin(LISTED))).rule_index(), 0);

    let Decision::Ask(question) = decide(&policy, &Request::new(b"GET").origin(OTHER)) else {
        panic!("the source must be asked");
    };
    assert_eq!(question.origin(), b"https://tenant.example");
    let grants = granted(question.resume(Answered::Allowed));
    assert_eq!(grants.rule_index(), 1);
    assert_eq!(grants.value(ResponseHeader::AllowOrigin), Some(Value::Requested));
    assert_eq!(grants.value(ResponseHeader::AllowCredentials), Some(Value::Text("true")));
    let denied = Decision::Forward(Forward::Denied(Denial::OriginNotListed));
    assert_eq!(question.resume(Answered::Denied), denied);
}

#[test]
fn a_preflight_waits_for_the_source_too() {
    let policy = policy([asked()]);
    let preflight = Request::new(b"OPTIONS").origin(OTHER).access_control_request_method(Lines::One(b"GET"));
    let Decision::Ask(question) = decide(&policy, &preflight) else {
        panic!("the source must be asked");
    };
    assert!(matches!(question.resume(Answered::Allowed), Decision::Answer(Ok(_))));
    assert_eq!(question.resume(Answered::Denied), Decision::Answer(Err(Denial::OriginNotListed)));
}

#[test]
fn a_source_is_never_asked_for_what_is_no_origin_of_its_own() {
    let policy = policy([asked()]);
    let decision = |origin| decide(&policy, &Request::new(b"GET").origin(origin));
    assert_eq!(decision(Lines::One(b"null")), Decision::Forward(Forward::Denied(Denial::NullOrigin)));
    assert_eq!(decision(Lines::Several), Decision::Forward(Forward::Denied(Denial::SeveralOrigins)));
}

#[test]
fn a_denied_preflight_says_why() {
    let policy = policy([listed()]);
    let preflight = Request::new(b"OPTIONS").origin(LISTED);
    let denial = |method| decide(&policy, &preflight.access_control_request_method(method));
    assert!(matches!(denial(Lines::One(b"PUT")), Decision::Answer(Ok(_))));
    assert_eq!(denial(Lines::One(b"PU T")), Decision::Answer(Err(Denial::MalformedMethod)));
    assert_eq!(denial(Lines::One(b"")), Decision::Answer(Err(Denial::MalformedMethod)));
    assert_eq!(denial(Lines::One(b"Trace")), Decision::Answer(Err(Denial::ForbiddenMethod)));
    assert_eq!(denial(Lines::Several), Decision::Answer(Err(Denial::SeveralMethods)));
}

#[test]
fn a_list_is_echoed_up_to_4096_bytes() {
    let policy =
        policy([rule(&PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).allow_headers("*"))]);
    let preflight = Request::new(b"OPTIONS").origin(LISTED).access_control_request_method(Lines::One(b"GET"));
    let echoed = |line: &[u8]| {
        let request = preflight.access_control_request_headers(Lines::One(line));
        granted(decide(&policy, &request)).value(ResponseHeader::AllowHeaders)
    };
    assert_eq!(echoed("x".repeat(4096).as_bytes()), Some(Value::Requested));
    assert_eq!(echoed("x".repeat(4097).as_bytes()), None);
    assert_eq!(echoed(b" x-a ,\t, x-b"), Some(Value::Requested));
    assert_eq!(echoed(b" , "), None);
    assert_eq!(echoed(b"x-a, x b"), None);
}
