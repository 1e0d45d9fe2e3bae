//! Strangers to a policy that the page knows.

use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;
use actix_web::test::init_service;
use actix_web::{App, web};
use cors_actix::testing::{Browser, ScriptRequest};
use cors_actix::{Cors, cors_policy};

const ADMIN: Cors = cors_policy! { origins: ["https://admin.example.com"], credentials: true }.name("admin");
const PUBLIC: Cors = cors_policy! { origins: "*" }.name("public");

/// What strangers get, for a page that knows the policy and for one that does not.
macro_rules! strangers {
    ($app:expr) => {{
        let app = init_service($app).await;
        let page = Browser::at("https://admin.example.com");
        let request = || ScriptRequest::new("https://api.example.com/");
        let unknown = page.strangers(&app, request()).await.to_string();
        (page.policy(&ADMIN.policy()).strangers(&app, request()).await.to_string(), unknown)
    }};
}

#[actix_web::test]
async fn what_exceeds_the_policy_is_a_hole_also_by_a_wildcard() {
    let handler = || web::to(async || "handled");
    let star = || DefaultHeaders::new().add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    for (known, unknown) in [
        strangers!(App::new().default_service(handler()).wrap(PUBLIC)),
        strangers!(App::new().default_service(handler()).wrap(star())),
    ] {
        assert_eq!(unknown, "no stranger is allowed", "everybody may, as far as a page knows that knows no policy");
        assert!(
            known.contains("warning: the app lets https://why-probe.invalid read, and the policy does not"),
            "{known}"
        );
    }
    let (known, _) = strangers!(App::new().default_service(handler()).wrap(ADMIN));
    assert_eq!(known, "no stranger is allowed");
    // A request must pass both.
    let scope = web::scope("").wrap(ADMIN).default_service(handler());
    let (known, _) = strangers!(App::new().service(scope).wrap(PUBLIC));
    assert_eq!(known, "no stranger is allowed");
}
