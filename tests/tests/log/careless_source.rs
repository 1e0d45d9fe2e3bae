//! A source that allows whoever asks.

use std::convert::Infallible;

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Origin, PolicyDraft, Source};
use cors_tests::log::lines_of;
use cors_tests::service::{REFUSED, from, respond};

async fn lines(draft: PolicyDraft) -> Vec<String> {
    let source = Source::new(|_: Origin| async { Ok::<_, Infallible>(true) }).probes(true);
    let (cors, _) = Cors::with_source(draft, source).expect("a policy");
    let cors = cors.name("tenants");
    lines_of(async {
        let app = init_service(App::new().wrap(cors).default_service(web::to(async || "handled"))).await;
        for _ in 0..2 {
            respond(&app, from(REFUSED, TestRequest::get())).await;
        }
    })
    .await
}

#[actix_web::test]
async fn with_credentials_it_is_an_error_that_names_whom_it_allows_and_each_refusal_says_where_to_look() {
    let lines = lines(PolicyDraft::new().credentials(true)).await;
    let [error, refusal] = &lines[..] else { panic!("{lines:?}") };
    assert!(error.contains("ERROR"), "{error}");
    let text =
        "every site can read what belongs to your users. Name the origins that may; nothing that it allows is granted";
    assert!(error.contains(text) && error.contains("policy=tenants origin=https://probe-"), "{error}");
    assert!(refusal.contains("reason=\"careless-source\" advice=compare whole origins in the source"), "{refusal}");
}

#[actix_web::test]
async fn without_credentials_it_is_a_warning_that_names_the_wildcard() {
    let lines = lines(PolicyDraft::new()).await;
    let [warning] = &lines[..] else { panic!("{lines:?}") };
    assert!(warning.contains("WARN") && warning.contains("say so by `origins: \"*\"`"), "{warning}");
}
