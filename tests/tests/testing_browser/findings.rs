//! Mistaken apps, and what is said of each.

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::error::{ErrorNotFound, ErrorUnauthorized};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::init_service;
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::testing::{Browser, ScriptRequest};
use cors_tests::service::{ALLOWED, CORS};

use crate::{complaint, methods, put, put_with_cookies, request};

const CHECK: &str = "allow-origin-missing (CHK-1), https://fetch.spec.whatwg.org/#concept-cors-check";

/// Lets in who has a cookie.
async fn authenticate<B>(request: ServiceRequest, app: Next<B>) -> Result<ServiceResponse<B>, Error>
where
    B: MessageBody,
{
    match request.headers().contains_key(header::COOKIE) {
        true => app.call(request).await,
        false => Err(ErrorUnauthorized("who are you?")),
    }
}

/// Sends http to https.
async fn to_https<B>(request: ServiceRequest, app: Next<B>) -> Result<ServiceResponse, Error>
where
    B: MessageBody + 'static,
{
    let connection = request.connection_info().clone();
    if connection.scheme() == "https" {
        return Ok(app.call(request).await?.map_into_boxed_body());
    }
    let location = format!("https://{}{}", connection.host(), request.path());
    let response = HttpResponse::PermanentRedirect().insert_header((header::LOCATION, location)).finish();
    Ok(request.into_response(response))
}

#[actix_web::put("/notes/{id}", wrap = "CORS")]
async fn guarded() -> &'static str {
    "saved"
}

