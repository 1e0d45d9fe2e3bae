//! One assertion: the app does what the policy says.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::dev::Service;
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::DefaultHeaders;
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Conformance, conformance};
use cors_actix::{Cors, Inspector, Origin, PolicyDraft, cors_policy};

const NOTES: Cors = cors_policy! {
    rules: [
        { origins: ["https://app.example.com", "https://*.example.org"], credentials: true, methods: [PUT] },
        { origins: ["http://localhost:*"], methods: [PUT], expose_headers: ["ETag"] },
    ],
}
.name("notes");
const PUBLIC: Cors = cors_policy! { origins: "*", methods: [PUT] }.name("public");
const CLOSED: Cors = cors_policy! { origins: none }.name("closed");

fn notes() -> actix_web::Resource {
    web::resource("/notes").route(web::get().to(|| async { "read" })).route(web::put().to(|| async { "saved" }))
}

/// What the assertion says of an app, against the policy `NOTES`.
macro_rules! said {
    ($app:expr) => {
        said!($app, [(Method::GET, "/notes"), (Method::PUT, "/notes")])
    };
    ($app:expr, $routes:expr) => {{
        let app = init_service($app).await;
        let conformance: Conformance = conformance(&app, &NOTES.policy(), $routes).await;
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

/// Returns the helps and notes of a text, without the lines that follow them.
fn advice(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.starts_with("help: ") || line.starts_with("note: ")).collect()
}

#[actix_web::test]
async fn each_help_is_said_once_and_is_that_of_its_cause() {
    let guarded = || web::put().to(HttpResponse::Ok).wrap(NOTES);
    let outside = |status: StatusCode| {
        let app = App::new().service(notes()).wrap(NOTES);
        app.wrap_fn(move |request, _| async move { Ok(request.into_response(HttpResponse::new(status))) })
    };
    let star = || DefaultHeaders::new().add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    let beside_grants = || {
        App::new().service(notes()).wrap(NOTES).wrap_fn(|request, service| {
            let answer = service.call(request);
            async {
                let mut answer = answer.await?;
                if answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
                    answer
                        .headers_mut()
                        .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("X-Id"));
                }
                Ok(answer)
            }
        })
    };
    let set_outside = vec![
        "help: leave the CORS headers to one policy, and take them out of other middleware, handlers and proxies",
        "note: a `Cors` replaces what is set inside of it, so what it does not replace is set outside",
    ];
    let unseen = "help: wrap a policy around what serves /notes: its scope, its resource, or the whole app; no policy of the app saw \
                  the request";
    let last = "help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`";
    let cases = [
        ("another scope", said!(App::new().service(web::scope("/v1").wrap(NOTES)).service(notes())), vec![unseen]),
        ("no service", said!(App::new().service(web::scope("/v1").wrap(NOTES).service(notes()))), vec![unseen]),
        (
            "a guard",
            said!(App::new().service(web::resource("/notes").route(guarded())), [(Method::PUT, "/notes")]),
            vec![
                "help: wrap the resource, which has no guard:",
                "help: or let the preflights for PUT in:",
                "note: a preflight is an OPTIONS request, so a guard on the method keeps it out, and what is wrapped inside the guard \
                 never sees it, as in `#[put(\"/notes\", wrap = \"CORS\")]` and `web::put().to(handler).wrap(CORS)`",
                "note: a guard on a header keeps it out too; and for a path without a service, only a policy around the whole app is asked",
            ],
        ),
        (
            "authentication outside",
            said!(outside(StatusCode::UNAUTHORIZED)),
            vec![
                last,
                "note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is outside",
            ],
        ),
        ("headers outside", said!(App::new().service(notes()).wrap(NOTES).wrap(star())), set_outside.clone()),
        ("headers outside, beside grants", said!(beside_grants()), set_outside.clone()),
        (
            "headers outside of another policy",
            said!(App::new().service(notes()).wrap(CLOSED).wrap(star())),
            set_outside,
        ),
        ("another policy", said!(App::new().service(notes()).wrap(PUBLIC)), vec![]),
    ];
    for (name, said, expected) in cases {
        assert_eq!(advice(&said), expected, "{name}: {said}");
    }
    let nested = said!(App::new().service(notes().wrap(NOTES)).wrap(PUBLIC));
    assert_eq!(nested.matches("help: do not wrap public around notes").count(), 1, "{nested}");
}

#[actix_web::test]
async fn what_a_source_allows_is_not_taken_for_a_header_from_outside() {
    let knows = |_: Origin| async { Ok::<_, Infallible>(true) };
    let (cors, _) = Cors::with_source(PolicyDraft::new().origins(["https://app.example.com"]), knows).unwrap();
    let app = init_service(App::new().service(notes()).wrap(cors.clone())).await;
    let found = conformance(&app, &cors.policy(), [(Method::GET, "/notes")]).await.to_string();
    assert!(found.contains("access-control-allow-origin: https://why-probe"), "{found}");
    assert!(advice(&found).is_empty(), "{found}");
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
