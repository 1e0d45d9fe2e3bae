//! Advice about denials: the nearest item, and what to write.

use cors_core::{
    Answered, Credentials, Decision, Difference, Forward, Lines, Policy, PolicyDraft, Request, RuleDraft, decide,
};

fn policy(draft: &PolicyDraft) -> Policy {
    draft.validate().unwrap_or_else(|issues| panic!("{issues}"))
}

/// Returns the advice about a request from this origin, which the policy denies.
fn advice(policy: &Policy, origin: &str) -> String {
    let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
    let denial = match decide(policy, &request) {
        Decision::Forward(Forward::Denied(denial)) | Decision::Reject(denial) => denial,
        Decision::Ask(ask) => ask.question(&request).expect_err("it is not asked for"),
        decision => panic!("{origin} is not denied: {decision:?}"),
    };
    policy.advice(denial, &request).to_string()
}

#[test]
fn the_item_that_comes_nearest_is_named_with_its_difference() {
    let policy = policy(&PolicyDraft::new().origins([
        "https://app.example.com",
        "https://*.preview.example.com",
        "http://localhost:3000",
        "https://other.example.net:8443",
    ]));
    let add = |origin: &str| format!("if pages of that origin may read, add \"{origin}\" to `origins`");
    for (origin, nearest) in [
        ("https://app.example.com:8443", "origins[0] \"https://app.example.com\" has another port; "),
        ("http://app.example.com", "origins[0] \"https://app.example.com\" has another scheme; "),
        ("http://app.example.com:8080", "origins[0] \"https://app.example.com\" has another scheme and another port; "),
        (
            "https://preview.example.com",
            "origins[1] \"https://*.preview.example.com\" is for the names below this host, not for the host itself; ",
        ),
        (
            "https://www.app.example.com",
            "origins[0] \"https://app.example.com\" is for the host above, not for names below it; ",
        ),
        ("http://a.preview.example.com", "origins[1] \"https://*.preview.example.com\" has another scheme; "),
        ("https://a.preview.example.com:1", "origins[1] \"https://*.preview.example.com\" has another port; "),
        ("http://localhost:3001", "origins[2] \"http://localhost:3000\" has another port; "),
        ("http://localhost", "origins[2] \"http://localhost:3000\" has another port; "),
        ("https://apps.example.com", "origins[0] \"https://app.example.com\" is spelt almost like it; "),
        ("https://evil.example", ""),
        ("https://notpreview.example.com", ""),
    ] {
        assert_eq!(advice(&policy, origin), format!("{nearest}{}", add(origin)));
    }
}

#[test]
fn what_could_not_stand_in_the_list_is_not_said_to_be_added() {
    let policy = policy(&PolicyDraft::new().origins(["https://app.example.com"]).credentials(true));
    for (origin, said) in [
        (
            "http://app.example.com",
            "origins[0] \"https://app.example.com\" has another scheme; serve the page by https: the rule has \
             credentials, and anyone in between could read them",
        ),
        (
            "https://App.example.com:444/",
            "origins[0] \"https://app.example.com\" has another port; no browser sends this for a page that you \
             could list: \"https://App.example.com:444/\" has an upper-case letter",
        ),
        ("null", "every sandboxed frame sends null, so it names nobody; serve the page from an origin of its own"),
        ("", "no browser sends this for a page that you could list: an empty text is no origin"),
    ] {
        assert_eq!(advice(&policy, origin), said);
    }
    let request = Request::new(b"GET").origin(Lines::Several);
    let Decision::Forward(Forward::Denied(denial)) = decide(&policy, &request) else { panic!("it is denied") };
    let said = "no browser sends the line twice; look at what stands in between";
    assert_eq!(policy.advice(denial, &request).to_string(), said);
}

#[test]
fn of_several_rules_the_place_names_its_rule() {
    let rule = |origin| RuleDraft::new().origins([origin]);
    let policy = policy(&PolicyDraft::new().rules([rule("https://a.example.com"), rule("https://b.example.org")]));
    let said = advice(&policy, "http://b.example.org");
    let nearest = "rules[1].origins[0] \"https://b.example.org\" has another scheme; ";
    let add = "if pages of that origin may read, add \"http://b.example.org\" to `rules[1].origins`";
    assert_eq!(said, format!("{nearest}{add}"));
    let far = advice(&policy, "https://far.example");
    assert_eq!(far, "if pages of that origin may read, add \"https://far.example\" to `rules[1].origins`");
}

#[test]
fn where_a_source_knows_the_origins_it_is_named() {
    let policy = policy(&PolicyDraft::new().origins(["https://app.example.com"]).ask_for_other_origins());
    let request = Request::new(b"GET").origin(Lines::One(b"https://tenant.example"));
    let advice = policy.advice(cors_core::Denial::OriginNotListed, &request);
    let said = "if pages of that origin may read, let the source of origins allow \"https://tenant.example\"";
    assert_eq!((advice.to_string().as_str(), advice.addition()), (said, None));
    let unanswered = policy.advice(cors_core::Denial::NoAnswer, &request).to_string();
    assert_eq!(unanswered, "look at the source of origins, and at the time that it takes");
}

#[test]
fn what_can_be_added_is_a_policy_without_mistakes() {
    let draft = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true);
    let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com:8443"));
    let advice = policy(&draft).advice(cors_core::Denial::OriginNotListed, &request);
    assert_eq!(advice.nearest().map(|nearest| nearest.difference()), Some(Difference::Port));
    let added = advice.addition().expect("it may be added").as_str();
    assert!(draft.origins(["https://app.example.com", added]).validate().is_ok());
}

