//! Mistakes in drafts that are in no table.

use std::io;

use cors_core::{Issues, PolicyDraft, PublicSuffixes, RuleDraft};
use serde_json::json;

/// Returns the codes of the mistakes in data, without wrong types.
fn codes_but_of_type(data: serde_json::Value) -> Vec<&'static str> {
    let draft: PolicyDraft = serde_json::from_value(data).expect("any data is a draft");
    let issues = draft.validate().expect_err("a value has a wrong type");
    let codes = issues.iter().map(|issue| issue.kind().code());
    codes.filter(|code| *code != "wrong-type").collect()
}

#[test]
fn a_value_that_cannot_be_read_keeps_the_draft_from_becoming_a_policy_and_is_not_missed() {
    let good =
        json!({ "origins": ["https://app.example.com"], "credentials": true, "methods": ["PUT"], "max_age": 60 });
    assert!(serde_json::from_value::<PolicyDraft>(good.clone()).expect("a draft").validate().is_ok());
    for key in ["origins", "credentials", "methods", "allow_headers", "expose_headers", "max_age"] {
        let mut broken = good.clone();
        broken[key] = json!({});
        assert_eq!(codes_but_of_type(broken), [] as [&str; 0], "{key}");
    }
    let mut with_broken_item = good;
    with_broken_item["methods"] = json!(["PUT", 7]);
    assert_eq!(codes_but_of_type(with_broken_item), [] as [&str; 0]);
}

#[test]
fn nobody_knows_what_a_broken_key_would_have_needed() {
    let needless = PolicyDraft::new().origins(["https://app.example.com"]).dangerously_allow(["insecure_origins"]);
    assert_eq!(places(&needless), ["dangerously_allow[0] allows-nothing"]);
    assert_eq!(places(&needless.credentials(true)), ["dangerously_allow[0] allows-nothing"]);
    let dangers = json!(["insecure_origins"]);
    for broken in [
        json!({ "origins": ["https://app.example.com"], "credentials": 1, "dangerously_allow": dangers }),
        json!({ "origins": {}, "credentials": true, "dangerously_allow": dangers }),
        json!({ "origins": [7], "credentials": true, "dangerously_allow": dangers }),
    ] {
        assert_eq!(codes_but_of_type(broken), [] as [&str; 0]);
    }
}

#[test]
fn a_danger_is_taken_on_once() {
    let twice = PolicyDraft::new()
        .origins(["http://a.example"])
        .credentials(true)
        .dangerously_allow(["insecure_origins", "insecure_origins"]);
    let issues = twice.validate().expect_err("it stands there twice");
    let found: Vec<_> = issues.iter().map(|issue| (issue.place().to_string(), issue.kind().code())).collect();
    assert_eq!(found, [("dangerously_allow[1]".to_owned(), "repetition")]);
}

/// Returns the place and code of every mistake.
fn places(draft: &PolicyDraft) -> Vec<String> {
    match draft.validate() {
        Ok(_) => Vec::new(),
        Err(issues) => issues.iter().map(|issue| format!("{} {}", issue.place(), issue.kind().code())).collect(),
    }
}

#[test]
fn one_text_is_no_list_unless_it_is_the_wildcard() {
    let origin = "https://app.example.com";
    assert_eq!(places(&PolicyDraft::new().origins(origin)), ["origins wrong-type"]);
    assert_eq!(places(&PolicyDraft::new().origins([origin]).methods("PUT")), ["methods wrong-type"]);
    assert_eq!(places(&PolicyDraft::new().origins("*").methods("*")), [] as [&str; 0]);
    let dangerous = PolicyDraft::new().origins(["http://a.example"]).credentials(true);
    let mistaken = dangerous.clone().dangerously_allow("insecure_origins");
    assert_eq!(places(&mistaken), ["dangerously_allow wrong-type"], "what was meant to be allowed is not known");
    let broken = json!({ "origins": ["http://a.example"], "credentials": true, "dangerously_allow": [7] });
    assert_eq!(codes_but_of_type(broken), [] as [&str; 0], "it has its mistake");
    let misspelt = dangerous.dangerously_allow(["insecure_origin"]);
    assert_eq!(places(&misspelt), ["dangerously_allow[0] unknown-value"]);
}

