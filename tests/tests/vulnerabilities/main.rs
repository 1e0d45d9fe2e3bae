//! Mistakes of CORS middleware that became vulnerabilities, one test each: by real requests, or by validation where the mistake
//! would stand in the policy.

mod answers;
mod origins;

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, PolicyDraft};
use cors_tests::cors_of;
use cors_tests::service::respond;

/// One exact origin and one of each kind of pattern, with everything that a policy can grant.
fn draft() -> PolicyDraft {
    PolicyDraft::new()
        .origins(["https://app.example.com", "https://*.example.org", "http://localhost:*", "https://*.example.net:*"])
        .credentials(true)
        .methods("*")
        .allow_headers("*")
        .expose_headers(["X-Request-Id"])
        .max_age("1h")
}

fn anybody() -> PolicyDraft {
    PolicyDraft::new().origins("*").methods("*").allow_headers(["*", "Authorization"]).expose_headers("*")
}

/// The CORS headers of the answers to a GET, a POST and a preflight with these `Origin` lines.
async fn answers(draft: &PolicyDraft, origins: &[&str]) -> [Vec<String>; 3] {
    let cors = Cors::new(draft.validate().expect("a valid policy"));
    let app = init_service(App::new().wrap(cors).default_service(web::to(HttpResponse::Ok))).await;
    let mut answers = [const { Vec::new() }; 3];
    for (method, answer) in [Method::GET, Method::POST, Method::OPTIONS].into_iter().zip(&mut answers) {
        let mut request = TestRequest::default().method(method);
        for origin in origins {
            let value = HeaderValue::from_bytes(origin.as_bytes()).expect("a header value");
            request = request.append_header((header::ORIGIN, value));
        }
        let asks_for = (header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
        *answer = cors_of(respond(&app, request.append_header(asks_for)).await.headers());
    }
    answers
}

/// None of these origins gets anything but `Vary`, and all responses have that.
async fn assert_strangers(origins: &[&str]) {
    for origin in origins {
        assert_eq!(answers(&draft(), &[origin]).await, [["vary: origin"]; 3], "{origin}");
    }
}

async fn assert_allowed(origin: &str) {
    for answer in answers(&draft(), &[origin]).await {
        assert!(answer.contains(&format!("access-control-allow-origin: {origin}")), "{origin}: {answer:?}");
    }
}

/// Each of these origins is a mistake of this class.
fn assert_mistakes(credentials: bool, origins: &[&str], code: &str) {
    for origin in origins {
        let draft = PolicyDraft::new().origins([*origin]).credentials(credentials);
        assert_eq!(codes(&draft), [code], "{origin}");
    }
}

fn codes(draft: &PolicyDraft) -> Vec<&'static str> {
    let issues = draft.validate().expect_err("a mistake");
    issues.iter().map(|issue| issue.kind().code()).collect()
}
