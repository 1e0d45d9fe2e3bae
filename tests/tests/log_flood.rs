//! A flood of origins, in a process of its own, since it takes every line of a minute.

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Denial, cors_policy};
use cors_tests::log::lines_of;
use cors_tests::service::{CORS, from, respond};

const REQUESTS: u64 = 10_000;
const PUBLIC: Cors = cors_policy! { origins: "*" };

/// What is written while so many strangers come.
async fn flood(cors: Cors) -> Vec<String> {
    lines_of(async {
        let app = init_service(App::new().wrap(cors).default_service(web::to(async || "handled"))).await;
        for number in 0..REQUESTS {
            respond(&app, from(&format!("https://flood{number}.example"), TestRequest::get())).await;
        }
    })
    .await
}

fn sum(counts: impl Iterator<Item = (Denial, u64)>) -> u64 {
    counts.map(|(_, count)| count).sum()
}

/// In one test, since all of a process share the lines of a minute.
#[actix_web::test]
async fn a_flood_of_origins_does_not_fill_the_disk() {
    let lines = flood(PUBLIC.shadow(CORS)).await;
    assert_eq!(lines.len(), 60);
    let counted = (sum(cors_actix::refusals()), sum(cors_actix::shadow_refusals()));
    assert_eq!(counted, (0, REQUESTS), "what a shadow would refuse is not refused");

    let lines = flood(CORS.shadow(PUBLIC)).await;
    assert_eq!(lines.len(), 60, "a shadow takes no line from what is refused");
    let counted = (sum(cors_actix::refusals()), sum(cors_actix::shadow_refusals()));
    assert_eq!(counted, (REQUESTS, REQUESTS));
}