#[test]
fn the_wildcard_stands_alone() {
    let origins = |list: &[&str]| PolicyDraft::new().origins(list);
    let app = "https://app.example.com";
    assert_eq!(places(&origins(&["*", "*"])), ["origins[0] wildcard-elsewhere", "origins[1] wildcard-elsewhere"]);
    assert_eq!(places(&origins(&[app, "*"]).credentials(true)), ["origins[1] wildcard-with-credentials"]);
    let twice = ["methods[0] wildcard-elsewhere", "methods[1] wildcard-elsewhere"];
    assert_eq!(places(&origins(&[app]).methods(["*", "*"])), twice);
    let beside_authorization = origins(&[app]).allow_headers(["Authorization", "*", "X-A"]);
    assert_eq!(places(&beside_authorization), ["allow_headers[1] wildcard-elsewhere"]);
    let needless = origins(&[app]).credentials(true).allow_headers(["Authorization", "*", "*"]);
    let all = ["[0] needless-authorization", "[1] wildcard-elsewhere", "[2] wildcard-elsewhere"];
    assert_eq!(places(&needless), all.map(|mistake| format!("allow_headers{mistake}")));
    let exposed = origins(&[app]).credentials(true).expose_headers(["X-A", "*"]);
    assert_eq!(places(&exposed), ["expose_headers[1] wildcard-with-credentials"]);
    let among_broken = json!({ "origins": [app], "methods": ["*", 7] });
    assert_eq!(codes_but_of_type(among_broken), ["wildcard-elsewhere"]);
}

#[test]
fn what_is_suggested_for_a_name_is_right_itself() {
    let suggestion = |draft: PolicyDraft| {
        let issues = draft.origins(["https://app.example.com"]).validate().expect_err("a mistake");
        issues.iter().map(|issue| (issue.kind().code(), issue.kind().suggestion())).collect::<Vec<_>>()
    };
    let new = PolicyDraft::new;
    assert_eq!(suggestion(new().allow_headers(["X-A:"])), [("not-a-token", Some("X-A".to_owned()))]);
    assert_eq!(suggestion(new().allow_headers([" Cookie "])), [("not-a-token", None)]);
    assert_eq!(suggestion(new().expose_headers(["Set-Cookie:"])), [("not-a-token", None)]);
    assert_eq!(suggestion(new().methods(["put:"])), [("not-a-token", Some("PUT".to_owned()))]);
    assert_eq!(suggestion(new().methods(["TRACE "])), [("not-a-token", None)]);
    assert_eq!(suggestion(new().allow_headers(["X-*"])), [("wildcard-elsewhere", None)]);
    assert_eq!(suggestion(new().methods(["P*"])), [("wildcard-elsewhere", None)]);
}

#[test]
fn a_source_may_name_any_rule_and_is_asked_only_where_something_is_left_to_ask() {
    let app = || RuleDraft::new().origins(["https://app.example.com"]);
    let rule = || RuleDraft::new().credentials(true);
    let asking = || PolicyDraft::from(rule()).ask_for_other_origins();
    for rules in [[app(), rule()], [rule(), app()], [rule(), rule()]] {
        let draft = PolicyDraft::new().rules(rules).ask_for_other_origins();
        assert_eq!(places(&draft), [] as [&str; 0]);
        let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
        assert_eq!(policy.to_draft().validate(), Ok(policy), "it is printed as it was written");
    }
    assert_eq!(places(&PolicyDraft::new().rules([rule(), app()])), ["rules[0].origins missing"]);
    let beside = |origins: &str| PolicyDraft::new().rules([RuleDraft::new().origins(origins), rule()]);
    assert_eq!(places(&beside("*").ask_for_other_origins()), ["rules[0].origins source-never-asked"]);
    assert_eq!(places(&beside("none").ask_for_other_origins()), ["rules[0].origins none-in-rule"]);
    let everybody = PolicyDraft::new().origins("*").ask_for_other_origins();
    assert_eq!(places(&everybody), ["origins source-never-asked"]);
    assert_eq!(places(&everybody.credentials(true)), ["origins wildcard-with-credentials"]);
    // It is not known what the source will allow.
    assert_eq!(places(&asking().dangerously_allow(["insecure_origins"])), [] as [&str; 0]);
    assert_eq!(
        places(&asking().dangerously_allow(["public_suffix_wildcards"])),
        ["dangerously_allow[0] allows-nothing"]
    );
}