#[actix_web::test]
async fn a_guard_that_keeps_the_preflight_out_is_found() {
    let app = init_service(App::new().service(guarded)).await;
    let outcome = Browser::at(ALLOWED).fetch(&app, put_with_cookies("/notes/1?draft")).await;
    let told = "help: wrap the resource, which has no guard:
      web::resource(\"/notes/1\").wrap(CORS).route(web::put().to(handler))
help: or let the preflights for PUT in:
      #[route(\"/notes/1\", method = \"PUT\", method = \"OPTIONS\", guard = \"cors_actix::with_preflight::put\", wrap = \"CORS\")]
note: a preflight is an OPTIONS request, so a guard on the method keeps it out, and what is wrapped inside the guard never \
sees it, as in `#[put(\"/notes/1\", wrap = \"CORS\")]` and `web::put().to(handler).wrap(CORS)`
note: a guard on a header keeps it out too; and for a path without a service, only a policy around the whole app is asked";
    assert_eq!(
        complaint(&outcome),
        format!(
            "a page of https://app.example.com cannot read the answer
> OPTIONS https://api.example.com/notes/1?draft
> Accept: */*
> Access-Control-Request-Method: PUT
> Origin: https://app.example.com
< 404 Not Found
the answer to the preflight is blocked: {CHECK}
no CORS policy answered the preflight for PUT /notes/1: 404 Not Found came instead
{told}"
        )
    );

    let route = web::resource("/notes/1").route(web::put().to(HttpResponse::Ok).wrap(CORS));
    let app = init_service(App::new().service(route)).await;
    let text = complaint(&Browser::at(ALLOWED).fetch(&app, put("/notes/1")).await);
    let first = "no CORS policy answered the preflight for PUT /notes/1: 405 Method Not Allowed came instead";
    assert!(text.ends_with(&format!("\n{first}\n{told}")), "{text}");
}

#[actix_web::test]
async fn authentication_outside_of_the_policy_is_found_by_its_preflight() {
    let told = "help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`
note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is outside";
    let app = init_service(App::new().wrap(CORS).wrap(from_fn(authenticate))).await;
    let outcome = Browser::at(ALLOWED).cookies("session=7").fetch(&app, put_with_cookies("/x")).await;
    assert_eq!(
        complaint(&outcome),
        format!(
            "a page of https://app.example.com cannot read the answer
> OPTIONS https://api.example.com/x
> Accept: */*
> Access-Control-Request-Method: PUT
> Origin: https://app.example.com
< 401 Unauthorized
< content-type: text/plain; charset=utf-8
the answer to the preflight is blocked: {CHECK}
no CORS policy answered the preflight for PUT /x: 401 Unauthorized came instead
{told}"
        )
    );

    let challenge = || async { HttpResponse::Forbidden().insert_header((header::WWW_AUTHENTICATE, "Basic")).finish() };
    let app = init_service(App::new().default_service(web::to(challenge))).await;
    let text = complaint(&Browser::at(ALLOWED).fetch(&app, put("/x")).await);
    let first = "no CORS policy answered the preflight for PUT /x: 403 Forbidden came instead";
    assert!(text.ends_with(&format!("\n{first}\n{told}")), "{text}");
}

#[actix_web::test]
async fn authentication_inside_of_the_policy_is_right() {
    let app = init_service(App::new().wrap(from_fn(authenticate)).wrap(CORS)).await;
    let mut page = Browser::at(ALLOWED);
    assert_eq!(page.fetch(&app, put("/x")).await.status(), 401);
    assert_eq!(page.cookies("session=7").fetch(&app, put_with_cookies("/x")).await.status(), 404);
}

#[actix_web::test]
async fn errors_without_cors_headers_are_found() {
    let told = "help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`
note: a page cannot tell such an answer from a server that is down";
    let outside = init_service(App::new().wrap(CORS).wrap(from_fn(authenticate))).await;
    let by_hand = async |id: web::Path<u32>| match id.into_inner() {
        1 => Ok(HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, ALLOWED)).finish()),
        _ => Err(ErrorNotFound("no such note")),
    };
    let by_hand = init_service(App::new().route("/notes/{id}", web::get().to(by_hand))).await;
    let mut page = Browser::at(ALLOWED);
    assert_eq!(page.fetch(&by_hand, request("/notes/1")).await.status(), 200);
    for (outcome, status) in [
        (page.fetch(&outside, request("/notes/2")).await, "401 Unauthorized"),
        (page.fetch(&by_hand, request("/notes/2")).await, "404 Not Found"),
    ] {
        assert_eq!(
            complaint(&outcome),
            format!(
                "a page of https://app.example.com cannot read the answer
> GET https://api.example.com/notes/2
> Origin: https://app.example.com
< {status}
< content-type: text/plain; charset=utf-8
the answer is blocked: {CHECK}
{status} came without CORS headers
{told}"
            )
        );
    }
    // A success without headers may be meant so.
    let app = init_service(App::new().route("/", web::get().to(HttpResponse::Ok))).await;
    let text = complaint(&page.fetch(&app, request("/")).await);
    let told =
        "the answer of https://api.example.com/ has no Access-Control-Allow-Origin, so the browser does not show it";
    assert!(text.contains(&format!("\nthe answer is blocked: {CHECK}\n{told}")), "{text}");
}

