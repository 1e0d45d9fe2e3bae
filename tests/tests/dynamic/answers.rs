//! Who gets what, and who is asked for.

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{DynamicCors, Origin, OriginSource, PolicyDraft};
use cors_tests::service::{ALLOWED, from};

use crate::source::{
    STRANGER, TENANT, Tenants, allowed, app, denied, draft, get, options, preflight_allowed, rejected, send,
};

#[actix_web::test]
async fn an_origin_that_the_source_allows_gets_what_a_listed_one_gets() {
    let tenants = Tenants::of([TENANT]);
    let app = app(&tenants.cors(draft())).await;
    for origin in [ALLOWED, TENANT] {
        assert_eq!(get(&app, origin).await, allowed(origin));
        assert_eq!(options(&app, origin).await, preflight_allowed(origin));
    }
    assert_eq!(tenants.asked(), [TENANT], "what is listed is not asked for, and what is remembered not again");
}

#[actix_web::test]
async fn an_origin_that_the_source_does_not_know_is_denied_and_remembered() {
    let tenants = Tenants::default();
    let app = app(&tenants.cors(draft())).await;
    assert_eq!(options(&app, STRANGER).await, rejected());
    assert_eq!(get(&app, STRANGER).await, denied());
    assert_eq!(tenants.asked(), [STRANGER]);
}

#[actix_web::test]
async fn a_preflight_may_be_the_first_to_ask() {
    let tenants = Tenants::of([TENANT]);
    let app = app(&tenants.cors(draft())).await;
    assert_eq!(options(&app, TENANT).await, preflight_allowed(TENANT));
    assert_eq!(tenants.asked(), [TENANT]);
}

#[actix_web::test]
async fn what_is_no_origin_is_never_asked_for() {
    let tenants = Tenants::default();
    let app = app(&tenants.cors(draft())).await;
    for malformed in [
        "",
        "null",
        "tenant.example",
        "https://tenant.example/",
        "https://Tenant.example",
        "https://tenant.example:443",
        "https://*.tenant.example",
        "https://tenant.example, https://other.example",
        "https://",
        "file://",
        "ws://tenant.example",
        "https://ten\tant.example",
    ] {
        assert_eq!(get(&app, malformed).await, denied(), "{malformed:?}");
        assert_eq!(options(&app, malformed).await, rejected(), "{malformed:?}");
    }
    let long = format!("https://{}example", "a.".repeat(4000));
    assert_eq!(get(&app, &long).await, denied());

    let bytes = actix_web::http::header::HeaderValue::from_bytes(b"https://t\xe9nant.example").unwrap();
    assert_eq!(send(&app, TestRequest::get().insert_header(("origin", bytes))).await, denied());

    let several = from(TENANT, TestRequest::get()).append_header(("origin", TENANT));
    assert_eq!(send(&app, several).await, denied());
    assert_eq!(send(&app, TestRequest::get()).await, denied());
    assert_eq!(tenants.asked(), [""; 0]);
}

#[actix_web::test]
async fn an_insecure_origin_is_asked_for_only_where_it_may_be_allowed() {
    const INSECURE: &str = "http://tenant.example";
    let tenants = Tenants::of([INSECURE, "http://localhost:3000"]);
    let strict = app(&tenants.cors(draft())).await;
    assert_eq!(get(&strict, INSECURE).await, denied());
    assert_eq!(tenants.asked(), [""; 0]);
    assert_eq!(get(&strict, "http://localhost:3000").await, allowed("http://localhost:3000"));

    let lax = app(&tenants.cors(PolicyDraft::new())).await;
    let expected = vec![format!("access-control-allow-origin: {INSECURE}"), "vary: origin".to_owned()];
    assert_eq!(get(&lax, INSECURE).await, (200, expected));
    assert_eq!(tenants.asked(), ["http://localhost:3000", INSECURE]);
}

#[actix_web::test]
async fn a_policy_that_rejects_keeps_denied_origins_from_the_handler() {
    let tenants = Tenants::of([TENANT]);
    let cors = tenants.cors(draft().on_denied("reject"));
    let handler = async || HttpResponse::Ok().insert_header(("x-handler", "ran")).finish();
    let app = init_service(App::new().wrap(cors).route("/", web::get().to(handler))).await;
    for origin in [STRANGER, STRANGER, "null"] {
        let response = cors_tests::service::respond(&app, from(origin, TestRequest::get())).await;
        assert!(!response.headers().contains_key("x-handler"), "{origin}");
        assert_eq!((response.status().as_u16(), cors_tests::cors_of(response.headers())), rejected(), "{origin}");
    }
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_eq!(options(&app, TENANT).await, preflight_allowed(TENANT));
    assert_eq!(tenants.asked(), [STRANGER, TENANT]);
}

#[test]
fn a_policy_for_everybody_leaves_nothing_to_ask_for() {
    let source = |_: Origin| async { Ok::<_, std::io::Error>(true) };
    assert!(DynamicCors::new(PolicyDraft::new().origins("*"), source).is_err());
}

/// A type that knows origins, rather than a closure.
struct Suffix(&'static str);

impl OriginSource for Suffix {
    type Error = std::io::Error;

    async fn allows(&self, origin: Origin) -> Result<bool, std::io::Error> {
        Ok(origin.as_str().ends_with(self.0))
    }
}

#[actix_web::test]
async fn a_type_can_be_a_source() {
    let app = app(&DynamicCors::new(draft(), Suffix(".tenants.example")).unwrap()).await;
    assert_eq!(get(&app, "https://a.tenants.example").await, allowed("https://a.tenants.example"));
    assert_eq!(get(&app, "https://tenants.example").await, denied());
}
