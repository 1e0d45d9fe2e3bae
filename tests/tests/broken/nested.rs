//! One middleware inside another: the outer one answers the preflights, and they contradict each other.

use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Browser, CredentialsMode, ScriptRequest};
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const INNER: Cors =
    cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: [PUT] }.name("notes");
const OUTER: Cors =
    cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: [DELETE] }.name("app");
const BOTH: Cors = cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: [PUT, DELETE] };

fn notes() -> actix_web::Scope {
    web::scope("").route("/notes", web::put().to(async || "saved"))
}

/// A list of the whole app that lacks what a scope allows.
fn two_policies() -> App<impl Served> {
    App::new().wrap(OUTER).service(web::scope("").wrap(INNER).service(notes()))
}

/// What was there before the policy, and was not taken out.
fn two_crates() -> App<impl Served> {
    let former = actix_cors::Cors::default().allowed_origin(PAGE).allowed_methods(["GET"]).supports_credentials();
    App::new().wrap(former).service(web::scope("").wrap(INNER).service(notes()))
}

/// Preflights are answered in front of the app, as proxies are told to, and all other requests by it.
fn two_places() -> App<impl Served> {
    App::new()
        .wrap_fn(|request, app| {
            let by_proxy = (request.method() == Method::OPTIONS).then(|| {
                HttpResponse::NoContent()
                    .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, PAGE))
                    .insert_header((header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"))
                    .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "PUT"))
                    .finish()
            });
            let response = app.call(request);
            async move {
                let response = response.await?;
                Ok(match by_proxy {
                    Some(answer) => response.into_response(answer.map_into_right_body()),
                    None => response.map_into_left_body(),
                })
            }
        })
        .service(
            web::scope("")
                .wrap_fn(|request, app| {
                    let response = app.call(request);
                    async move {
                        let mut response = response.await?;
                        response
                            .headers_mut()
                            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
                        Ok(response)
                    }
                })
                .service(notes()),
        )
}

fn mended() -> App<impl Served> {
    App::new().wrap(BOTH).service(notes())
}

fn put() -> ScriptRequest {
    request("/notes").method("PUT").credentials(CredentialsMode::Include)
}

#[actix_web::test]
async fn the_kit_says_that_another_answers() {
    let page = || Browser::at(PAGE).policy(&INNER.policy());
    assert_eq!(
        story(&fetched(page(), two_policies(), put()).await),
        "\
        the answer to the preflight is blocked: method-not-allowed (PRE-13), \
        https://fetch.spec.whatwg.org/#cors-preflight-fetch\n\
        the policy app answered the preflight\n\
        help: do not wrap app around another policy: wrap each of them around scopes of its own\n\
        note: of policies inside each other the outermost answers preflights, since nobody knows yet which one \
        stands inside"
    );
    assert_eq!(
        story(&fetched(page(), two_crates(), put()).await),
        "\
        the answer to the preflight is blocked: allow-origin-missing (CHK-1), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        no CORS policy answered the preflight for PUT /notes: 400 Bad Request came instead\n\
        help: take out the other middleware for CORS, or wrap the policy last, outside of it: \
        `.wrap(other).wrap(CORS)`\n\
        note: of two that are nested the outer one answers preflights; some answer 400 when their own lists do \
        not match"
    );
    assert_eq!(
        story(&fetched(page(), two_places(), put()).await),
        "\
        the answer is blocked: wildcard-with-credentials (CHK-3), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the answer of https://api.example.com/notes has Access-Control-Allow-Origin: *, and for a request with \
        credentials browsers accept only the page's own origin\n\
        help: if the answer does not depend on cookies, leave credentials: \"include\" out of the script\n\
        help: look for what stands before the policy: it allows this request, so the answer is not its own\n\
        note: the answer to its preflight allowed the page, so two places speak for CORS, as of nested \
        middlewares, and contradict each other; let one of them do both\n\
        note: cookies of another site also need SameSite=None; Secure, which no CORS header can give them\n\
        warning: do not answer with whatever origin asks: every site could read what belongs to your users; name \
        those that may"
    );
    fetched(page(), mended(), put()).await.assert_readable();
}

#[test]
fn why_says_that_two_contradict_each_other() {
    let options = ["-X", "PUT", "--credentials", "--send"];
    assert_eq!(
        asked(two_policies, "/notes", &options),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes does not allow the method PUT; \
        Access-Control-Allow-Methods lists DELETE\n\
        evidence: the preflight has Access-Control-Allow-Methods: DELETE\n\
        help: add PUT to the methods that CORS allows\n\
        help: send on the answer to the preflight\n    \
        Access-Control-Allow-Methods: DELETE, PUT\n\
        then: the page may read the answer\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/method_not_allowed/ (PRE-13)"
                .to_owned()
        )
    );
    assert_eq!(
        asked(two_crates, "/notes", &options),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes has no Access-Control-Allow-Origin, so the \
        browser does not send the request\n\
        evidence: the preflight has the status 400, and says \"Requested method is not allowed\"\n\
        evidence: the server is actix-cors, by body: Requested method is not allowed\n\
        help: add PUT to the methods: `.allowed_methods([<others>, \"PUT\"])` in `Cors::default()`, where `<others>` \
        stands for what is allowed already\n\
        then: the page may read the answer\n    \
        on the answer to the preflight of http://api/notes, with the status 204\n        \
        Access-Control-Allow-Origin: https://app.example.com\n        \
        Access-Control-Allow-Credentials: true\n        \
        Vary: Origin\n        \
        Access-Control-Allow-Methods: PUT\n\
        note: some middlewares refuse so, and do not say why: the origin, the method or a header is not in \
        their lists; of two that are nested the outer one answers\n\
        note: the answer to the request itself needs its own Access-Control-Allow-Origin, errors too\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    assert_eq!(
        asked(two_places, "/notes", &options),
        (
            1,
            "\
        blocked: the answer of http://api/notes has Access-Control-Allow-Origin: *, and for a request with \
        credentials browsers accept only the page's own origin\n\
        evidence: the answer to PUT has Access-Control-Allow-Origin: *, and the script asks with credentials\n\
        help: allow https://app.example.com by name in place of *, and credentials, for the script asks with \
        credentials\n\
        help: if the answer does not depend on cookies, leave credentials: \"include\" out of the script\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Access-Control-Allow-Credentials: true\n    \
        Vary: Origin\n\
        next: the answer of http://api/notes does not have Access-Control-Allow-Credentials: true, and the \
        request has credentials\n    \
        Access-Control-Allow-Credentials: true\n\
        then: the page may read the answer\n\
        note: the answer to its preflight allowed the page, so two places speak for CORS, as of nested \
        middlewares, and contradict each other; let one of them do both\n\
        note: cookies of another site also need SameSite=None; Secure, which no CORS header can give them\n\
        warning: do not answer with whatever origin asks: every site could read what belongs to your users; \
        name those that may\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/wildcard_with_credentials/ (CHK-3)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes", &options));
}
