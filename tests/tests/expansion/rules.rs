//! Policies of several rules, and those that reject.

use cors_actix::{Cors, OnDenied, PolicyDraft, RuleDraft, cors_policy};

const ADMIN_THEN_ALL: Cors = cors_policy! {
    rules: [
        {
            origins: ["https://admin.example.com"],
            credentials: true,
            methods: [PUT, DELETE],
            max_age: 1h,
        },
        #[cfg(debug_assertions)]
        { origins: ["http://localhost:*"], credentials: true },
        #[cfg(not(debug_assertions))]
        { origins: ["https://never-in-tests.example.com"] },
        { origins: "*", expose_headers: ["ETag"] },
    ],
};

static REJECTING: Cors = cors_policy! {
    on_denied: reject,
    rules: [
        { origins: ["https://a.example.com", option_env!("NO_SUCH_VARIABLE_HERE")] },
        { origins: [#[cfg(debug_assertions)] "https://b.example.com", #[cfg(not(debug_assertions))] "https://c.example.com"] },
    ],
};

fn rule(origin: &str) -> RuleDraft {
    RuleDraft::new().origins([origin])
}

#[test]
fn rules_stand_in_the_order_of_the_source_and_depend_on_the_build() {
    let expected = PolicyDraft::new().rules([
        rule("https://admin.example.com").credentials(true).methods(["PUT", "DELETE"]).max_age("1h"),
        rule("http://localhost:*").credentials(true),
        RuleDraft::new().origins("*").expose_headers(["ETag"]),
    ]);
    assert_eq!(Ok(&*ADMIN_THEN_ALL.policy()), expected.validate().as_ref());
}

#[test]
fn a_policy_may_reject() {
    let rules = [rule("https://a.example.com"), rule("https://b.example.com")];
    let expected = PolicyDraft::new().on_denied("reject").rules(rules);
    assert_eq!(Ok(&*REJECTING.policy()), expected.validate().as_ref());
    let one = cors_policy! { origins: ["https://a.example.com"], on_denied: reject };
    assert_eq!(one.policy().on_denied(), OnDenied::Reject);
    let forwarding = cors_policy! { origins: ["https://a.example.com"], on_denied: forward };
    assert_eq!(
        forwarding.policy(),
        PolicyDraft::from(rule("https://a.example.com")).validate().expect("it has no mistake")
    );
}

#[test]
fn a_policy_of_rules_prints_as_one_would_write_it() {
    let printed = ADMIN_THEN_ALL.policy().to_string();
    assert_eq!(
        printed,
        "\
rules: [
    {
        origins: [\"https://admin.example.com\"],
        credentials: true,
        methods: [PUT, DELETE],
        max_age: 1h,
    },
    {
        origins: [\"http://localhost:*\"],
        credentials: true,
    },
    {
        origins: \"*\",
        expose_headers: [\"ETag\"],
    },
],"
    );
    let one = cors_policy! { origins: ["https://a.example.com"], on_denied: reject };
    assert_eq!(one.policy().to_string(), "on_denied: reject,\norigins: [\"https://a.example.com\"],");
}

#[test]
fn a_policy_becomes_a_draft_and_the_same_policy_again() {
    let asking = PolicyDraft::from(rule("https://a.example.com")).on_denied("reject").ask_for_other_origins();
    let asking_rule = RuleDraft::new().credentials(true);
    let only_asking = PolicyDraft::from(asking_rule.clone()).ask_for_other_origins();
    let asking_by_rule = PolicyDraft::new().rules([rule("https://a.example.com"), asking_rule]).ask_for_other_origins();
    let drafts = [asking, only_asking, asking_by_rule];
    let made = drafts.map(|draft| draft.validate().unwrap_or_else(|issues| panic!("{issues}")));
    for policy in made.iter().chain([&*ADMIN_THEN_ALL.policy(), &*REJECTING.policy()]) {
        assert_eq!(policy.to_draft().validate().as_ref(), Ok(policy), "{policy}");
    }
}
