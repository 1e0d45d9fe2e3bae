//! What is said of what was seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, PolicyDraft};
use cors_tests::service::{ALLOWED, CORS, REFUSED, from, preflight, respond};
use serde_json::json;

use super::{advice, local, marked, pictures, said, state};

fn inspector() -> cors_actix::Inspector {
    super::inspector().policy(CORS)
}

fn get() -> TestRequest {
    TestRequest::get().uri("/notes")
}

fn put() -> TestRequest {
    TestRequest::put().uri("/notes")
}

fn asking_for_headers(names: &str) -> TestRequest {
    preflight(ALLOWED, "/notes").insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, names))
}

#[actix_web::test]
async fn a_refused_origin_sees_where_the_browser_stops_and_what_to_write() {
    let [picture] = &pictures(inspector(), [preflight(REFUSED, "/notes")]).await[..] else { panic!("one picture") };
    assert_eq!(picture["title"], "Blocked: the request was never sent");
    assert_eq!(
        (&picture["page"], &picture["server"], &picture["policy"]),
        (&json!(REFUSED), &json!("http://localhost:8080"), &json!("notes"))
    );
    assert_eq!(
        said(picture),
        [
            "The browser asks first: may I PUT?",
            "Your policy answers, no handler runs",
            "Your server answers: no permission for https://evil.example",
            "The browser stops here",
        ]
    );
    assert_eq!(marked(picture), ["missing: Access-Control-Allow-Origin: https://evil.example"]);
    let reason = &picture["reason"];
    assert_eq!(
        (&reason["statement"], &reason["anchor"]),
        (&json!("CHK-1"), &json!("https://fetch.spec.whatwg.org/#concept-cors-check"))
    );
    assert_eq!(
        advice(reason),
        [
            "help: if pages of https://evil.example may read, write in the policy\n    origins: [\"https://app.example.com\", \"https://evil.example\"],"
        ]
    );
    let browsers: Vec<_> = reason["consoles"].as_array().unwrap().iter().map(|console| &console["browser"]).collect();
    assert_eq!(browsers, ["Chrome", "Firefox", "Safari"]);
}

#[actix_web::test]
async fn a_method_that_is_not_allowed_is_marked_in_the_list_that_lacks_it() {
    let delete = preflight(ALLOWED, "/notes").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "DELETE"));
    let [picture] = &pictures(inspector(), [delete]).await[..] else { panic!("one picture") };
    assert_eq!(marked(picture), ["bad: Access-Control-Allow-Methods: PUT"]);
    assert_eq!(said(picture)[2], "Your server answers: permission, but not for DELETE");
    assert_eq!(advice(&picture["reason"]), ["help: write in the policy\n    methods: [PUT, DELETE],"]);
}

#[actix_web::test]
async fn a_header_that_is_not_allowed_is_named_in_question_and_answer() {
    let [picture] = &pictures(inspector(), [asking_for_headers("x-other,x-token")]).await[..] else {
        panic!("one picture")
    };
    assert_eq!(said(picture)[0], "The browser asks first: may I PUT with X-Other, X-Token?");
    assert_eq!(said(picture)[2], "Your server answers: permission, but not for the header X-Other");
    assert_eq!(marked(picture), ["bad: Access-Control-Allow-Headers: X-Token"]);
}

#[actix_web::test]
async fn a_preflight_and_the_request_that_followed_are_one_picture() {
    let requests = [asking_for_headers("x-token"), from(ALLOWED, put()), from(ALLOWED, put())];
    let pictures = pictures(inspector(), requests).await;
    let [again, first] = &pictures[..] else { panic!("two pictures: {pictures:#?}") };
    assert_eq!(first["title"], "The page may read the answer");
    assert_eq!(
        said(first),
        [
            "The browser asks first: may I PUT with X-Token?",
            "Your policy answers, no handler runs",
            "Your server answers: yes, you may",
            "The browser sends the PUT request",
            "Your app runs",
            "Your server answers: https://app.example.com may read this",
            "The browser gives the answer to the page",
        ]
    );
    let origin = "good: Access-Control-Allow-Origin: https://app.example.com";
    assert_eq!(marked(first), [origin, origin]);
    assert_eq!(first["reason"]["readable"], json!([]));
    assert_eq!(
        said(again)[0],
        "There was no preflight: the browser remembers that PUT is allowed, or the client is not a browser"
    );
}

