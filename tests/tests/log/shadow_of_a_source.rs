//! A shadow policy beside one with a source of origins.

use std::convert::Infallible;

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Origin, PolicyDraft};
use cors_tests::log::lines_of;
use cors_tests::service::{from, respond};

#[actix_web::test]
async fn a_shadow_may_not_ask_a_source_for_what_the_policy_in_use_may() {
    let with_credentials = PolicyDraft::new().credentials(true).ask_for_other_origins().validate().expect("a policy");
    let knows = |origin: Origin| async move { Ok::<_, Infallible>(origin.host() == "tenant.example") };
    let (kept, _) = Cors::with_source(PolicyDraft::new(), knows).expect("a policy");
    let kept = kept.shadow(with_credentials);
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(kept).default_service(web::to(async || "handled"))).await;
        for origin in ["http://tenant.example", "https://tenant.example"] {
            // The second request of an origin finds the answer at hand.
            for _ in 0..2 {
                respond(&app, from(origin, TestRequest::get())).await;
            }
        }
    })
    .await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("origin=http://tenant.example reason=\"insecure-origin\""), "{lines:?}");
}
