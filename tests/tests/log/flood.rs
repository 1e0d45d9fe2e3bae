//! A flood of origins.

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Counts, cors_policy};
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

fn refused(counts: &Counts) -> u64 {
    counts.refused().map(|(_, count)| count).sum()
}

#[actix_web::test]
async fn a_flood_of_origins_does_not_fill_the_disk() {
    let public = Cors::new((*PUBLIC.policy()).clone()).shadow(CORS);
    assert_eq!(flood(public.clone()).await.len(), 60);
    let shadow = public.shadow_counts().expect("there is a shadow");
    assert_eq!((refused(&public.counts()), public.counts().granted()), (0, REQUESTS), "a shadow refuses nothing");
    assert_eq!((refused(&shadow), shadow.granted()), (REQUESTS, 0));

    let strict = Cors::new((*CORS.policy()).clone()).shadow(PUBLIC);
    assert_eq!(flood(strict.clone()).await.len(), 60);
    let shadow = strict.shadow_counts().expect("there is a shadow");
    assert_eq!((refused(&strict.counts()), strict.counts().granted()), (REQUESTS, 0));
    assert_eq!(refused(&shadow), 0);
}
