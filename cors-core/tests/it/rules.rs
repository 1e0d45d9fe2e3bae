//! Decisions with several rules, with a source of origins, and with rejected requests.

use cors_core::{
    Answered, Ask, Decision, Denial, Forward, Grants, Lines, Origin, Policy, PolicyDraft, Request, RequestHeader,
    ResponseHeader, RuleDraft, Value, Vary, decide,
};

const LISTED: Lines<'_> = Lines::One(b"https://app.example.com");
const OTHER: Lines<'_> = Lines::One(b"https://tenant.example");

fn policy<D: Clone + Into<PolicyDraft>>(draft: &D) -> Policy {
    draft.clone().into().validate().unwrap_or_else(|issues| panic!("{issues}"))
}

fn listed() -> RuleDraft {
    RuleDraft::new().origins(["https://app.example.com"]).max_age("60")
}

fn asked() -> RuleDraft {
    RuleDraft::new().credentials(true)
}

fn granted<'p>(decision: Decision<'p>) -> Grants<'p> {
    match decision {
        Decision::Forward(Forward::Granted(grants)) | Decision::Answer(Ok(grants)) => grants,
        decision => panic!("not granted: {decision:?}"),
    }
}

fn ask<'p>(policy: &'p Policy, request: &Request<'_>) -> Ask<'p> {
    match decide(policy, request) {
        Decision::Ask(ask) => ask,
        decision => panic!("the source must be asked: {decision:?}"),
    }
}

#[test]
fn the_first_rule_that_matches_decides() {
    let policy = policy(&PolicyDraft::new().rules([listed(), RuleDraft::new().origins("*")]));
    let rule_of = |origin| granted(decide(&policy, &Request::new(b"GET").origin(origin))).rule_index();
    assert_eq!(rule_of(LISTED), 0);
    assert_eq!(rule_of(OTHER), 1);
    assert_eq!(rule_of(Lines::Several), 1);
    assert_eq!(decide(&policy, &Request::new(b"GET")), Decision::Forward(Forward::NotCors));
    assert_eq!(policy.vary(), Some(Vary::Origin), "the two rules answer differently");
}

#[test]
fn a_source_is_asked_for_what_no_list_matches() {
    let policy = policy(&PolicyDraft::new().rules([listed(), asked()]).ask_for_other_origins());
    assert_eq!(granted(decide(&policy, &Request::new(b"GET").origin(LISTED))).rule_index(), 0);

    let request = Request::new(b"GET").origin(OTHER);
    let Decision::Ask(question) = decide(&policy, &request) else {
        panic!("the source must be asked");
    };
    assert_eq!(question.question(&request).expect("it is asked for").origin().as_str(), "https://tenant.example");
    let grants = granted(question.resume(Answered::Allowed, &request));
    assert_eq!(grants.rule_index(), 1);
    assert_eq!(grants.value(ResponseHeader::AllowOrigin), Some(Value::Requested(RequestHeader::Origin)));
    assert_eq!(grants.value(ResponseHeader::AllowCredentials), Some(Value::Text("true")));
    let denied = Decision::Forward(Forward::Denied(Denial::OriginNotListed));
    assert_eq!(question.resume(Answered::Denied, &request), denied);
}

