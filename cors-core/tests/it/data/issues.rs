//! Mistakes as data, for other programs.

use cors_core::{Issues, PolicyDraft};
use serde_json::{Value, json};

fn issues(draft: &PolicyDraft) -> Issues {
    draft.validate().expect_err("the policy has a mistake")
}

fn as_json(issues: &Issues) -> Value {
    serde_json::to_value(issues).expect("every mistake is data")
}

#[test]
fn a_mistake_is_data_with_its_words_as_text_and_in_parts() {
    let draft = PolicyDraft::new().origins(["http://a.example"]).credentials(true);
    let expected = json!([{
        "code": "insecure-with-credentials",
        "place": "cors.origins[0]",
        "variable": null,
        "suggestion": "https://a.example",
        "summary": "\"http://a.example\" is not encrypted, and the policy has `credentials` = true",
        "help": "write \"https://a.example\"; if this network is trusted all the same, add \
                 `dangerously_allow` = [\"insecure_origins\"]",
        "notes": ["anyone between browser and server can put a page of their own at an http origin, and that page \
                   could read what belongs to your users"],
        "parts": {
            "summary": [
                {"user": "http://a.example"},
                {"text": " is not encrypted, and the policy has "},
                {"key": "credentials", "value": "true"},
            ],
            "help": [
                {"text": "write "},
                {"value": "https://a.example"},
                {"text": "; if this network is trusted all the same, add "},
                {"key": "dangerously_allow", "value": ["insecure_origins"]},
            ],
            "notes": [[{"text": "anyone between browser and server can put a page of their own at an http origin, and \
                                 that page could read what belongs to your users"}]],
        },
    }]);
    assert_eq!(as_json(&issues(&draft).within("cors")), expected);
}

#[test]
fn a_mistake_in_variables_is_data_with_the_variable() {
    let issues = issues(&PolicyDraft::from_variables("CORS_", [("CORS_ORIGINS", "*"), ("CORS_CREDENTIALS", "true")]));
    let json = as_json(&issues);
    assert_eq!((&json[0]["place"], &json[0]["variable"]), (&json!("origins"), &json!("CORS_ORIGINS")));
    assert_eq!(json[0]["summary"], "CORS_ORIGINS=* does not work together with CORS_CREDENTIALS=true");
    assert_eq!(json[0]["parts"]["summary"][0], json!({"key": "origins", "value": "*"}));
    assert_eq!(json[0], serde_json::to_value(issues.iter().next()).expect("a mistake is data"));
}
