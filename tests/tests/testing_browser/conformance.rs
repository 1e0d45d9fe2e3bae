//! One assertion: the app does what the policy says.

use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::error::ErrorUnauthorized;
use actix_web::http::{Method, header};
use actix_web::middleware::DefaultHeaders;
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Conformance, conformance};
use cors_actix::{Cors, Inspector, cors_policy};

const NOTES: Cors = cors_policy! {
    rules: [
        { origins: ["https://app.example.com", "https://*.example.org"], credentials: true, methods: [PUT] },
        { origins: ["http://localhost:*"], methods: [PUT], expose_headers: ["ETag"] },
    ],
}
.name("notes");
const PUBLIC: Cors = cors_policy! { origins: "*", methods: [PUT] }.name("public");

fn notes() -> actix_web::Resource {
    web::resource("/notes").route(web::get().to(|| async { "read" })).route(web::put().to(|| async { "saved" }))
}

/// What the assertion says of an app, against the policy `NOTES`.
macro_rules! said {
    ($app:expr) => {{
        let app = init_service($app).await;
        let routes = [(Method::GET, "/notes"), (Method::PUT, "/notes")];
        let conformance: Conformance = conformance(&app, &NOTES.policy(), routes).await;
        match catch_unwind(AssertUnwindSafe(|| conformance.assert_holds())) {
            Ok(()) => String::new(),
            Err(panic) => *panic.downcast::<String>().expect("the text is formatted"),
        }
    }};
}

#[actix_web::test]
async fn an_app_that_does_what_its_policy_says_holds() {
    assert_eq!(said!(App::new().wrap(NOTES).service(notes())), "");
    assert_eq!(said!(App::new().service(notes().wrap(NOTES))), "");
    assert_eq!(said!(App::new().wrap(NOTES).service(notes().wrap(DefaultHeaders::new().add(("Vary", "Accept"))))), "");
}

#[actix_web::test]
async fn every_mistake_in_the_wiring_shows() {
    let star = || DefaultHeaders::new().add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    let cases = [
        ("no policy", said!(App::new().service(notes())), "no policy decided"),
        (
            "headers outside",
            said!(App::new().service(notes()).wrap(NOTES).wrap(star())),
            "access-control-allow-origin: *",
        ),
        (
            "another policy",
            said!(App::new().service(notes()).wrap(PUBLIC)),
            "the preflight for GET /notes, from https://app.example.com\n    \
             the policy says: status 204; access-control-allow-origin: https://app.example.com; \
             access-control-allow-credentials: true; access-control-allow-methods: PUT; vary: Origin\n    \
             the app answers: status 204; access-control-allow-origin: *; access-control-allow-methods: PUT\n    \
             decided by public",
        ),
        (
            "nested",
            said!(App::new().service(notes().wrap(NOTES)).wrap(PUBLIC)),
            "the policy notes stands inside the policy public, and a request must pass both",
        ),
        (
            "a guard",
            said!(App::new().route("/notes", web::put().to(HttpResponse::Ok).wrap(NOTES))),
            "the preflight for GET /notes, from https://app.example.com",
        ),
        (
            "authentication outside",
            said!(
                App::new()
                    .service(notes())
                    .wrap(NOTES)
                    .wrap_fn(|_, _| async { Err::<actix_web::dev::ServiceResponse, _>(ErrorUnauthorized("who?")) })
            ),
            "no policy decided\nhelp: wrap the policy last",
        ),
    ];
    for (name, said, part) in cases {
        assert!(
            said.starts_with("the app does not do what the policy says, for ") && said.contains(part),
            "{name}: {said}"
        );
    }
}

#[actix_web::test]
async fn an_inspector_around_the_policy_hides_nobody_who_decided() {
    let app = App::new().service(notes()).wrap(PUBLIC).wrap(Inspector::new());
    let text = said!(app);
    assert!(text.contains("decided by public") && !text.contains("no policy decided"), "{text}");
}

#[test]
fn what_is_no_path_is_said() {
    let asked = || {
        actix_web::rt::System::new().block_on(async {
            let _ = conformance(&init_service(App::new()).await, &NOTES.policy(), [(Method::GET, "/ x")]).await;
        });
    };
    let panic = catch_unwind(AssertUnwindSafe(asked)).expect_err("nothing is asked");
    let text = panic.downcast::<String>().expect("the text is formatted");
    assert!(text.starts_with("\"/ x\" is not a path: "), "{text}");
}