#[test]
fn a_source_may_name_any_rule_and_the_insecure_are_judged_by_that_one() {
    let rules = [asked().methods(["PUT"]), listed(), RuleDraft::new().methods(["PATCH"]), asked()];
    let policy = policy(&PolicyDraft::new().rules(rules).ask_for_other_origins());
    assert_eq!(
        granted(decide(&policy, &Request::new(b"GET").origin(LISTED))).rule_index(),
        1,
        "rules without are passed"
    );

    let answers = |origin, answered| {
        let request = Request::new(b"GET").origin(Lines::One(origin));
        let ask = ask(&policy, &request);
        let question = ask.question(&request).expect("it is asked for");
        let decision = ask.resume(answered, &request);
        assert_eq!(decision, question.resume(&policy, answered, &request));
        match decision {
            Decision::Forward(Forward::Granted(grants)) => {
                let origin = Some(Value::Requested(RequestHeader::Origin));
                assert_eq!(grants.value(ResponseHeader::AllowOrigin), origin);
                Ok(grants.rule_index())
            }
            decision => Err(decision.denial().expect("a denial")),
        }
    };
    let secure: &[u8] = b"https://tenant.example";
    for origin in [secure, b"http://localhost:3000", b"http://[::1]", b"http://127.0.0.1:80\x30"] {
        assert_eq!(answers(origin, Answered::Allowed), Ok(3));
        for rule in 0..4 {
            assert_eq!(answers(origin, Answered::AllowedByRule(rule)), Ok(rule));
        }
        assert_eq!(answers(origin, Answered::AllowedByRule(4)), Err(Denial::NoAnswer));
        assert_eq!(answers(origin, Answered::AllowedByRule(usize::MAX)), Err(Denial::NoAnswer));
    }
    let insecure = |answered| answers(b"http://tenant.example:8080", answered);
    assert_eq!(insecure(Answered::Allowed), Err(Denial::InsecureOrigin));
    assert_eq!(insecure(Answered::AllowedByRule(0)), Err(Denial::InsecureOrigin));
    assert_eq!(insecure(Answered::AllowedByRule(2)), Ok(2));
}

#[test]
fn what_a_source_says_of_one_origin_grants_nothing_to_another() {
    let policy = policy(&PolicyDraft::from(asked()).ask_for_other_origins());
    let question = ask(&policy, &Request::new(b"GET").origin(OTHER)).question(&Request::new(b"GET").origin(OTHER));
    let question = question.expect("it is asked for");
    let denied = Decision::Forward(Forward::Denied(Denial::OriginNotListed));
    for origin in [Lines::One(b"https://evil.example"), Lines::Several, Lines::None] {
        let request = Request::new(b"GET").origin(origin);
        assert_eq!(question.resume(&policy, Answered::Allowed, &request), denied, "{origin:?}");
    }
}

#[test]
fn what_a_source_says_grants_nothing_under_a_policy_that_asks_nobody() {
    let asking = policy(&PolicyDraft::from(listed()).ask_for_other_origins());
    let request = Request::new(b"GET").origin(OTHER);
    let question = ask(&asking, &request).question(&request).expect("it is asked for");
    assert!(question.resume(&asking, Answered::Allowed, &request).grants().is_some());
    let two = policy(&PolicyDraft::new().rules([listed(), RuleDraft::new().origins(["https://b.example"])]));
    for other in [policy(&listed()), two] {
        assert_eq!(question.resume(&other, Answered::Allowed, &request).denial(), Some(Denial::OriginNotListed));
    }
}

#[test]
fn a_preflight_waits_for_the_source_too() {
    let policy = policy(&PolicyDraft::from(asked()).ask_for_other_origins());
    let preflight = Request::new(b"OPTIONS").origin(OTHER).access_control_request_method(Lines::One(b"GET"));
    let Decision::Ask(question) = decide(&policy, &preflight) else {
        panic!("the source must be asked");
    };
    assert!(matches!(question.resume(Answered::Allowed, &preflight), Decision::Answer(Ok(_))));
    assert_eq!(question.resume(Answered::Denied, &preflight), Decision::Answer(Err(Denial::OriginNotListed)));
}

#[test]
fn a_source_is_never_asked_for_what_is_no_origin_of_its_own() {
    let policy = policy(&PolicyDraft::from(asked()).ask_for_other_origins());
    let decision = |origin| decide(&policy, &Request::new(b"GET").origin(origin));
    assert_eq!(decision(Lines::One(b"null")), Decision::Forward(Forward::Denied(Denial::NullOrigin)));
    assert_eq!(decision(Lines::Several), Decision::Forward(Forward::Denied(Denial::SeveralOrigins)));
}

