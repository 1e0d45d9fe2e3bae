//! What is never kept.

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_tests::service::{ALLOWED, CORS, from, respond};

use super::state;

#[actix_web::test]
async fn no_value_of_a_header_that_does_not_decide_nor_a_query_nor_a_body_is_kept() {
    let answer = async || {
        HttpResponse::Found()
            .insert_header((header::SET_COOKIE, "session=SECRET"))
            .insert_header((header::LOCATION, "https://login.example.com/in?token=SECRET#SECRET"))
            .insert_header((header::ETAG, "\"SECRET\""))
            .body("SECRET")
    };
    let inspector = super::inspector();
    let app = init_service(App::new().default_service(web::to(answer)).wrap(CORS).wrap(inspector.clone())).await;
    let names = [
        "authorization",
        "cookie",
        "proxy-authorization",
        "referer",
        "user-agent",
        "x-api-key",
        "x-token",
        "x-http-method-override",
    ];
    let mut request = from(ALLOWED, TestRequest::post().uri("/notes?token=SECRET").set_payload("SECRET"));
    for name in names {
        request = request.insert_header((name, "SECRET"));
    }
    respond(&app, request).await;

    let shown = state(&app).await.to_string();
    assert!(!shown.contains("SECRET"), "{shown}");
    for name in ["Authorization", "Cookie", "X-Api-Key", "Set-Cookie", "https://login.example.com/in"] {
        assert!(shown.contains(name), "{name} is shown: {shown}");
    }
    let debugged = format!("{inspector:?}");
    assert!(!debugged.contains("SECRET"), "{debugged}");
}
