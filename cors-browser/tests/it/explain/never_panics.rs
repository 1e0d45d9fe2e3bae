//! Reading any pasted text ends.

use std::cell::Cell;

use cors_browser::Engine;
use cors_browser::explain::Explanation;
use cors_core::PolicyDraft;
use proptest::prelude::*;
use proptest::sample::select;

use crate::random::runner;

/// Parts of messages in any order, with anything in between.
fn pasted() -> impl Strategy<Value = String> {
    let parts = [
        "Access to fetch at '",
        "' (redirected from '",
        "' from origin '",
        "' has been blocked by CORS policy: ",
        "' has been blocked",
        "The 'Access-Control-Allow-Origin' header ",
        "contains multiple values '",
        "has a value '",
        "' that is not equal",
        "Method ",
        " is not allowed by Access-Control-Allow-Methods in preflight response.",
        "Request header field ",
        " is not allowed by Access-Control-Allow-Headers in preflight",
        "Cannot parse ",
        " response header field in preflight response",
        "Response to preflight request",
        "remote resource at ",
        "(Reason: ",
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘",
        "’)",
        "Status code: ",
        "99999999999",
        "invalid token ‘",
        "’ in CORS header ‘",
        "header ‘",
        "’ is not allowed according to header",
        "Origin ",
        " is not allowed by Access-Control-Allow-Origin",
        " has an invalid value: ",
        "Header Access-Control-Allow-Methods",
        "Cross-origin redirection to ",
        "redirection URL ",
        " has credentials",
        "Fetch API cannot load ",
        "http://",
        "https://",
        "null",
        "*",
        "\u{a0}",
        "’",
        "é",
        "is not allowed by Access-Control-Allow-Methods",
        "may not load data from",
        "net::ERR_",
    ];
    let part = prop_oneof![8 => select(parts.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => any::<String>()];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

#[test]
fn any_text_can_be_read_as_a_message() {
    let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate().expect("a policy");
    let explained = Cell::new(0);
    let result = runner(4000).run(&pasted(), |text| {
        if let Some(explanation) = Explanation::from_console(&text) {
            explained.set(explained.get() + 1);
            prop_assert!(!explanation.to_string().is_empty());
            for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
                let _ = explanation.console(engine);
            }
            prop_assert!(!explanation.with_policy(&policy).to_string().is_empty());
        }
        Ok(())
    });
    assert_eq!(result, Ok(()));
    assert!(explained.get() > 1000, "hardly any text is explained: {}", explained.get());
}
