//! Where it stands among the middleware of an app.

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, error::ErrorUnauthorized, web};
use cors_tests::service::{ALLOWED, CORS, from, preflight, respond};
use serde_json::json;

use super::{said, state};

#[actix_web::test]
async fn an_inspector_inside_a_policy_says_so_and_judges_nothing() {
    let app = App::new().default_service(web::to(async || "handled")).wrap(super::inspector()).wrap(CORS);
    let app = init_service(app).await;
    respond(&app, from(ALLOWED, TestRequest::get())).await;
    let state = state(&app).await;
    assert_eq!((&state["isInsidePolicy"], &state["pictures"]), (&json!(true), &json!([])));
}

#[actix_web::test]
async fn one_outside_of_nested_policies_names_the_one_that_refuses_and_what_they_disagree_about() {
    let inner = cors_actix::cors_policy! { origins: ["https://inner.example"] }.name("inner");
    let outer = CORS.name("outer");
    let inspector = super::inspector().policy(inner.clone()).policy(outer.clone());
    let scope = web::scope("/x").wrap(inner).default_service(web::to(async || "handled"));
    let app = init_service(App::new().service(scope).wrap(outer).wrap(inspector)).await;
    respond(&app, from(ALLOWED, TestRequest::get().uri("/x/y"))).await;
    let state = state(&app).await;
    assert_eq!(state["isInsidePolicy"], false);
    let picture = &state["pictures"][0];
    assert_eq!((&picture["policy"], &picture["verdict"]), (&json!("inner"), &json!("blocked")));
    assert_eq!(
        picture["reason"]["text"],
        "the policy inner stands inside the policy outer, and a request must pass both"
    );
    assert_eq!(
        super::advice(&picture["reason"]).last().map(String::as_str),
        Some("help: do not wrap outer around inner: wrap each of them around scopes of its own")
    );
}

#[actix_web::test]
async fn what_nested_policies_disagree_about_shows_also_where_the_page_reads() {
    let inner = cors_actix::cors_policy! { origins: ["https://app.example.com"], credentials: true }.name("inner");
    let outer = cors_actix::cors_policy! { origins: "*" }.name("outer");
    let scope = web::scope("/x").wrap(inner).default_service(web::to(async || "handled"));
    let app = init_service(App::new().service(scope).wrap(outer).wrap(super::inspector())).await;
    // The log has it once, the inspector for each request.
    for _ in 0..2 {
        respond(&app, from(ALLOWED, TestRequest::get().uri("/x/y"))).await;
    }
    let state = state(&app).await;
    for picture in [&state["pictures"][0], &state["pictures"][1]] {
        assert_eq!(picture["title"], "Depends on credentials: readable without them, blocked with them");
        assert_eq!(
            super::advice(&picture["reason"])[..2],
            [
                "warning: the policy inner stands inside the policy outer, and a request must pass both",
                "note: inner grants credentials, which outer does not, so that is not in force",
            ]
        );
    }
}

#[actix_web::test]
async fn the_error_of_an_inner_middleware_is_seen_as_the_server_writes_it() {
    let refuse = async |_: actix_web::dev::ServiceRequest, _: actix_web::middleware::Next<_>| {
        Err::<actix_web::dev::ServiceResponse<actix_web::body::BoxBody>, _>(ErrorUnauthorized("who are you?"))
    };
    let app = App::new().default_service(web::to(async || "handled")).wrap(from_fn(refuse)).wrap(CORS);
    let app = init_service(app.wrap(super::inspector().policy(CORS))).await;
    respond(&app, from(ALLOWED, TestRequest::get())).await;
    let state = state(&app).await;
    let picture = &state["pictures"][0];
    assert_eq!((&picture["verdict"], &picture["steps"][2]["wire"]), (&json!("readable"), &json!("401 Unauthorized")));
}

#[actix_web::test]
async fn authentication_outside_of_the_policy_is_told_from_a_policy_that_refuses() {
    let refuse = async |_: actix_web::dev::ServiceRequest, _: actix_web::middleware::Next<_>| {
        Err::<actix_web::dev::ServiceResponse<actix_web::body::BoxBody>, _>(ErrorUnauthorized("who are you?"))
    };
    let app = App::new().default_service(web::to(async || "handled")).wrap(CORS).wrap(from_fn(refuse));
    let app = init_service(app.wrap(super::inspector().policy(CORS))).await;
    respond(&app, preflight(ALLOWED, "/notes")).await;
    let state = state(&app).await;
    let picture = &state["pictures"][0];
    assert_eq!(said(picture)[1], "No policy saw this preflight: something else answered it");
    assert_eq!(
        super::advice(&picture["reason"])[0],
        "help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`"
    );
}

#[actix_web::test]
async fn each_policy_is_shown_with_what_it_would_send() {
    let many = (0..6).map(|number| format!("https://{number}.example")).collect::<Vec<_>>();
    let many = cors_actix::Cors::new(cors_actix::PolicyDraft::new().origins(many).validate().unwrap());
    let echo = cors_actix::cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: "*" };
    let inspector = super::inspector().policy(CORS).policy(many.name("many")).policy(echo.name("echo"));
    let app = init_service(App::new().wrap(inspector)).await;
    let state = state(&app).await;
    let rule = |policy: usize| state["policies"][policy]["rules"][0].clone();
    assert_eq!(state["policies"][0]["text"], CORS.policy().to_string());
    let (origin, credentials) = (
        json!({ "name": "Access-Control-Allow-Origin", "repeats": "the page’s origin" }),
        json!({ "name": "Access-Control-Allow-Credentials", "value": "true" }),
    );
    let vary = |value: &str| json!({ "name": "Vary", "value": value });
    assert_eq!(
        rule(0),
        json!({
            "whom": "pages of https://app.example.com",
            "preflight": [
                origin, credentials,
                { "name": "Access-Control-Allow-Methods", "value": "PUT" },
                { "name": "Access-Control-Allow-Headers", "value": "X-Token" },
                { "name": "Access-Control-Max-Age", "value": "600" },
                vary("Origin"),
            ],
            "answer": [
                origin, credentials, { "name": "Access-Control-Expose-Headers", "value": "X-Request-Id" }, vary("Origin"),
            ],
        })
    );
    assert_eq!(
        rule(1)["whom"],
        "pages of https://0.example, https://1.example, https://2.example, https://3.example and 2 more"
    );
    assert_eq!(
        rule(2)["preflight"],
        json!([
            origin, credentials,
            { "name": "Access-Control-Allow-Methods", "repeats": "the method that is asked for" },
            vary("Origin, Access-Control-Request-Method"),
        ])
    );
}

#[actix_web::test]
async fn one_inside_another_sees_what_the_policies_decided_and_so_does_the_other() {
    let inspectors = [super::inspector(), super::inspector()];
    let [inner, outer] = inspectors.clone();
    let app = App::new().default_service(web::to(async || "handled")).wrap(CORS.name("policy")).wrap(inner).wrap(outer);
    let app = init_service(app).await;
    respond(&app, from(ALLOWED, TestRequest::get())).await;
    for inspector in inspectors {
        let state = state(&init_service(App::new().wrap(inspector)).await).await;
        assert_eq!(state["pictures"][0]["policy"], "policy");
    }
}
