//! Who gets what, and who is asked for.

use std::pin::pin;
use std::sync::{Arc, Mutex};

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, Decided, Denial, Observer, Origin, OriginSource, PolicyDraft, SourceAnswer};
use cors_tests::service::{ALLOWED, from};
use futures_util::FutureExt;

use crate::source::{
    STRANGER, TENANT, Tenants, allowed, app, cors_of_source, denied, draft, get, held, options, preflight_allowed,
    rejected, send,
};

#[actix_web::test]
async fn an_origin_that_the_source_allows_gets_what_a_listed_one_gets() {
    let tenants = Tenants::of([TENANT]);
    let app = app(&tenants.cors(draft()).0).await;
    for origin in [ALLOWED, TENANT] {
        assert_eq!(get(&app, origin).await, allowed(origin));
        assert_eq!(options(&app, origin).await, preflight_allowed(origin));
    }
    assert_eq!(tenants.asked(), [TENANT], "what is listed is not asked for, and what is remembered not again");
}

#[actix_web::test]
async fn an_origin_that_the_source_does_not_know_is_denied_and_remembered() {
    let tenants = Tenants::default();
    let app = app(&tenants.cors(draft()).0).await;
    assert_eq!(options(&app, STRANGER).await, rejected());
    assert_eq!(get(&app, STRANGER).await, denied());
    assert_eq!(tenants.asked(), [STRANGER]);
}

#[actix_web::test]
async fn a_preflight_may_be_the_first_to_ask() {
    let tenants = Tenants::of([TENANT]);
    let app = app(&tenants.cors(draft()).0).await;
    assert_eq!(options(&app, TENANT).await, preflight_allowed(TENANT));
    assert_eq!(tenants.asked(), [TENANT]);
}

#[actix_web::test]
async fn what_is_no_origin_is_never_asked_for() {
    let tenants = Tenants::default();
    let app = app(&tenants.cors(draft()).0).await;
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
    let strict = app(&tenants.cors(draft()).0).await;
    assert_eq!(get(&strict, INSECURE).await, denied());
    assert_eq!(tenants.asked(), [""; 0]);
    assert_eq!(get(&strict, "http://localhost:3000").await, allowed("http://localhost:3000"));

    let lax = app(&tenants.cors(PolicyDraft::new()).0).await;
    let expected = vec![format!("access-control-allow-origin: {INSECURE}"), "vary: origin".to_owned()];
    assert_eq!(get(&lax, INSECURE).await, (200, expected));
    assert_eq!(tenants.asked(), ["http://localhost:3000", INSECURE]);
}

#[actix_web::test]
async fn a_policy_that_rejects_keeps_denied_origins_from_the_handler() {
    let tenants = Tenants::of([TENANT]);
    let (cors, _) = tenants.cors(draft().on_denied("reject"));
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

/// Whether a request is a preflight, and why it is refused.
type Decision = (bool, Option<Denial>);

/// What is told of each request.
#[derive(Clone, Default)]
struct Decisions(Arc<Mutex<Vec<Decision>>>);

impl Observer for Decisions {
    fn decided(&self, decided: &Decided<'_>) {
        self.0.lock().unwrap().push((decided.is_preflight(), decided.denial()));
    }
}

#[actix_web::test]
async fn a_request_is_decided_once_when_the_answer_is_there() {
    let (source, mut questions) = held();
    let decisions = Decisions::default();
    let app = app(&cors_of_source(source).0.observer(decisions.clone())).await;
    let taken = || std::mem::take(&mut *decisions.0.lock().unwrap());
    for (origin, allows, denial) in [(TENANT, true, None), (STRANGER, false, Some(Denial::OriginNotListed))] {
        let mut response = pin!(get(&app, origin));
        assert!(response.as_mut().now_or_never().is_none());
        assert_eq!(taken(), []);
        questions.try_recv().unwrap().answer.send(Ok(allows)).unwrap();
        response.await;
        assert_eq!(taken(), [(false, denial)]);
        options(&app, origin).await;
        assert_eq!(taken(), [(true, denial)], "by the answer that is remembered");
    }
}

#[test]
fn a_policy_for_everybody_leaves_nothing_to_ask_for() {
    let source = |_: Origin| async { Ok::<_, std::io::Error>(true) };
    assert!(Cors::with_source(PolicyDraft::new().origins("*"), source).is_err());
}

/// A type that knows origins, rather than a closure.
struct Suffix(&'static str);

impl OriginSource for Suffix {
    type Error = std::io::Error;

    async fn answer(&self, origin: Origin, _: String) -> Result<SourceAnswer, std::io::Error> {
        Ok(origin.as_str().ends_with(self.0).into())
    }
}

#[actix_web::test]
async fn a_type_can_be_a_source() {
    let app = app(&cors_of_source(Suffix(".tenants.example")).0).await;
    assert_eq!(get(&app, "https://a.tenants.example").await, allowed("https://a.tenants.example"));
    assert_eq!(get(&app, "https://tenants.example").await, denied());
}