#[test]
fn what_a_former_rule_takes_never_gets_to_a_later_one() {
    let rules = |lists: &[&[&str]]| PolicyDraft::new().rules(lists.iter().map(|list| RuleDraft::new().origins(*list)));
    let app = "https://app.example.com";
    assert_eq!(places(&rules(&[&[app], &["https://*.example.com"]])), [] as [&str; 0], "the narrower one first");
    let thrice = rules(&[&[app], &["https://b.example.com", app], &["https://*.b.example.com", app]]);
    assert_eq!(places(&thrice), ["rules[1].origins[1] unreachable", "rules[2].origins[1] unreachable"]);
    let within_a_rule = rules(&[&["https://*.example.com"], &[app, app]]);
    assert_eq!(places(&within_a_rule), ["rules[1].origins[0] unreachable", "rules[1].origins[1] repetition"]);
    let after_all = rules(&[&["*"], &[app, "null"], &["*"]]);
    let found =
        ["rules[1].origins after-wildcard", "rules[1].origins[1] unsafe-origin", "rules[2].origins[0] after-wildcard"];
    assert_eq!(places(&after_all), found);
    let insecure = PolicyDraft::new().rules([
        RuleDraft::new().origins(["http://*.example.com"]),
        RuleDraft::new().origins(["http://a.example.com"]).credentials(true),
    ]);
    assert_eq!(places(&insecure), ["rules[1].origins[0] unreachable"], "one text has one mistake");
    let second = rules(&[&["https://b.example.com"], &["https://*.example.com"], &[app]]).validate();
    let said = second.expect_err("it never gets to the third").to_string();
    assert!(said.contains("is matched by \"https://*.example.com\" of rules[1]"), "{said}");
}

#[test]
fn no_key_of_a_rule_stands_beside_rules() {
    let rules = || PolicyDraft::new().rules([RuleDraft::new().origins(["https://app.example.com"])]);
    assert_eq!(places(&rules().on_denied("reject")), [] as [&str; 0]);
    for beside in [
        rules().origins(["https://b.example.com"]),
        rules().credentials(false),
        rules().methods(["PUT"]),
        rules().allow_headers(["X-A"]),
        rules().expose_headers(["X-A"]),
        rules().max_age("60"),
        rules().dangerously_allow(["insecure_origins"]),
    ] {
        assert!(places(&beside).contains(&"rules beside-keys-of-one-rule".to_owned()), "{:?}", places(&beside));
    }
}

#[test]
fn a_mistake_in_rules_leaves_no_other_unsaid() {
    let data = json!({
        "on_denied": "rejct",
        "methods": ["put"],
        "rules": [{ "origins": ["null"], "max_age": "2d", "on_denied": "reject" }, {}],
    });
    let mistaken: PolicyDraft = serde_json::from_value(data).expect("a draft");
    let found = [
        "methods[0] method-case",
        "on_denied unknown-value",
        "rules beside-keys-of-one-rule",
        "rules[0].origins[0] unsafe-origin",
        "rules[0].max_age max-age-too-long",
        "rules[0].on_denied misplaced-key",
        "rules[1].origins missing",
    ];
    assert_eq!(places(&mistaken), found);
    let app = "https://app.example.com";
    assert_eq!(codes_but_of_type(json!({ "origins": [app], "rules": 7 })), ["beside-keys-of-one-rule"]);
    assert_eq!(codes_but_of_type(json!({ "origins": [app], "on_denied": 7 })), [] as [&str; 0]);
    assert_eq!(codes_but_of_type(json!({ "rules": [7] })), [] as [&str; 0]);
}