#[test]
fn an_addition_is_tried_in_the_rule_that_is_shown() {
    let first = RuleDraft::new().origins(["https://a.example.com"]).credentials(true);
    let policy = policy(&PolicyDraft::new().rules([first, RuleDraft::new().origins(["https://b.example.org"])]));
    let said = advice(&policy, "http://a.example.com");
    assert!(said.starts_with("rules[0].origins[0]"), "{said}");
    assert!(
        said.ends_with("serve the page by https: the rule has credentials, and anyone in between could read them"),
        "{said}"
    );
}

#[test]
fn what_no_source_is_asked_for_is_not_said_to_be_let_in_there() {
    let policy = policy(&PolicyDraft::new().credentials(true).ask_for_other_origins());
    let said = advice(&policy, "http://tenant.example");
    assert_eq!(said, "serve the page by https: the rule has credentials, and anyone in between could read them");
}

/// Returns the advice about a preflight from an origin that the policy grants.
fn advice_on_grant(draft: &PolicyDraft, method: &str, names: &str) -> Option<String> {
    let policy = policy(draft);
    let lines: Vec<&[u8]> = names.split(';').map(str::as_bytes).collect();
    let request = Request::new(b"OPTIONS")
        .origin(Lines::One(b"https://app.example.com"))
        .access_control_request_method(Lines::One(method.as_bytes()))
        .access_control_request_headers(&lines);
    let denial = decide(&policy, &request).blocked_by_browser(&request, Credentials::Unknown)?;
    Some(policy.advice(denial, &request).to_string())
}

#[test]
fn a_method_or_header_that_is_not_listed_is_named_with_its_list() {
    let plain = PolicyDraft::new().origins(["https://app.example.com"]);
    let listed = plain.clone().methods(["PUT", "PATCH"]).allow_headers(["X-Token", "Content-Type"]);
    let any = plain.clone().methods("*").allow_headers("*");
    let with_credentials = any.clone().credentials(true);
    let add = |what: &str| format!("if pages of that origin may send it, add {what}");
    for (draft, method, names, said) in [
        (&plain, "GET", "", None),
        (&plain, "HEAD", " , ,", None),
        (&plain, "POST", "", None),
        (&plain, "PUT", "", Some(add("PUT to `methods`"))),
        (&plain, "POST", "content-type", Some(add("\"content-type\" to `allow_headers`"))),
        (&listed, "PUT", "content-type,x-token", None),
        (&listed, "PUT", "content-type, X-TOKEN", None),
        (&listed, "DELETE", "content-type", Some(add("DELETE to `methods`"))),
        (&listed, "DELETE", "x-other", Some(add("DELETE to `methods`"))),
        (&listed, "PUT", "content-type;x-token", None),
        (&listed, "PUT", "content-type;x-other;x-token", Some(add("\"x-other\" to `allow_headers`"))),
        (&listed, "PUT", "content-type,x-other,x-token", Some(add("\"x-other\" to `allow_headers`"))),
        (&any, "DELETE", "x-other", None),
        (&any, "DELETE", "authorization,x-other", Some(add("\"authorization\" to `allow_headers`"))),
        (&with_credentials, "DELETE", "authorization,x-other", None),
        (&listed, "patch", "", Some("\"patch\" is not the method PATCH; write \"PATCH\" in the page".to_owned())),
        (&listed, "PUT", "cookie", Some("no script can set \"cookie\", so it needs no permission".to_owned())),
        (&listed, "PUT", "a b", Some("\"a b\" is not the name of a header".to_owned())),
    ] {
        assert_eq!(advice_on_grant(draft, method, names), said, "{method} {names}");
    }
}

#[test]
fn credentials_that_would_be_a_mistake_are_not_advised() {
    let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
    let said = |draft: &PolicyDraft| {
        let policy = policy(draft);
        let denial = decide(&policy, &request).blocked_by_browser(&request, Credentials::Included)?;
        Some(policy.advice(denial, &request).to_string())
    };
    let listed = PolicyDraft::new().origins(["https://app.example.com"]);
    let advice = "if pages of that origin may read what only the user may see, write `credentials: true`";
    assert_eq!(said(&listed), Some(advice.to_owned()));
    assert_eq!(said(&listed.credentials(true)), None);
    assert_eq!(
        said(&PolicyDraft::new().origins("*")),
        Some("`origins` = \"*\" does not work together with `credentials` = true".to_owned())
    );
}

#[test]
fn advice_is_about_the_rule_that_a_source_named() {
    let rules = [RuleDraft::new().max_age("60"), RuleDraft::new().methods(["DELETE"])];
    let policy = policy(&PolicyDraft::new().rules(rules).ask_for_other_origins());
    let request = Request::new(b"OPTIONS")
        .origin(Lines::One(b"https://tenant.example"))
        .access_control_request_method(Lines::One(b"PUT"));
    let advice = |answered| policy.advice_after(answered, cors_core::Denial::MethodNotListed, &request).to_string();
    assert!(
        advice(Answered::AllowedByRule(0)).contains("add PUT to `rules[0].methods`"),
        "{}",
        advice(Answered::Allowed)
    );
    assert!(advice(Answered::Allowed).contains("add PUT to `rules[1].methods`"));
}
