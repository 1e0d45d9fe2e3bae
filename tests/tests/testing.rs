//! What `cors_actix::testing` says of an app.

use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::dev::ServiceResponse;
use actix_web::error::ErrorUnauthorized;
use actix_web::http::{Method, StatusCode, header};
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, Resource, delete, guard, route, web};
use cors_actix::testing::{Preflight, preflight};
use cors_actix::{Cors, Inspector, cors_policy, with_preflight};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, CORS, PREFLIGHT_GRANTED, REFUSED};

const PUBLIC: Cors = cors_policy! { origins: "*" };

#[actix_web::put("/x", wrap = "CORS")]
async fn guarded() -> &'static str {
    "never for a preflight"
}

#[route("/x", method = "PUT", method = "OPTIONS", guard = "with_preflight::put", wrap = "CORS")]
async fn let_in() -> &'static str {
    "never for a preflight"
}

#[delete("/x", wrap = "CORS")]
async fn other() -> &'static str {
    "never for a preflight"
}

fn resource() -> Resource {
    web::resource("/x").route(web::put().to(HttpResponse::Ok))
}

/// The preflight for PUT /x.
macro_rules! put_x {
    ($app:expr) => {
        preflight(&init_service($app).await, Method::PUT, "/x", ALLOWED).await
    };
}

fn complaint(preflight: &Preflight) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| preflight.assert_reaches_policy())).expect_err("nobody answered");
    *panic.downcast().expect("the text is formatted")
}

#[actix_web::test]
async fn the_right_forms_reach_their_policy() {
    let route = || web::route().guard(with_preflight::put).to(HttpResponse::Ok).wrap(CORS);
    for preflight in [
        put_x!(App::new().wrap(CORS)),
        put_x!(App::new().service(web::scope("/x").wrap(CORS))),
        put_x!(App::new().service(resource().wrap(CORS))),
        put_x!(App::new().service(let_in)),
        put_x!(App::new().service(other).service(let_in)),
        put_x!(App::new().route("/x", route())),
        put_x!(App::new().service(web::resource("/x").route(web::get().to(HttpResponse::Ok)).route(route()))),
    ] {
        preflight.assert_reaches_policy();
        let Preflight::Granted(headers) = preflight else { panic!("{preflight:?}") };
        assert_eq!(cors_of(&headers), PREFLIGHT_GRANTED);
    }
}

#[actix_web::test]
async fn a_policy_that_refuses_is_reached_too() {
    let app = init_service(App::new().service(resource().wrap(CORS))).await;
    let refused = preflight(&app, Method::PUT, "/x", REFUSED).await;
    refused.assert_reaches_policy();
    assert!(matches!(refused, Preflight::Refused), "{refused:?}");
}

#[actix_web::test]
async fn a_policy_for_every_origin_is_reached_too() {
    let public = put_x!(App::new().service(resource().wrap(PUBLIC)));
    public.assert_reaches_policy();
    let Preflight::Granted(headers) = public else { panic!("{public:?}") };
    assert_eq!(cors_of(&headers), ["access-control-allow-origin: *"]);
}