#[test]
fn a_denied_preflight_says_why() {
    let policy = policy(&listed());
    let preflight = Request::new(b"OPTIONS").origin(LISTED);
    let denial = |method| decide(&policy, &preflight.access_control_request_method(method));
    assert!(matches!(denial(Lines::One(b"PUT")), Decision::Answer(Ok(_))));
    assert_eq!(denial(Lines::One(b"PU T")), Decision::Answer(Err(Denial::MalformedMethod)));
    assert_eq!(denial(Lines::One(b"")), Decision::Answer(Err(Denial::MalformedMethod)));
    assert_eq!(denial(Lines::One(b"Trace")), Decision::Answer(Err(Denial::ForbiddenMethod)));
    assert_eq!(denial(Lines::Several), Decision::Answer(Err(Denial::SeveralMethods)));
}

#[test]
fn a_source_knows_origins_for_the_last_rule_whatever_that_lists() {
    let policy = policy(&PolicyDraft::from(listed().credentials(true)).ask_for_other_origins());
    assert_eq!(granted(decide(&policy, &Request::new(b"GET").origin(LISTED))).rule_index(), 0);
    let request = Request::new(b"GET").origin(OTHER);
    let Decision::Ask(question) = decide(&policy, &request) else {
        panic!("the source must be asked");
    };
    let grants = granted(question.resume(Answered::Allowed, &request));
    assert_eq!(grants.rule().max_age().map(cors_core::MaxAge::seconds), Some(60));
    assert!(grants.rule().credentials());
}

#[test]
fn only_a_well_formed_origin_is_asked_for() {
    let question =
        |policy: &Policy, origin: &[u8]| match decide(policy, &Request::new(b"GET").origin(Lines::One(origin))) {
            Decision::Ask(ask) => {
                let question = ask.question(&Request::new(b"GET").origin(Lines::One(origin)));
                question.map(|question| question.origin().to_string())
            }
            decision => panic!("{decision:?}"),
        };
    let with_credentials = policy(&PolicyDraft::from(asked()).ask_for_other_origins());
    for origin in
        ["https://tenant.example", "http://localhost:3000", "chrome-extension://abcdef", "moz-extension://0a-1b"]
    {
        assert_eq!(question(&with_credentials, origin.as_bytes()), Ok(origin.to_owned()));
    }
    for origin in
        ["https://tenant.example/", "https://Tenant.example", "", "https://*.example", "x", "https://a.example:443"]
    {
        assert_eq!(question(&with_credentials, origin.as_bytes()), Err(Denial::OriginNotListed), "{origin}");
    }
    assert_eq!(question(&with_credentials, b"https://\xff.example"), Err(Denial::OriginNotListed));
    let insecure = b"http://tenant.example";
    assert_eq!(question(&with_credentials, insecure), Err(Denial::InsecureOrigin));
    let dangerous = policy(&PolicyDraft::from(asked().dangerously_allow(["insecure_origins"])).ask_for_other_origins());
    assert_eq!(question(&dangerous, insecure), Ok("http://tenant.example".to_owned()));
    let without_credentials = policy(&PolicyDraft::new().ask_for_other_origins());
    assert_eq!(question(&without_credentials, insecure), Ok("http://tenant.example".to_owned()));
}

/// Returns the decision on a request from another origin under `on_denied: reject`, with headers about its origin.
fn rejected<'r>(policy: &'r Policy, shape: impl Fn(Request<'r>) -> Request<'r>) -> bool {
    match decide(policy, &shape(Request::new(b"POST").origin(Lines::One(b"https://www.example.com")))) {
        Decision::Reject(Denial::OriginNotListed) => true,
        Decision::Forward(Forward::SameOrigin) => false,
        decision => panic!("{decision:?}"),
    }
}

