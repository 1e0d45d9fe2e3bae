//! A handler writes the header by hand, and so its errors have none: the page learns of no 404, only that something failed.

use actix_web::error::ErrorNotFound;
use actix_web::http::header;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::Browser;
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"] };

fn broken() -> App<impl Served> {
    let note = async |id: web::Path<u32>| match id.into_inner() {
        1 => Ok(HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, PAGE)).body("milk")),
        _ => Err(ErrorNotFound("no such note")),
    };
    App::new().route("/notes/{id}", web::get().to(note))
}

fn mended() -> App<impl Served> {
    let note = async |id: web::Path<u32>| match id.into_inner() {
        1 => Ok("milk"),
        _ => Err(ErrorNotFound("no such note")),
    };
    App::new().route("/notes/{id}", web::get().to(note)).wrap(CORS)
}

#[actix_web::test]
async fn the_kit_finds_what_answers_without_headers() {
    fetched(Browser::at(PAGE), broken(), request("/notes/1")).await.assert_readable();
    assert_eq!(
        story(&fetched(Browser::at(PAGE), broken(), request("/notes/2")).await),
        "\
        the answer is blocked: allow-origin-missing (CHK-1), https://fetch.spec.whatwg.org/#concept-cors-check\n\
        404 Not Found came without CORS headers\n\
        help: wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`\n\
        note: a page cannot tell such an answer from a server that is down"
    );
    assert_eq!(fetched(Browser::at(PAGE), mended(), request("/notes/2")).await.status(), 404);
}

#[test]
fn why_tells_errors_from_other_answers() {
    is_mended(asked(broken, "/notes/1", &[]));
    assert_eq!(
        asked(broken, "/notes/2", &[]),
        (
            1,
            "\
        blocked: the answer of http://api/notes/2 has no Access-Control-Allow-Origin, so the browser does not \
        show it to the page of https://app.example.com\n\
        not CORS: the server answers 404: it has nothing at this address\n\
        evidence: the answer to GET has no header of CORS, and no other answer of this server has one\n\
        help: add CORS to the server, before its routes and its authentication: it has to allow \
        https://app.example.com\n\
        help: or, if answers of this server have CORS already: send the headers on errors too: this 404 comes from \
        something that stands outside of CORS\n\
        help: compare the path of the address with the routes of the server\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes/2", &[]));
}