#[test]
fn a_list_that_is_merged_of_others_may_repeat_what_it_has() {
    let merged = PolicyDraft::new()
        .origins(["https://a.example", "https://*.b.example", "https://a.example", "https://c.b.example"])
        .methods(["PUT", "PATCH", "PUT"])
        .allow_headers(["X-A", "x-a"])
        .expose_headers(["ETag", "etag", "X-B"]);
    let repeated = [
        "origins[2] repetition",
        "origins[3] covered",
        "methods[2] repetition",
        "allow_headers[1] repetition",
        "expose_headers[1] repetition",
    ];
    assert_eq!(places(&merged), repeated);
    let policy = merged.allow_repetition().validate().unwrap_or_else(|issues| panic!("{issues}"));
    let once = PolicyDraft::new()
        .origins(["https://a.example", "https://*.b.example"])
        .methods(["PUT", "PATCH"])
        .allow_headers(["X-A"])
        .expose_headers(["ETag", "X-B"]);
    assert_eq!(Ok(policy), once.validate());
}

#[test]
fn a_source_is_not_asked_for_a_policy_for_nobody_or_for_everybody() {
    let asks = |origins: &str| PolicyDraft::new().origins(origins).ask_for_other_origins();
    assert_eq!(places(&asks("none")), ["origins source-with-none"]);
    assert_eq!(places(&asks("*")), ["origins source-never-asked"]);
    let rule = RuleDraft::new().origins(["https://a.example"]);
    for origins in ["none", "*"] {
        let beside = PolicyDraft::new().origins(origins).rules([rule.clone()]);
        assert_eq!(places(&beside), ["rules beside-keys-of-one-rule"]);
        let beside_and_asked = beside.ask_for_other_origins();
        assert_eq!(places(&beside_and_asked), ["rules beside-keys-of-one-rule"], "the rules are asked for");
    }
}

#[test]
fn reject_never_acts_where_everybody_is_allowed_without_credentials() {
    let rejecting = PolicyDraft::new().origins("*").on_denied("reject");
    assert_eq!(places(&rejecting), ["on_denied never-acts"]);
    assert_eq!(places(&rejecting.clone().credentials(false)), ["on_denied never-acts"]);
    assert_eq!(places(&rejecting.credentials(true)), ["origins wildcard-with-credentials"]);
}

#[test]
fn drafts_are_equal_where_they_have_the_same_keys_and_settings() {
    let (one, other) = (RuleDraft::new().origins("*").max_age("60"), RuleDraft::new().max_age("60").origins("*"));
    assert_eq!(one, other);
    assert_ne!(one, other.clone().max_age("61"));
    assert_eq!(PolicyDraft::from(one.clone()), PolicyDraft::from(other.clone()));
    assert_ne!(PolicyDraft::from(one.clone()), PolicyDraft::from(other.clone()).on_denied("reject"));
    assert_ne!(PolicyDraft::from(one).allow_repetition(), PolicyDraft::from(other));
}

#[test]
fn names_of_headers_are_printed_in_quotes_and_methods_where_they_are_no_words() {
    let draft =
        PolicyDraft::new().origins("*").methods(["PUT"]).allow_headers(["Authorization"]).expose_headers(["Age"]);
    let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
    let printed = "origins: \"*\",\nmethods: [PUT],\nallow_headers: [\"Authorization\"],\nexpose_headers: [\"Age\"],";
    assert_eq!(policy.to_string(), printed);
    let policy = PolicyDraft::new().origins("*").methods(["VERSION-CONTROL"]).validate();
    let policy = policy.unwrap_or_else(|issues| panic!("{issues}"));
    assert_eq!(policy.to_string(), "origins: \"*\",\nmethods: [\"VERSION-CONTROL\"],");
}

#[test]
fn a_mistake_about_a_suffix_names_the_version_of_the_list() {
    let draft = PolicyDraft::new().origins(["https://*.github.io"]).credentials(true);
    let issues = draft.validate().expect_err("a mistake").to_string();
    assert!(issues.contains(&format!("list of {}", PublicSuffixes::version())), "{issues}");
}

#[test]
fn mistakes_are_an_error_of_a_main_that_returns_an_io_result() {
    let main = || -> io::Result<()> {
        PolicyDraft::new().origins(["null"]).validate()?;
        Ok(())
    };
    let error = main().expect_err("null is a mistake");
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    let issues = error.get_ref().and_then(|error| error.downcast_ref::<Issues>()).expect("the mistakes");
    assert_eq!(issues.iter().next().map(|issue| issue.kind().code()), Some("unsafe-origin"));
    let printed = format!("{error:?}");
    assert!(printed.contains("1 mistake in the CORS policy\n  origins[0]: \"null\" is the origin of"), "{printed}");
}