#[actix_web::test]
async fn a_request_that_a_preflight_did_not_allow_is_a_picture_of_its_own() {
    let pictures = pictures(inspector(), [preflight(REFUSED, "/notes"), from(REFUSED, put())]).await;
    assert_eq!(pictures.len(), 2, "{pictures:#?}");
}

#[actix_web::test]
async fn requests_of_another_page_path_query_method_or_time_do_not_belong_to_a_preflight() {
    let other_query = put().uri("/notes?b");
    for other in
        [from(REFUSED, put()), from(ALLOWED, put().uri("/open")), from(ALLOWED, other_query), from(ALLOWED, get())]
    {
        let pictures = pictures(inspector(), [preflight(ALLOWED, "/notes"), other]).await;
        assert_eq!(pictures.len(), 2, "{pictures:#?}");
    }
    for (seconds, count) in [(10, 1), (11, 2)] {
        let (began, passed) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let clock = Arc::clone(&passed);
        let inspector = inspector().__clock(move || began + Duration::from_secs(clock.load(Ordering::Relaxed)));
        let app = super::app(inspector).await;
        respond(&app, preflight(ALLOWED, "/notes")).await;
        passed.store(seconds, Ordering::Relaxed);
        respond(&app, from(ALLOWED, put())).await;
        assert_eq!(state(&app).await["pictures"].as_array().unwrap().len(), count, "after {seconds} s");
    }
}

#[actix_web::test]
async fn a_request_that_ran_and_may_not_be_read_says_both() {
    let [picture] = &pictures(inspector(), [from(REFUSED, get())]).await[..] else { panic!("one picture") };
    assert_eq!(
        said(picture),
        [
            "The browser sends the GET request",
            "Your app runs",
            "Your server answers: no permission for https://evil.example",
            "The browser stops here",
        ]
    );
}

#[actix_web::test]
async fn what_no_policy_saw_is_told_from_what_a_policy_refused() {
    let requests = [from(ALLOWED, get().uri("/open")), preflight(ALLOWED, "/guarded")];
    let pictures = pictures(inspector(), requests).await;
    let [guarded, open] = &pictures[..] else { panic!("two pictures") };
    assert_eq!(said(open)[1], "No policy saw this request: your app answers alone");
    assert!(advice(&open["reason"])[0].starts_with("help: wrap a policy around what serves /open"), "{open:#}");
    assert_eq!(said(guarded)[1], "No policy saw this preflight: something else answered it");
    let first = &advice(&guarded["reason"])[0];
    assert!(first.starts_with("help: wrap the resource, which has no guard:"), "{first}");
}

#[actix_web::test]
async fn what_cors_does_not_decide_is_not_judged() {
    let rows = [
        ("not-an-origin", "sec-fetch-mode", "cors", "no browser sends such an Origin line"),
        ("HTTPS://APP.EXAMPLE.COM", "sec-fetch-mode", "cors", "no browser sends such an Origin line"),
        (ALLOWED, "sec-fetch-mode", "navigate", "a form or a link sent it"),
        (ALLOWED, "sec-fetch-mode", "no-cors", "it was sent in mode \"no-cors\""),
        (ALLOWED, "sec-fetch-mode", "websocket", "it opens a WebSocket"),
        (ALLOWED, "sec-websocket-key", "x", "it opens a WebSocket"),
    ];
    for (origin, name, value, why) in rows {
        let [picture] = &pictures(inspector(), [from(origin, get()).insert_header((name, value))]).await[..] else {
            panic!("one picture")
        };
        assert_eq!(picture["verdict"], "none", "{origin} {value}");
        let text = picture["reason"]["text"].as_str().unwrap();
        assert!(text.starts_with(why), "{origin} {value}: {text}");
    }
}

#[actix_web::test]
async fn a_page_of_the_server_itself_needs_no_permission() {
    for request in [
        from("http://localhost:8080", TestRequest::post().uri("/notes")),
        // A proxy that ends encryption is before the server.
        from("https://www.example.com", TestRequest::post().uri("/notes"))
            .insert_header(("sec-fetch-site", "same-origin")),
    ] {
        let [picture] = &pictures(inspector(), [request]).await[..] else { panic!("one picture") };
        assert_eq!(picture["reason"]["text"], "page and server have the same origin, so no permission is needed");
    }
}

