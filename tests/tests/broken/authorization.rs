//! Every header is allowed by `*`, which does not cover `Authorization`. Today's engines are milder than the standard.

use actix_web::dev::Service;
use actix_web::http::{Method, header};
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Browser, Engine, ScriptRequest};
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: "*", methods: [PUT], allow_headers: ["*", "Authorization"] };

/// Writes the headers of a preflight by hand.
fn by_hand(allow_headers: &'static str) -> App<impl Served> {
    App::new()
        .wrap_fn(move |request, app| {
            let is_preflight = request.method() == Method::OPTIONS;
            let response = app.call(request);
            async move {
                let mut response = response.await?;
                let headers = response.headers_mut();
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
                if is_preflight {
                    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, header::HeaderValue::from_static("*"));
                    headers
                        .insert(header::ACCESS_CONTROL_ALLOW_HEADERS, header::HeaderValue::from_static(allow_headers));
                }
                Ok(response)
            }
        })
        .service(
            web::resource("/notes")
                .route(web::put().to(async || "saved"))
                .route(web::method(Method::OPTIONS).to(HttpResponse::NoContent)),
        )
}

fn broken() -> App<impl Served> {
    by_hand("*")
}

/// With the line that is named.
fn mended_by_hand() -> App<impl Served> {
    by_hand("*, Authorization")
}

fn mended() -> App<impl Served> {
    App::new().wrap(CORS).route("/notes", web::put().to(async || "saved"))
}

fn put() -> ScriptRequest {
    request("/notes").method("PUT").header("Authorization", "Bearer 7")
}

#[actix_web::test]
async fn the_kit_says_what_the_wildcard_leaves_out() {
    assert_eq!(
        story(&fetched(Browser::at(PAGE), broken(), put()).await),
        "\
        the answer to the preflight is blocked: header-not-allowed (PRE-14), \
        https://fetch.spec.whatwg.org/#cors-preflight-fetch\n\
        the answer to the preflight of https://api.example.com/notes does not allow the request header \
        Authorization; Access-Control-Allow-Headers lists *\n\
        help: send on the answer to the preflight\n    \
        Access-Control-Allow-Headers: *, Authorization\n\
        note: * does not cover Authorization, which must be listed by name"
    );
    fetched(Browser::at(PAGE).engine(Engine::Chromium), broken(), put()).await.assert_readable();
    fetched(Browser::at(PAGE), mended_by_hand(), put()).await.assert_readable();
    fetched(Browser::at(PAGE), mended(), put()).await.assert_readable();
}

#[test]
fn why_says_what_the_wildcard_leaves_out() {
    let options = ["-X", "PUT", "-H", "Authorization: Bearer 7", "--send"];
    assert_eq!(
        asked(broken, "/notes", &options),
        (
            0,
            "\
        readable: the server allows the page to read the answer\n\
        readable headers: content-length, content-type\n\
        note: the standard forbids what browsers permit (PRE-14): the answer to the preflight of \
        http://api/notes does not allow the request header Authorization; Access-Control-Allow-Headers lists \
        *\n\
        note: the PUT was sent with no body; a server may refuse a larger one by 413, often without headers of \
        CORS"
                .to_owned()
        )
    );
    is_mended(asked(broken, "/notes", &[options.as_slice(), &["--engine", "chromium"]].concat()));
    is_mended(asked(mended_by_hand, "/notes", &options));
    is_mended(asked(mended, "/notes", &options));
}
