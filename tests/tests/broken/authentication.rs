//! Authentication is wrapped outside of the policy, and refuses preflights, which never carry cookies or tokens.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, web};
use cors_actix::testing::{Browser, ScriptRequest};
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors =
    cors_policy! { origins: ["https://app.example.com"], methods: [PUT], allow_headers: ["Authorization"] };

async fn authenticate<B: MessageBody>(request: ServiceRequest, app: Next<B>) -> Result<ServiceResponse<B>, Error> {
    match request.headers().contains_key(header::AUTHORIZATION) {
        true => app.call(request).await,
        false => Err(ErrorUnauthorized("who are you?")),
    }
}

fn broken() -> App<impl Served> {
    App::new().wrap(CORS).wrap(from_fn(authenticate)).route("/notes", web::put().to(async || "saved"))
}

fn mended() -> App<impl Served> {
    App::new().wrap(from_fn(authenticate)).wrap(CORS).route("/notes", web::put().to(async || "saved"))
}

fn put() -> ScriptRequest {
    request("/notes").method("PUT").header("Authorization", "Bearer 7")
}

#[actix_web::test]
async fn the_kit_says_what_to_wrap_last() {
    assert_eq!(
        story(&fetched(Browser::at(PAGE), broken(), put()).await),
        "\
        the answer to the preflight is blocked: allow-origin-missing (CHK-1), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        no CORS policy answered the preflight for PUT /notes: 401 Unauthorized came instead\n\
        help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`\n\
        note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is \
        outside"
    );
    assert_eq!(fetched(Browser::at(PAGE), mended(), put()).await.status(), 200);
}

#[test]
fn why_says_to_let_preflights_pass() {
    let options = ["-X", "PUT", "-H", "Authorization: Bearer 7", "--send"];
    assert_eq!(
        asked(broken, "/notes", &options),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes has no Access-Control-Allow-Origin, so the \
        browser does not send the request\n\
        evidence: the preflight has the status 401\n\
        help: put CORS before authentication, or let OPTIONS pass it: preflights never carry cookies or \
        tokens\n\
        then: the page may read the answer\n    \
        on the answer to the preflight of http://api/notes, with the status 204\n        \
        Access-Control-Allow-Origin: https://app.example.com\n        \
        Vary: Origin\n        \
        Access-Control-Allow-Methods: PUT\n        \
        Access-Control-Allow-Headers: Authorization\n\
        note: the answer to the request itself needs its own Access-Control-Allow-Origin, errors too\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes", &options));
}
