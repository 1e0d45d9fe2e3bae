//! The parts of a preflight that are echoed (SRV-14, SRV-15), a policy that allows no origin (SRV-26), and `Vary` as
//! one line (SRV-32).

use std::borrow::Cow;

use cors_core::{
    Credentials, Decision, Denial, Lines, OnDenied, Policy, PolicyDraft, Request, ResponseHeader, Value, Vary, decide,
};

const APP: Lines<'_> = Lines::One(b"https://app.example.com");

fn echoing() -> Policy {
    let draft = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true);
    draft.methods("*").allow_headers("*").validate().unwrap_or_else(|issues| panic!("{issues}"))
}

fn preflight<'r>(method: &'r [u8], names: &'r [&'r [u8]]) -> Request<'r> {
    Request::new(b"OPTIONS")
        .origin(APP)
        .access_control_request_method(Lines::One(method))
        .access_control_request_headers(names)
}

/// Returns the allowed names, and why a browser blocks.
fn echoed(names: &[&[u8]]) -> (Option<Vec<u8>>, Option<Denial>) {
    let policy = echoing();
    let request = preflight(b"PUT", names);
    let allowed = policy.respond(&request).value(ResponseHeader::AllowHeaders);
    let bytes = allowed.map(|value| value.bytes(&request).expect("it is that request").into_owned());
    (bytes, decide(&policy, &request).blocked_by_browser(&request, Credentials::Included))
}

#[test]
fn several_lines_of_names_are_one_list() {
    let all = |text: &str| (Some(text.as_bytes().to_vec()), None);
    assert_eq!(echoed(&[b"x-a", b"x-b"]), all("x-a, x-b"));
    assert_eq!(echoed(&[b"x-a,x-b", b"", b" , ", b"x-c ,"]), all("x-a,x-b, x-c ,"));
    assert_eq!(echoed(&[b"", b"x-a"]), all("x-a"));
    assert_eq!(echoed(&[b"x", b""]), all("x"));
    assert_eq!(echoed(&[b" x-a ,\t, x-b"]), all(" x-a ,\t, x-b"));
    assert_eq!(echoed(&[b"x-a", b"x-b", b"x-c"]), all("x-a, x-b, x-c"));
}

#[test]
fn what_is_no_list_of_names_is_not_repeated() {
    for nothing in [&[][..], &[b"".as_slice()], &[b" , "], &[b"", b",", b"\t"]] {
        assert_eq!(echoed(nothing), (None, None), "nothing is asked for by {nothing:?}");
    }
    for broken in [&[b"x-a, x b".as_slice()][..], &[b"x-a", b"x b"], &[b"x-a", b"\"x\""], &[b"x-\xe9"], &[b"x-a\x0b"]] {
        assert_eq!(echoed(broken), (None, Some(Denial::HeaderNotListed)), "{broken:?}");
    }
}

#[test]
fn every_byte_of_a_token_is_repeated_and_no_other() {
    for byte in 0..=u8::MAX {
        let is_token = byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_between = matches!(byte, b',' | b' ' | b'\t');
        assert_eq!(echoed(&[&[b'x', byte]]).0.is_some(), is_token || is_between, "{byte}");
    }
}

#[test]
fn a_list_is_repeated_up_to_4096_bytes() {
    let refused = (None, Some(Denial::HeaderNotListed));
    let (longest, half) = ("x".repeat(4096), "x".repeat(2047));
    assert_eq!(echoed(&[longest.as_bytes()]), (Some(longest.clone().into_bytes()), None));
    assert_eq!(echoed(&[format!("{longest}x").as_bytes()]), refused);
    assert_eq!(echoed(&[half.as_bytes(), half.as_bytes()]).0.map(|list| list.len()), Some(4096));
    assert_eq!(echoed(&[half.as_bytes(), format!("{half}x").as_bytes()]), refused);
    assert_eq!(
        echoed(&[half.as_bytes(), ",".repeat(4097).as_bytes(), half.as_bytes()]).0.map(|list| list.len()),
        Some(4096)
    );
}

#[test]
fn names_beyond_as_many_as_are_listed_are_looked_up_too() {
    let [any, some, any_and_authorization] =
        [vec!["*"], vec!["X-B", "X-A", "X-C"], vec!["*", "Authorization"]].map(|names| {
            let draft = PolicyDraft::new().origins(["https://app.example.com"]).allow_headers(names).methods(["PUT"]);
            draft.validate().unwrap_or_else(|issues| panic!("{issues}"))
        });
    let missing = Some(Denial::HeaderNotListed);
    let rows = [
        (&some, "x-a,x-a,x-a,x-a,x-b,x-a,x-c", None),
        (&some, "x-a,x-a,x-a,x-a,x-b,x-d", missing),
        (&any, "x-a,x-b,x-c,x-d", None),
        (&any, "x-a,x-b,authorization", missing),
        (&any_and_authorization, "x-a,x-b,x-c,x-d,authorization", None),
    ];
    for (policy, asked, denial) in rows {
        let names = [asked.as_bytes()];
        let request = preflight(b"PUT", &names);
        let blocked = decide(policy, &request).blocked_by_browser(&request, Credentials::NotIncluded);
        assert_eq!(blocked, denial, "{asked}");
    }
}

