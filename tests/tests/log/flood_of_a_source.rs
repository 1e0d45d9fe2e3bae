//! A flood of origins while their source is away.

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Origin, PolicyDraft};
use cors_tests::log::lines_of;
use cors_tests::service::{from, respond};

#[actix_web::test]
async fn a_flood_of_origins_does_not_fill_the_disk_while_their_source_is_away() {
    let source = |_: Origin| async { Err::<bool, _>("the database is away") };
    let (cors, _) = Cors::with_source(PolicyDraft::new().credentials(true), source).expect("a policy");
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(cors).default_service(web::to(async || "handled"))).await;
        for number in 0..5_000 {
            respond(&app, from(&format!("https://flood{number}.example"), TestRequest::get())).await;
        }
    })
    .await;
    let (warnings, others): (Vec<&String>, Vec<&String>) = lines.iter().partition(|line| line.contains("WARN"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("reason=the source failed: the database is away"), "{warnings:?}");
    assert_eq!(others.len(), 60);
    assert!(others.iter().all(|line| line.contains("advice=look at the source of origins")), "{others:?}");
}
