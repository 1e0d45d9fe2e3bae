//! Values just within a rule or just beyond it.

use cors_core::{Decision, Forward, Lines, Origin, PolicyDraft, Request, RuleDraft, decide};

#[test]
fn a_source_is_asked_for_origins_up_to_the_longest() {
    let policy = PolicyDraft::new().ask_for_other_origins().validate().unwrap_or_else(|issues| panic!("{issues}"));
    let is_asked =
        |origin: &[u8]| matches!(decide(&policy, &Request::new(b"GET").origin(Lines::One(origin))), Decision::Ask(_));
    let long = |length: usize| format!("{}://localhost", "x".repeat(length - "://localhost".len()));
    assert!(is_asked(long(Origin::MAX_LENGTH).as_bytes()));
    assert!(!is_asked(long(Origin::MAX_LENGTH + 1).as_bytes()));
    assert!(is_asked(b"nul") && !is_asked(b"null"));
}

#[test]
fn a_scheme_may_be_one_letter() {
    assert!(Origin::parse("x://localhost").is_ok());
    let policy = PolicyDraft::new().origins(["x://localhost"]).validate().unwrap_or_else(|issues| panic!("{issues}"));
    let request = Request::new(b"GET").origin(Lines::One(b"x://localhost"));
    assert!(matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_))));
    let patterns: Vec<String> = (0..20).map(|number| format!("https://*.h{number}.example:*")).collect();
    let policy = PolicyDraft::new().origins(patterns).validate().unwrap_or_else(|issues| panic!("{issues}"));
    assert!(matches!(decide(&policy, &request), Decision::Forward(Forward::Denied(_))));
}

#[test]
fn the_rule_for_everybody_is_the_first_where_it_is_the_only_one() {
    let only = PolicyDraft::new().origins("*").validate().unwrap_or_else(|issues| panic!("{issues}"));
    let Decision::Forward(Forward::Granted(grants)) = decide(&only, &Request::new(b"GET")) else {
        panic!("everybody gets the same answer");
    };
    assert_eq!(grants.rule_index(), 0);
    let listed = RuleDraft::new().origins(["https://a.example"]).max_age("60");
    let last = PolicyDraft::new().rules([listed, RuleDraft::new().origins("*")]).validate();
    let last = last.unwrap_or_else(|issues| panic!("{issues}"));
    assert!(matches!(decide(&last, &Request::new(b"GET")), Decision::Forward(Forward::NotCors)));
}

#[test]
fn a_page_is_of_the_servers_own_origin_only_where_its_origin_is_one_that_browsers_send() {
    let is_own = |scheme: &str, host: &str| {
        let origin = format!("{scheme}{host}");
        let request = Request::new(b"POST").origin(Lines::One(origin.as_bytes())).host(Lines::One(host.as_bytes()));
        request.is_same_origin()
    };
    for host in
        ["a.example", "a.example:8443", "a.example.", "localhost", "127.0.0.1:81", "[::1]", "[::1]:81", "[2001:db8::a]"]
    {
        assert!(is_own("https://", host) && is_own("http://", host), "{host}");
        assert!(!is_own("tauri://", host) && !is_own("HTTPS://", host), "{host}");
    }
    for host in [
        "",
        "a..example",
        "A.example",
        "user@a.example",
        "a.example/",
        "a.example:",
        "a.example:0",
        "a.example:081",
        "a.example:65536",
        "a.example:*",
        "*.a.example",
        "[::1",
        "[::1]a",
        "[::1]:*",
        "[::G]",
        "::1]",
        "a\u{fc}.example",
    ] {
        assert!(!is_own("https://", host) && !is_own("http://", host), "{host}");
    }
    let [longest, too_long] = [61, 62].map(|length| format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(length)));
    assert!(is_own("https://", &longest) && !is_own("https://", &too_long));
    assert!(
        is_own("https://", "a.example:80") && !is_own("https://", "a.example:443"),
        "the port of the scheme is not written"
    );
    assert!(is_own("http://", "a.example:443") && !is_own("http://", "a.example:80"));
    for (origin, host, is_own) in [
        ("https://a.example", "a.example:443", true),
        ("http://a.example", "A.example:80", true),
        ("https://[::1]", "[::1]:443", true),
        ("https://a.example", "a.example:80", false),
        ("http://a.example", "a.example:443", false),
        ("https://a.example", "a.example:", false),
        ("https://a.example", "a.example:0443", false),
        ("https://a.example:8443", "a.example:8443:443", false),
        ("https://a.example:8443", "a.example:443", false),
    ] {
        let request = Request::new(b"POST").origin(Lines::One(origin.as_bytes())).host(Lines::One(host.as_bytes()));
        assert_eq!(request.is_same_origin(), is_own, "{origin} at {host}");
    }
    let several = Request::new(b"POST").origin(Lines::Several).host(Lines::One(b"a.example"));
    assert!(!several.is_same_origin());
    assert!(several.sec_fetch_site(Lines::One(b"same-origin")).is_same_origin(), "the browser says so");
    assert!(!several.sec_fetch_site(Lines::Several).is_same_origin());
    let not_unicode = Request::new(b"POST").origin(Lines::One(b"https://\xff")).host(Lines::One(b"\xff"));
    assert!(!not_unicode.is_same_origin());
}

#[test]
fn a_policy_prints_as_it_is_written_with_what_it_rejects_and_asks_for() {
    let rule = || RuleDraft::new().origins(["https://a.example"]).max_age("60");
    let printed = |draft: PolicyDraft| {
        let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
        assert_eq!(policy.to_draft().validate().as_ref(), Ok(&policy));
        policy.to_string()
    };
    let written = "origins: [\"https://a.example\"],\nmax_age: 1min,";
    let asked = "\n// a source is asked for other origins";
    assert_eq!(printed(rule().into()), written);
    assert_eq!(printed(PolicyDraft::from(rule()).on_denied("reject")), format!("on_denied: reject,\n{written}"));
    assert_eq!(printed(PolicyDraft::from(rule()).ask_for_other_origins()), format!("{written}{asked}"));
    let names = rule().methods(["PUT", "PATCH"]).allow_headers(["X-A", "X-B"]).expose_headers(["ETag"]);
    let lists = "\nmethods: [PUT, PATCH],\nallow_headers: [\"X-A\", \"X-B\"],\nexpose_headers: [\"ETag\"],";
    let with_names = format!("origins: [\"https://a.example\"],{lists}\nmax_age: 1min,");
    assert_eq!(printed(names.into()), with_names);
    let last = RuleDraft::new().credentials(true);
    let two = "rules: [\n    {\n        origins: [\"https://a.example\"],\n        max_age: 1min,\n    },\n    \
               {\n        // origins: those that a source allows\n        credentials: true,\n    },\n],";
    let two_rules = PolicyDraft::new().rules([rule(), last]).ask_for_other_origins();
    assert_eq!(printed(two_rules), format!("{two}{asked}"));
}
