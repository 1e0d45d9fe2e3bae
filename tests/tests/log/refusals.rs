//! What goes into the log of one policy.

use actix_web::http::header::{self, HeaderValue};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, Denial, PolicyDraft};
use cors_tests::log::lines_of;
use cors_tests::service::{ALLOWED, from, preflight, respond};

fn cors(origin: &str) -> Cors {
    Cors::new(PolicyDraft::new().origins([origin]).validate().expect("a policy"))
}

#[actix_web::test]
async fn a_conflict_with_a_handler_is_said_once() {
    let lines = lines_of(async {
        let handler = async || HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")).finish();
        let app = init_service(App::new().wrap(cors(ALLOWED)).default_service(web::to(handler))).await;
        for _ in 0..3 {
            respond(&app, TestRequest::get()).await;
        }
    })
    .await;
    assert_eq!(lines.len(), 1, "{lines:?}");
}

/// A GET from this origin, as the policy answers it that allows only [`ALLOWED`].
async fn refusals(origins: &[&str]) -> Vec<String> {
    lines_of(async {
        let app = init_service(App::new().wrap(cors(ALLOWED)).default_service(web::to(async || "handled"))).await;
        for origin in origins {
            respond(&app, from(origin, TestRequest::get())).await;
        }
    })
    .await
}

#[actix_web::test]
async fn a_refusal_is_written_once_with_what_to_do_about_it() {
    let origin = "https://app.example.com:8443";
    let lines = refusals(&[origin, ALLOWED, origin, origin]).await;
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    for part in [
        "INFO cors_actix: ",
        "refused by CORS: no rule of the CORS policy is for the origin",
        "origin=https://app.example.com:8443",
        "reason=\"origin-not-listed\"",
        "advice=origins[0] \"https://app.example.com\" has another port; if pages of that origin may read, add ",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[actix_web::test]
async fn a_grant_that_is_less_than_was_asked_for_is_a_refusal_too() {
    // An origin of its own, since the same refusal is written once in a minute.
    let asking = "https://asking.example.com";
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(cors(asking)).default_service(web::to(async || "handled"))).await;
        respond(&app, preflight(asking, "/")).await;
        let get = || preflight(asking, "/").insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "GET"));
        respond(&app, get().insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,x-token"))).await;
        let cookie = || from(asking, TestRequest::get()).insert_header((header::COOKIE, "id=secret"));
        respond(&app, cookie()).await;
        respond(&app, cookie().insert_header(("sec-fetch-mode", "no-cors"))).await;
        respond(&app, cookie().insert_header(("sec-fetch-mode", "cors"))).await;
    })
    .await;
    let [method, name, credentials] = lines.as_slice() else { panic!("{lines:?}") };
    for (line, reason, advice) in [
        (method, "method-not-listed", "if pages of that origin may send it, add PUT to `methods`"),
        (name, "header-not-listed", "if pages of that origin may send it, add \"authorization\" to `allow_headers`"),
        (
            credentials,
            "credentials-not-allowed",
            "if pages of that origin may read what only the user may see, write `credentials: true`",
        ),
    ] {
        assert!(line.contains(&format!("reason=\"{reason}\" advice={advice} ")), "{line}");
        assert!(!line.contains("secret"), "{line}");
    }
}

#[actix_web::test]
async fn bytes_of_a_request_never_make_a_line_of_their_own() {
    let origin = HeaderValue::from_bytes(b"https://x\xff\t\"[31m.example").expect("a value that HTTP carries");
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(cors(ALLOWED)).default_service(web::to(async || "handled"))).await;
        let request = TestRequest::get().insert_header((header::ORIGIN, origin));
        respond(&app, request).await;
        // The longest origin is not cut.
        for length in [512, 8016] {
            respond(&app, from(&format!("https://{}", "x".repeat(length - 8)), TestRequest::get())).await;
        }
    })
    .await;
    let [escaped, whole, long] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(escaped.contains("origin=https://x\\xff\\t\\\"[31m.example"), "{escaped}");
    assert!(escaped.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{escaped}");
    assert!(whole.contains(&format!("origin=https://{} ", "x".repeat(504))), "{whole}");
    let cut = format!("origin=https://{}... (8016 bytes) ", "x".repeat(56));
    assert!(long.contains(&cut) && long.len() < 600, "{long}");
    assert!(long.contains("reason=\"origin-not-listed\""), "{long}");
}

#[actix_web::test]
async fn pages_of_the_servers_own_are_refused_nothing() {
    let lines = lines_of(async {
        let app = init_service(App::new().wrap(cors(ALLOWED)).default_service(web::to(async || "handled"))).await;
        let post = || from("https://own.example", TestRequest::post());
        respond(&app, post().insert_header(("sec-fetch-site", "same-origin"))).await;
        respond(&app, post().insert_header((header::HOST, "own.example"))).await;
    })
    .await;
    assert_eq!(lines, [] as [&str; 0]);
}

#[actix_web::test]
async fn refusals_are_counted_by_reason_whether_somebody_listens_or_not() {
    let cors = cors(ALLOWED);
    let app = init_service(App::new().wrap(cors.clone()).default_service(web::to(async || "handled"))).await;
    for _ in 0..5 {
        respond(&app, from("null", TestRequest::get())).await;
    }
    let counted: Vec<_> = cors.counts().refused().filter(|(_, count)| *count > 0).collect();
    assert_eq!((counted, cors.counts().granted()), (vec![(Denial::NullOrigin, 5)], 0));
}