#[actix_web::test]
async fn a_request_that_the_policy_rejects_reaches_no_handler() {
    let closed = cors_actix::cors_policy! { on_denied: reject, origins: ["https://app.example.com"] };
    let app = App::new().default_service(web::to(async || "handled")).wrap(closed).wrap(inspector());
    let app = init_service(app).await;
    respond(&app, from(REFUSED, get())).await;
    let state = state(&app).await;
    assert_eq!(
        said(&state["pictures"][0])[1..],
        [
            "Your policy refuses, no handler runs",
            "Your server answers: no permission for https://evil.example",
            "The browser stops here",
        ]
    );
    assert_eq!(state["pictures"][0]["steps"][2]["wire"], "403 Forbidden");
}

#[actix_web::test]
async fn null_is_never_what_to_write() {
    let [picture] = &pictures(inspector(), [from("null", get())]).await[..] else { panic!("one picture") };
    assert_eq!((&picture["page"], &picture["code"]), (&json!("null"), &json!("allow-origin-missing")));
    assert_eq!(marked(picture), ["missing: Access-Control-Allow-Origin: "]);
}

#[actix_web::test]
async fn a_redirect_leaves_the_verdict_to_what_it_leads_to() {
    let app = App::new().service(web::redirect("/old", "/new")).wrap(CORS).wrap(inspector());
    let app = init_service(app).await;
    respond(&app, from(ALLOWED, TestRequest::get().uri("/old"))).await;
    let state = state(&app).await;
    assert_eq!(state["pictures"][0]["title"], "Redirected: what is there decides");
    assert_eq!(said(&state["pictures"][0]).last(), Some(&"The browser goes on to http://localhost/new"));
}

#[actix_web::test]
async fn no_more_than_fifty_are_kept_and_what_is_too_long_is_not_judged() {
    let requests = (0..60).map(|number| from(ALLOWED, get().uri(&format!("/notes/{number}"))));
    let pictures = pictures(inspector(), requests).await;
    let paths: Vec<_> = pictures.iter().map(|picture| picture["path"].as_str().unwrap()).collect();
    assert_eq!((paths.len(), paths[0], paths[49]), (50, "/notes/59", "/notes/10"));

    let long = asking_for_headers(&"x".repeat(5000));
    let [picture] = &super::pictures(inspector(), [long]).await[..] else { panic!("one picture") };
    assert_eq!(picture["reason"]["text"], "the headers are too long to be kept");
    let size = picture.to_string().len();
    assert!(size < 3000, "{size} bytes");
}

#[actix_web::test]
async fn a_request_without_an_origin_is_not_kept() {
    assert_eq!(pictures(inspector(), [get(), put()]).await, Vec::<serde_json::Value>::new());
}

#[actix_web::test]
async fn only_what_is_new_is_sent_and_a_live_policy_is_shown_as_it_is() {
    let policy = |origin: &str| PolicyDraft::new().origins([origin]).validate().unwrap();
    let (live, handle) = Cors::replaceable(policy(ALLOWED));
    let inspector = super::inspector().policy(live.clone().name("live"));
    let app =
        init_service(App::new().wrap(live.clone()).wrap(inspector).default_service(web::to(async || "handled"))).await;
    let before = state(&app).await;
    assert_eq!(before["policies"][0]["text"], "origins: [\"https://app.example.com\"],");
    let path = format!("/__cors/state?seen={}", before["revision"].as_str().unwrap());
    let look = async || respond(&app, local(&path)).await.status().as_u16();
    assert_eq!(look().await, 204, "nothing is new");

    handle.replace(policy(REFUSED));
    assert_eq!(look().await, 200, "the policy is new");
    let after = state(&app).await;
    assert_eq!(after["policies"][0]["text"], "origins: [\"https://evil.example\"],");

    let path = format!("/__cors/state?seen={}", after["revision"].as_str().unwrap());
    respond(&app, from(ALLOWED, get())).await;
    assert_eq!(respond(&app, local(&path)).await.status(), 200, "an exchange is new");
}