#[actix_web::test]
async fn middleware_of_a_guarded_route_is_found_out_and_the_right_form_told() {
    let route = || web::put().to(HttpResponse::Ok).wrap(CORS);
    let told = "help: wrap the resource, which has no guard:
      web::resource(\"/x\").wrap(CORS).route(web::put().to(handler))
help: or let the preflights for PUT in:
      #[route(\"/x\", method = \"PUT\", method = \"OPTIONS\", guard = \"cors_actix::with_preflight::put\", wrap = \"CORS\")]
note: a preflight is an OPTIONS request, so a guard on the method keeps it out, and what is wrapped inside the guard never \
sees it, as in `#[put(\"/x\", wrap = \"CORS\")]` and `web::put().to(handler).wrap(CORS)`
note: a guard on a header keeps it out too; and for a path without a service, only a policy around the whole app is asked";
    for (preflight, status) in [
        (put_x!(App::new().service(guarded)), "404 Not Found"),
        (put_x!(App::new().service(web::scope("").service(guarded))), "404 Not Found"),
        (put_x!(App::new().route("/x", route())), "404 Not Found"),
        (put_x!(App::new().service(web::resource("/x").route(route()))), "405 Method Not Allowed"),
        (put_x!(App::new().service(resource().guard(guard::Put()).wrap(CORS))), "404 Not Found"),
        (put_x!(App::new().service(resource().guard(guard::Header("x-key", "1")).wrap(CORS))), "404 Not Found"),
        (put_x!(App::new().service(resource())), "405 Method Not Allowed"),
    ] {
        let first = format!("no CORS policy answered the preflight for PUT /x: {status} came instead\n");
        assert_eq!(complaint(&preflight), first + told);
    }
}

#[actix_web::test]
async fn a_method_without_a_function_of_its_own_is_told_another_form() {
    let propfind = Method::from_bytes(b"PROPFIND").expect("a method is a token");
    let app = init_service(App::new().service(guarded)).await;
    let text = complaint(&preflight(&app, propfind, "/x", ALLOWED).await);
    for form in [
        "web::resource(\"/x\").wrap(CORS).route(web::method(method).to(handler))\n",
        "web::route().guard(cors_actix::with_preflight::method(method)).to(handler).wrap(CORS)\n",
        "as in `web::method(method).to(handler).wrap(CORS)`\n",
    ] {
        assert!(text.contains(form), "{text}");
    }
    assert!(!text.contains("propfind"), "{text}");
}

#[actix_web::test]
async fn authentication_outside_of_the_policy_is_found_out() {
    let failing = App::new()
        .wrap(CORS)
        .wrap_fn(|_request, _policy| async { Err::<ServiceResponse, _>(ErrorUnauthorized("who are you?")) });
    let refusing = App::new().default_service(web::to(HttpResponse::Forbidden));
    for (preflight, status) in [(put_x!(failing), "401 Unauthorized"), (put_x!(refusing), "403 Forbidden")] {
        assert_eq!(
            complaint(&preflight),
            format!(
                "no CORS policy answered the preflight for PUT /x: {status} came instead
help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`
note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is outside"
            )
        );
    }
}

#[actix_web::test]
async fn a_handler_that_answers_options_is_found_out() {
    let options = web::method(Method::OPTIONS)
        .to(async || HttpResponse::NoContent().insert_header((header::ALLOW, "PUT")).finish());
    let preflight = put_x!(App::new().service(web::resource("/x").route(options)));
    let Preflight::Unanswered(unanswered) = &preflight else { panic!("{preflight:?}") };
    assert_eq!(unanswered.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        complaint(&preflight),
        "no CORS policy answered the preflight for PUT /x: 204 No Content came instead
help: wrap the policy around the service that answers OPTIONS here
note: a policy answers with 204 and `Access-Control-Allow-Origin`, or with 403"
    );
}

#[actix_web::test]
async fn an_inspector_around_the_policy_hides_nothing() {
    let granted = put_x!(App::new().wrap(CORS).wrap(Inspector::new()).wrap(Inspector::new()));
    assert!(matches!(granted, Preflight::Granted(_)), "{granted:?}");
}

#[test]
fn what_is_no_path_or_no_origin_is_said() {
    for (path, origin, complaint) in [
        ("/ x", ALLOWED, "\"/ x\" is not a path: "),
        ("x", ALLOWED, "\"x\" is not a path: a path begins with `/`"),
        ("/x", "https://app.example.com\n", "\"https://app.example.com\\n\" cannot stand in an `Origin` line: "),
    ] {
        let asked = || {
            actix_web::rt::System::new().block_on(async {
                let _ = preflight(&init_service(App::new()).await, Method::PUT, path, origin).await;
            });
        };
        let panic = catch_unwind(AssertUnwindSafe(asked)).expect_err("nothing is asked");
        let text = panic.downcast::<String>().expect("the text is formatted");
        assert!(text.starts_with(complaint), "{text}");
    }
}
