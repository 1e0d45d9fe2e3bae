//! Where only credentials make a difference, and nothing or something shows whether the page asked with them.

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::service::{ALLOWED, REFUSED, from, preflight, respond};
use serde_json::{Value, json};

use super::{marked, state};

const WIDGETS: Cors = cors_policy! { origins: "*", methods: [PUT] };
const WITHOUT: Cors = cors_policy! { origins: ["https://app.example.com"] };

fn get() -> TestRequest {
    from(ALLOWED, TestRequest::get())
}

async fn picture(policy: Cors, requests: impl IntoIterator<Item = TestRequest>) -> Value {
    let app = App::new().wrap(policy).wrap(super::inspector()).default_service(web::to(async || "handled"));
    let app = init_service(app).await;
    for request in requests {
        respond(&app, request).await;
    }
    let state = state(&app).await;
    assert_eq!(state["pictures"].as_array().map(Vec::len), Some(1));
    state["pictures"][0].clone()
}

fn headline(picture: &Value) -> [&str; 3] {
    ["verdict", "code", "title"].map(|key| picture[key].as_str().unwrap_or_default())
}

#[actix_web::test]
async fn where_only_credentials_make_a_difference_the_headline_says_so_and_both_verdicts_are_there() {
    let title = "Depends on credentials: readable without them, blocked with them";
    let put = || from(REFUSED, TestRequest::put());
    for (policy, requests, code) in [
        (WIDGETS, vec![from(REFUSED, TestRequest::get())], "wildcard-with-credentials"),
        (WITHOUT, vec![get()], "allow-credentials-not-true"),
        (WIDGETS, vec![preflight(REFUSED, "/"), put()], "wildcard-with-credentials"),
    ] {
        let picture = picture(policy, requests).await;
        assert_eq!(headline(&picture), ["depends", "depends-on-credentials", title]);
        let assumed = picture["assumed"].as_str().unwrap();
        assert!(assumed.starts_with("This picture is for a request without credentials"), "{assumed}");
        assert!(marked(&picture)[0].starts_with("good: Access-Control-Allow-Origin"), "{picture}");
        let other = &picture["otherwise"];
        assert_eq!((&other["verdict"], &other["code"]), (&json!("blocked"), &json!(code)));
        assert_eq!(picture["form"]["credentials"], "include", "the form begins with what blocks");
    }
    let picture = picture(WIDGETS, [preflight(REFUSED, "/")]).await;
    assert_eq!(picture["title"], "Depends on credentials: allowed so far without them, blocked with them");
}

#[actix_web::test]
async fn what_is_blocked_either_way_is_blocked_and_each_reason_is_there() {
    let delete = preflight(REFUSED, "/").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "DELETE"));
    let picture = picture(WIDGETS, [delete]).await;
    assert_eq!(headline(&picture), ["blocked", "method-not-allowed", "Blocked: the request was never sent"]);
    assert_eq!(picture["otherwise"]["code"], "wildcard-with-credentials");
    assert_eq!(picture["form"]["credentials"], "same-origin");
}

#[actix_web::test]
async fn what_is_the_same_either_way_has_one_verdict() {
    let open = cors_policy! { origins: ["https://app.example.com"], credentials: true };
    for (policy, verdict) in [(open, "readable"), (cors_policy! { origins: none }, "blocked")] {
        let picture = picture(policy, [get()]).await;
        assert_eq!(picture["verdict"], verdict);
        assert_eq!((&picture["otherwise"], &picture["assumed"]), (&Value::Null, &Value::Null));
    }
}

#[actix_web::test]
async fn what_only_a_request_with_credentials_has_decides() {
    for (name, value, why) in [
        ("cookie", "session=7", "The request has cookies"),
        ("sec-fetch-storage-access", "none", "The request has Sec-Fetch-Storage-Access"),
        ("sec-fetch-storage-access", "active", "The request has Sec-Fetch-Storage-Access"),
    ] {
        let picture = picture(WITHOUT, [get().insert_header((name, value))]).await;
        assert_eq!(headline(&picture)[..2], ["blocked", "allow-credentials-not-true"], "{name}");
        assert_eq!(picture["otherwise"], json!(null));
        assert!(picture["assumed"].as_str().unwrap().starts_with(why), "{picture}");
        assert_eq!(marked(&picture), ["missing: Access-Control-Allow-Credentials: true"]);
        assert_eq!(picture["form"]["credentials"], "include");
    }
}