#[test]
fn a_request_of_the_servers_own_pages_is_not_rejected() {
    let policy = policy(&PolicyDraft::from(listed()).on_denied("reject"));
    let own = Origin::parse("https://www.example.com").unwrap_or_else(|mistake| panic!("{mistake}"));
    let site = |value: &'static [u8]| move |request: Request<'static>| request.sec_fetch_site(Lines::One(value));
    let policy: &'static Policy = Box::leak(Box::new(policy));
    let own: &'static Origin = Box::leak(Box::new(own));

    assert!(rejected(policy, |request| request), "nothing says that it is of the same origin");
    assert!(!rejected(policy, site(b"same-origin")));
    for other in [b"same-site".as_slice(), b"cross-site", b"none", b"", b"Same-Origin", b"same-origin, same-origin"] {
        assert!(rejected(policy, site(other)));
    }
    let host = |value: &'static [u8]| move |request: Request<'static>| request.host(Lines::One(value));
    assert!(!rejected(policy, host(b"www.example.com")));
    for other in
        [b"www.example.com:8080".as_slice(), b"example.com", b"", b"www.example.com.", b"https://www.example.com"]
    {
        assert!(rejected(policy, host(other)));
    }
    assert!(rejected(policy, |request| request.host(Lines::Several)));
    assert!(!rejected(policy, |request| request.host(Lines::One(b"backend:8080")).public_origin(own)));
    // A public origin counts instead of `Host`.
    let another: &'static Origin =
        Box::leak(Box::new(Origin::parse("http://www.example.com").unwrap_or_else(|mistake| panic!("{mistake}"))));
    assert!(rejected(policy, |request| request.host(Lines::One(b"www.example.com")).public_origin(another)));
    assert!(!rejected(policy, |request| site(b"same-origin")(request).public_origin(another)));
    // The browser's own statement counts more than the comparison.
    assert!(rejected(policy, |request| site(b"cross-site")(
        request.host(Lines::One(b"www.example.com")).public_origin(own)
    )));
    assert!(rejected(policy, |request| request.sec_fetch_site(Lines::Several).public_origin(own)));
}

#[test]
fn reject_spares_what_asks_for_nothing_and_what_a_rule_is_for() {
    let policy = policy(&PolicyDraft::from(listed()).on_denied("reject"));
    assert_eq!(decide(&policy, &Request::new(b"POST")), Decision::Forward(Forward::NotCors));
    assert_eq!(granted(decide(&policy, &Request::new(b"POST").origin(LISTED))).rule_index(), 0);
    let denial = |origin| decide(&policy, &Request::new(b"POST").origin(origin));
    assert_eq!(denial(Lines::One(b"null")), Decision::Reject(Denial::NullOrigin));
    assert_eq!(denial(Lines::Several), Decision::Reject(Denial::SeveralOrigins));
    let options = Request::new(b"OPTIONS").origin(OTHER);
    assert_eq!(decide(&policy, &options), Decision::Reject(Denial::OriginNotListed), "it asks for no method");
    let preflight = options.access_control_request_method(Lines::One(b"PUT"));
    assert_eq!(decide(&policy, &preflight), Decision::Answer(Err(Denial::OriginNotListed)));
}

#[test]
fn a_page_of_the_servers_own_may_have_no_origin_to_name() {
    // With `Referrer-Policy: no-referrer` browsers send `Origin: null` even to the page's own server.
    let policy = policy(&PolicyDraft::from(listed()).on_denied("reject"));
    let request = Request::new(b"POST").origin(Lines::One(b"null")).sec_fetch_site(Lines::One(b"same-origin"));
    assert_eq!(decide(&policy, &request), Decision::Forward(Forward::SameOrigin));
}

#[test]
fn what_a_source_denies_is_rejected_too() {
    let policy = policy(&PolicyDraft::from(asked()).on_denied("reject").ask_for_other_origins());
    let request = Request::new(b"POST").origin(OTHER);
    let Decision::Ask(question) = decide(&policy, &request) else {
        panic!("the source must be asked");
    };
    assert_eq!(question.resume(Answered::Denied, &request), Decision::Reject(Denial::OriginNotListed));
    assert_eq!(
        question.resume(Answered::NotAsked(Denial::InsecureOrigin), &request),
        Decision::Reject(Denial::InsecureOrigin)
    );
}