#[test]
fn one_line_is_not_copied() {
    let request = preflight(b"PUT", &[b"", b"x-a,x-b"]);
    let policy = echoing();
    let value = policy.respond(&request).value(ResponseHeader::AllowHeaders).and_then(|value| value.bytes(&request));
    assert!(matches!(value, Some(Cow::Borrowed(b"x-a,x-b"))), "{value:?}");
}

#[test]
fn a_method_is_repeated_up_to_4096_bytes() {
    let policy = echoing();
    for (length, denial) in [(4096, None), (4097, Some(Denial::MethodNotListed))] {
        let method = "M".repeat(length);
        let request = preflight(method.as_bytes(), &[]);
        let reply = policy.respond(&request);
        assert_eq!((reply.status(), reply.vary()), (Some(204), Some(Vary::OriginMethodAndHeaders)));
        let allowed = reply.value(ResponseHeader::AllowMethods).and_then(|value| value.bytes(&request));
        assert_eq!(allowed.as_deref(), denial.is_none().then_some(method.as_bytes()));
        assert_eq!(decide(&policy, &request).blocked_by_browser(&request, Credentials::Included), denial);
    }
}

#[test]
fn an_origin_of_more_than_512_bytes_matches_only_a_wildcard() {
    let origin = |length: usize| format!("aa{}://x", "a".repeat(length - 6));
    let asking = PolicyDraft::new().ask_for_other_origins().validate().unwrap_or_else(|issues| panic!("{issues}"));
    for (length, asks) in [(512, true), (513, false), (120_000, false)] {
        let origin = origin(length);
        let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
        let asked = match decide(&asking, &request) {
            Decision::Ask(ask) => ask.question(&request).is_ok(),
            _ => false,
        };
        assert_eq!(asked, asks, "{length}");
    }
    let all = PolicyDraft::new().origins("*").validate().unwrap_or_else(|issues| panic!("{issues}"));
    let longest = origin(120_000);
    let reply = all.respond(&Request::new(b"GET").origin(Lines::One(longest.as_bytes())));
    assert_eq!(reply.value(ResponseHeader::AllowOrigin), Some(Value::Text("*")));
}

fn nobody(on_denied: OnDenied) -> Policy {
    PolicyDraft::new().origins("none").on_denied(on_denied).validate().expect("a policy for nobody")
}

#[test]
fn a_policy_for_nobody_grants_nothing_and_varies_only_where_it_rejects() {
    let get = Request::new(b"GET");
    let own = get.origin(APP).sec_fetch_site(Lines::One(b"same-origin"));
    let put = preflight(b"PUT", &[]);
    for (on_denied, vary, denied) in
        [(OnDenied::Forward, None, None), (OnDenied::Reject, Some(Vary::Origin), Some(403))]
    {
        let policy = nobody(on_denied);
        for (request, status) in [(get, None), (get.origin(APP), denied), (own, None), (put, Some(403))] {
            let reply = policy.respond(&request);
            assert_eq!((reply.status(), reply.vary()), (status, vary), "{on_denied:?} {request:?}");
            assert_eq!(reply.lines(&request).count(), 0);
        }
        assert_eq!(decide(&policy, &put).denial(), Some(Denial::OriginNotListed));
    }
}

#[test]
fn a_request_that_is_no_cors_request_is_not_blocked() {
    let all = PolicyDraft::new().origins("*").validate().unwrap_or_else(|issues| panic!("{issues}"));
    let request = Request::new(b"GET");
    assert!(decide(&all, &request).grants().is_some(), "everybody gets the same answer");
    for credentials in [Credentials::Included, Credentials::NotIncluded, Credentials::Unknown] {
        assert_eq!(decide(&all, &request).blocked_by_browser(&request, credentials), None);
        let decision = decide(&all, &request.origin(APP));
        let denial = (credentials == Credentials::Included).then_some(Denial::CredentialsNotAllowed);
        assert_eq!(decision.blocked_by_browser(&request.origin(APP), credentials), denial);
    }
}

#[test]
fn the_lines_of_vary_become_one_without_repetition() {
    for (vary, lines, expected) in [
        (Vary::Origin, &[][..], "Origin"),
        (Vary::Origin, &["Accept"], "Accept, Origin"),
        (Vary::Origin, &["Accept", "Cookie , Accept-Encoding"], "Accept, Cookie , Accept-Encoding, Origin"),
        (Vary::Origin, &["accept,origin "], "accept,origin"),
        (Vary::Origin, &["", " Accept ", "\t"], "Accept, Origin"),
        (Vary::Origin, &["X-Origin", "Origin-X"], "X-Origin, Origin-X, Origin"),
        (Vary::OriginAndMethod, &["Origin"], "Origin, Access-Control-Request-Method"),
        (Vary::OriginAndHeaders, &["access-control-request-headers, ORIGIN"], "access-control-request-headers, ORIGIN"),
        (Vary::OriginMethodAndHeaders, &["Accept", "*"], "Accept, *"),
    ] {
        let merged = vary.merged(|| lines.iter().map(|line| line.as_bytes()));
        assert_eq!(merged, expected.as_bytes(), "{vary:?} {lines:?}");
    }
}