#[actix_web::test]
async fn headers_from_two_places_are_found() {
    let told = "is blocked: allow-origin-mismatch (CHK-3), https://fetch.spec.whatwg.org/#concept-cors-check
`Access-Control-Allow-Origin` has more than one value
help: leave the CORS headers to one policy, and take them out of other middleware, handlers and proxies
note: browsers accept one origin and no list; a `Cors` replaces what is set inside of it, so what it does not replace is set \
outside";
    let twice = App::new().wrap(CORS).wrap_fn(|request, app| {
        let response = app.call(request);
        async {
            let mut response = response.await?;
            let value = HeaderValue::from_static(ALLOWED);
            response.headers_mut().append(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
            Ok(response)
        }
    });
    let twice = init_service(twice).await;
    let joined = async || {
        let both = "https://app.example.com, https://app.example.com";
        HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, both)).finish()
    };
    let joined = init_service(App::new().route("/x", web::get().to(joined))).await;
    let mut page = Browser::at(ALLOWED);
    for (outcome, step) in [
        (page.fetch(&twice, request("/x")).await, "the answer"),
        (page.fetch(&twice, put("/x")).await, "the answer to the preflight"),
        (page.fetch(&joined, request("/x")).await, "the answer"),
    ] {
        let text = complaint(&outcome);
        assert!(text.ends_with(&format!("\n{step} {told}")), "{text}");
    }
    let inside = async || HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")).finish();
    let inside = init_service(App::new().wrap(CORS).wrap(CORS).route("/x", web::get().to(inside))).await;
    page.fetch(&inside, request("/x")).await.assert_readable();
    // One origin that is another's is not two.
    let mistaken =
        async || HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://b.example")).finish();
    let mistaken = init_service(App::new().route("/x", web::get().to(mistaken))).await;
    let text = complaint(&page.fetch(&mistaken, request("/x")).await);
    assert!(
        text.contains("concept-cors-check\nthe answer of https://api.example.com/x allows \"https://b.example\""),
        "{text}"
    );
}

#[actix_web::test]
async fn a_redirected_preflight_is_found() {
    let insecure = || ScriptRequest::new("http://api.example.com/x").method("PUT");
    let app = init_service(App::new().wrap(CORS).wrap(from_fn(to_https))).await;
    let mut page = Browser::at(ALLOWED);
    assert_eq!(
        complaint(&page.fetch(&app, insecure()).await),
        format!(
            "a page of https://app.example.com cannot read the answer
> OPTIONS http://api.example.com/x
> Accept: */*
> Access-Control-Request-Method: PUT
> Origin: https://app.example.com
< 308 Permanent Redirect
< location: https://api.example.com/x
the answer to the preflight is blocked: {CHECK}
the preflight was redirected: 308 Permanent Redirect to https://api.example.com/x
help: have the page ask where the redirect leads to
help: or, where that is a path of the same origin, wrap the policy last, outside of whatever redirects: \
`.wrap(redirect).wrap(CORS)`
note: browsers follow no redirect of a preflight; and once a request is redirected to another origin, as from http to https, \
they send `Origin: null`"
        )
    );
    assert_eq!(page.fetch(&app, put("/x")).await.status(), 404);
}

#[actix_web::test]
async fn a_redirect_inside_of_the_policy_is_followed_within_its_origin() {
    let app = App::new()
        .wrap(from_fn(to_https))
        .wrap(CORS)
        .service(web::redirect("/old", "/new").using_status_code(StatusCode::PERMANENT_REDIRECT))
        .route("/new", web::put().to(HttpResponse::Ok));
    let app = init_service(app).await;
    let outcome = Browser::at(ALLOWED).fetch(&app, put("/old")).await;
    assert_eq!((outcome.status(), methods(&outcome)), (200, vec!["OPTIONS", "PUT", "OPTIONS", "PUT"]));

    let insecure = ScriptRequest::new("http://api.example.com/new").method("PUT");
    let outcome = Browser::at(ALLOWED).fetch(&app, insecure).await;
    outcome.assert_blocked("allow-origin-missing");
    assert_eq!(methods(&outcome), ["OPTIONS", "PUT", "OPTIONS"]);
    assert_eq!(outcome.exchanges()[2].request.header("Origin"), Some(b"null".as_slice()));
}

#[actix_web::test]
async fn a_handler_that_takes_the_preflight_is_found() {
    let app = init_service(App::new().default_service(web::to(HttpResponse::NoContent))).await;
    let text = complaint(&Browser::at(ALLOWED).fetch(&app, put("/x")).await);
    let told = "no CORS policy answered the preflight for PUT /x: 204 No Content came instead
help: wrap the policy around the service that answers OPTIONS here
note: a policy answers with 204 and `Access-Control-Allow-Origin`, or with 403";
    assert!(text.ends_with(&format!("\n{told}")), "{text}");
}
