//! A policy that is tried out beside the one in use: it writes and counts what it would refuse, and changes nothing.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::body::to_bytes;
use actix_web::http::{Method, header};
use actix_web::middleware::Condition;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, Origin, cors_policy};
use cors_tests::log::lines_of;
use cors_tests::service::{ALLOWED, CORS, REFUSED, from, preflight, respond};

const STRICTER: Cors = cors_policy! {
    rules: [
        { origins: ["https://other.example.com"] },
        { origins: ["https://app.example.com"], methods: [DELETE], allow_headers: ["X-Other"], max_age: 1h },
    ],
};
const REJECTING: Cors = cors_policy! { origins: ["https://other.example.com"], on_denied: reject };
const LOOSER: Cors = cors_policy! { origins: "*", methods: "*", allow_headers: "*", expose_headers: "*" };

fn put(origin: &str, names: &'static str) -> TestRequest {
    preflight(origin, "/").insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, names))
}

fn with_cookie(mode: &'static str) -> TestRequest {
    from(ALLOWED, TestRequest::get()).insert_header((header::COOKIE, "id=1")).insert_header(("sec-fetch-mode", mode))
}

/// Whatever a browser, or somebody else, may send.
fn requests() -> Vec<TestRequest> {
    vec![
        TestRequest::get(),
        from(ALLOWED, TestRequest::get()),
        from(ALLOWED, TestRequest::post()),
        from(REFUSED, TestRequest::get()),
        from(REFUSED, TestRequest::get()).insert_header(("sec-fetch-site", "same-origin")),
        from("null", TestRequest::get()),
        from(ALLOWED, TestRequest::get()).append_header((header::ORIGIN, REFUSED)),
        TestRequest::default().method(Method::OPTIONS),
        from(ALLOWED, TestRequest::default().method(Method::OPTIONS)),
        preflight(ALLOWED, "/"),
        preflight(REFUSED, "/"),
        put(ALLOWED, "x-token"),
        put(ALLOWED, "x-other"),
        put(ALLOWED, ",,x-token, ,\u{e9}"),
        preflight(ALLOWED, "/").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "DELETE")),
        preflight(ALLOWED, "/").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "TRACE")),
        with_cookie("cors"),
    ]
}

/// Status, all headers and body.
async fn whole(response: HttpResponse) -> String {
    let mut headers: Vec<_> = response.headers().iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    let status = response.status();
    let body = to_bytes(response.into_body()).await.expect("the body is there");
    format!("{status} {headers:?} {body:?}")
}

/// What each of the requests is answered, under the middleware and without it.
macro_rules! answers {
    ($middleware:expr) => {{
        let handler = async || HttpResponse::Ok().insert_header((header::VARY, "Accept")).body("handled");
        let app = init_service(App::new().wrap($middleware).default_service(web::to(handler))).await;
        let mut answers = Vec::new();
        for request in requests() {
            answers.push(whole(respond(&app, request).await).await);
        }
        answers
    }};
}

/// A source that knows nobody, and how often it was asked.
fn source() -> (impl cors_actix::OriginSource, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let source = move |_: Origin| {
        count.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, Infallible>(false) }
    };
    (source, asked)
}

#[actix_web::test]
async fn no_answer_differs_by_a_byte() {
    let plain = answers!(CORS);
    for shadow in [STRICTER, REJECTING, LOOSER] {
        assert_ne!(plain, answers!(shadow.clone()), "these requests tell the two policies apart");
        assert_eq!(plain, answers!(CORS.shadow(shadow.clone())));
        assert_eq!(plain, answers!(Cors::replaceable((*CORS.policy()).clone()).0.shadow(shadow.clone())));
        let dynamic = |source| Cors::with_source(CORS.policy().to_draft(), source).expect("a policy").0;
        let (without, asked_without) = source();
        let (with, asked_with) = source();
        assert_eq!(answers!(dynamic(without)), answers!(dynamic(with).shadow(shadow)));
        let asked = [asked_without, asked_with].map(|asked| asked.load(Ordering::Relaxed));
        assert_eq!(asked, [1, 1], "only for the stranger, and once");
    }
}

