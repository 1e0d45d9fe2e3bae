//! What each of several policies decided, and what a shadow policy would have.

use std::convert::Infallible;

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Origin, PolicyDraft, cors_policy};
use cors_tests::service::{ALLOWED, CORS, REFUSED, from, preflight, respond};
use serde_json::{Value, json};

use super::{inspector, state};

const OTHERS: Cors = cors_policy! { origins: ["https://other.example"] };

/// What is said of each policy beside each answer, as `mood: text`.
fn decided(picture: &Value) -> Vec<Vec<String>> {
    let servers = picture["steps"].as_array().expect("a list").iter().filter(|step| step["kind"] == "server");
    let text = |line: &Value| format!("{}: {}", line["mood"].as_str().unwrap(), line["text"].as_str().unwrap());
    servers.map(|step| step["decided"].as_array().expect("a list").iter().map(text).collect()).collect()
}

async fn pictures(policy: Cors, requests: impl IntoIterator<Item = TestRequest>) -> Vec<Value> {
    let app = App::new().default_service(web::to(async || "handled")).wrap(policy).wrap(inspector());
    let app = init_service(app).await;
    for request in requests {
        respond(&app, request).await;
    }
    state(&app).await["pictures"].as_array().expect("a list").clone()
}

#[actix_web::test]
async fn each_of_nested_policies_says_what_it_decided_the_outermost_first() {
    let inner = OTHERS.name("inner");
    let scope = web::scope("/x").wrap(inner).default_service(web::to(async || "handled"));
    let app = init_service(App::new().service(scope).wrap(CORS.name("outer")).wrap(inspector())).await;
    respond(&app, from(ALLOWED, TestRequest::get().uri("/x/y"))).await;
    let picture = &state(&app).await["pictures"][0];
    assert_eq!(
        decided(picture),
        [["good: outer refuses nothing", "bad: inner refuses: no rule of the CORS policy is for the origin"]]
    );
}

#[actix_web::test]
async fn a_shadow_policy_says_what_it_would_have_decided_also_where_the_policy_refuses() {
    const NOT_LISTED: &str = "no rule of the CORS policy is for the origin";
    let pictures = pictures(
        CORS.shadow(OTHERS),
        [from(REFUSED, TestRequest::get()), from("https://other.example", TestRequest::get()), preflight(ALLOWED, "/")],
    )
    .await;
    let all: Vec<_> = pictures.iter().rev().map(|picture| decided(picture).concat()).collect();
    assert_eq!(
        all,
        [
            [
                format!("bad: notes refuses: {NOT_LISTED}"),
                format!("bad: the shadow policy of notes would refuse: {NOT_LISTED}")
            ],
            [
                format!("bad: notes refuses: {NOT_LISTED}"),
                "good: the shadow policy of notes would refuse nothing".to_owned()
            ],
            [
                "good: notes refuses nothing".to_owned(),
                format!("bad: the shadow policy of notes would refuse: {NOT_LISTED}")
            ],
        ]
    );
}

#[actix_web::test]
async fn a_shadow_policy_whose_source_was_not_asked_says_nothing_of_the_origin() {
    let source = async |_: Origin| Ok::<_, Infallible>(true);
    let (tenants, _) = Cors::with_source(PolicyDraft::new().methods(["PUT"]), source).expect("a policy");
    let pictures = pictures(CORS.shadow(tenants), [from(ALLOWED, TestRequest::get())]).await;
    assert_eq!(
        decided(&pictures[0]).concat()[1],
        ": the shadow policy of notes was not tried: it would have to ask its source"
    );
}

#[actix_web::test]
async fn of_a_policy_alone_the_rest_of_the_picture_says_it() {
    let pictures = pictures(CORS, [from(REFUSED, TestRequest::get())]).await;
    assert_eq!(decided(&pictures[0]).concat(), [""; 0]);
}

#[actix_web::test]
async fn a_shadow_policy_is_shown_beside_its_policy() {
    let app = init_service(App::new().wrap(inspector().policy(CORS.shadow(OTHERS)).policy(CORS))).await;
    let policies = &state(&app).await["policies"];
    assert_eq!(policies[0]["shadow"], "origins: [\"https://other.example\"],");
    assert_eq!(policies[1]["shadow"], json!(null));
}
