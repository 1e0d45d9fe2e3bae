//! A flood of origins, in a process of its own, since it takes every line of a minute.

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_tests::log::lines_of;
use cors_tests::service::{CORS, from, respond};

#[actix_web::test]
async fn a_flood_of_origins_does_not_fill_the_disk() {
    const REQUESTS: u64 = 10_000;
    let before: u64 = cors_actix::refusals().map(|(_, count)| count).sum();
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(CORS).default_service(web::to(async || "handled"))).await;
        for number in 0..REQUESTS {
            respond(&app, from(&format!("https://flood{number}.example"), TestRequest::get())).await;
        }
    })
    .await;
    assert_eq!(lines.len(), 60);
    let counted: u64 = cors_actix::refusals().map(|(_, count)| count).sum();
    assert_eq!(counted - before, REQUESTS);
}