/// What is written of these requests under a policy in use and another that is tried out.
async fn lines(kept: Cors, shadow: Cors, requests: Vec<TestRequest>) -> Vec<String> {
    lines_of(async {
        let app = init_service(App::new().wrap(kept.shadow(shadow)).default_service(web::to(async || "handled"))).await;
        for request in requests {
            respond(&app, request).await;
        }
    })
    .await
}

#[actix_web::test]
async fn what_would_be_refused_is_written_with_what_to_do_about_it() {
    let elsewhere = cors_policy! { origins: ["https://app.example.com:8443"] };
    for (shadow, request, reason, said) in [
        (
            elsewhere,
            from(ALLOWED, TestRequest::get()),
            "origin-not-listed",
            "origins[0] \"https://app.example.com:8443\" has another port; if pages of that origin may read, add \
             \"https://app.example.com\" to `origins`",
        ),
        (
            STRICTER,
            preflight(ALLOWED, "/"),
            "method-not-listed",
            "if pages of that origin may send it, add PUT to `rules[1].methods`",
        ),
        (
            STRICTER,
            put(ALLOWED, "x-token").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "GET")),
            "header-not-listed",
            "if pages of that origin may send it, add \"x-token\" to `rules[1].allow_headers`",
        ),
        (
            STRICTER,
            with_cookie("cors"),
            "credentials-not-allowed",
            "if pages of that origin may read what only the user may see, write `rules[1].credentials: true`",
        ),
    ] {
        let lines = lines(CORS, shadow, vec![request]).await;
        let [line] = lines.as_slice() else { panic!("{reason}: {lines:?}") };
        for part in [
            "INFO cors_actix: the shadow policy would have refused: ",
            "origin=https://app.example.com ",
            &format!("reason=\"{reason}\""),
            &format!("advice={said} "),
        ] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
}

#[actix_web::test]
async fn nothing_is_written_of_what_both_grant_or_the_policy_in_use_refuses_or_nobody_needs() {
    let public = cors_policy! { origins: "*" };
    let own = || from("https://own.example", with_cookie("cors")).insert_header((header::HOST, "own.example"));
    for (kept, shadow, request) in [
        (CORS, LOOSER, from(ALLOWED, TestRequest::get())),
        (CORS, LOOSER, put(ALLOWED, "x-token")),
        (CORS, STRICTER, TestRequest::get()),
        (CORS, STRICTER, with_cookie("navigate")),
        (public.clone(), STRICTER, own()),
        (
            public,
            STRICTER,
            TestRequest::get().insert_header((header::COOKIE, "id=1")).insert_header(("sec-fetch-mode", "cors")),
        ),
    ] {
        assert_eq!(lines(kept, shadow, vec![request]).await, [] as [&str; 0]);
    }
    let [line] = &lines(CORS, STRICTER, vec![from("https://refused.example", TestRequest::get())]).await[..] else {
        panic!("the policy in use refuses it");
    };
    assert!(line.contains(" refused by CORS: "), "{line}");
}

#[actix_web::test]
async fn a_shadow_is_the_policy_that_it_was_when_it_was_given() {
    let (shadow, handle) = Cors::replaceable((*STRICTER.policy()).clone());
    let kept = Cors::new((*LOOSER.policy()).clone()).shadow(shadow);
    handle.replace((*LOOSER.policy()).clone());
    let app = init_service(App::new().wrap(kept.clone()).default_service(web::to(async || "handled"))).await;
    respond(&app, from(REFUSED, TestRequest::get())).await;
    assert_eq!(kept.shadow_counts().expect("there is a shadow").total_refused(), 1);
}

/// Alone, a policy refuses the preflight instead.
#[actix_web::test]
async fn a_shadow_refuses_a_method_of_an_actual_request_inside_another_policy_only() {
    const EVERYBODY: Cors = cors_policy! { origins: "*", methods: "*" };
    const NO_METHODS: Cors = cors_policy! { origins: ["https://app.example.com"] };
    for is_inside in [false, true] {
        let kept = EVERYBODY.shadow(NO_METHODS);
        let outer = Condition::new(is_inside, EVERYBODY);
        let app = App::new().wrap(kept.clone()).default_service(web::to(async || "handled"));
        let app = init_service(app.wrap(outer)).await;
        respond(&app, from(ALLOWED, TestRequest::put())).await;
        assert_eq!(kept.shadow_counts().expect("there is a shadow").total_refused(), u64::from(is_inside));
    }
}
